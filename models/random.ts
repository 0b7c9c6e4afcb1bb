/**
 * Seeded random numbers: the same seed gives the same sequence on every machine.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand); 128 bits of state that can be saved and restored.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(seed: number) {
    this.#a = 0;
    this.#b = seed >>> 0;
    this.#c = Math.floor(seed / 0x1_0000_0000) >>> 0;
    this.#counter = 1;
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** The next integer in [0, 2³²). */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
    return sum;
  }

  /** The next number in [0, 1), of 32 bits. */
  uniform(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** An integer in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** A number of the standard normal distribution (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles in place (Fisher and Yates) and returns its argument. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }

  /** Four numbers that `restore` takes to go on from here. */
  state(): number[] {
    return [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#counter];
  }

  /** Goes on from a state that `state` gave. */
  restore(state: readonly number[]): void {
    [this.#a, this.#b, this.#c, this.#counter] = state;
  }
}
