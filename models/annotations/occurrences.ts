/** Lengths of the beginnings of words that are looked up; each word by the longest that it has. */
const WIDTHS = [64, 32, 16, 8, 4, 2, 1];
/** Places that are looked at between two steps. */
const STEP = 4096;
const BASE = 0x01000193;

/** The places of many words in one text, found in a few passes however many words there are. */
export class Occurrences {
  readonly #places = new Map<string, number[]>();

  /** All places of `word`, in their order; none of a word that was not given. */
  of(word: string): readonly number[] {
    return this.#places.get(word) ?? [];
  }

  /** Finds `words` in `text`, in steps (Karp and Rabin, 1987). */
  static *finding(words: Iterable<string>, text: string): Generator<void, Occurrences> {
    const found = new Occurrences();
    const byWidth = new Map<number, Set<string>>();
    for (const word of words) {
      const width = WIDTHS.find((one) => one <= word.length);
      if (width === undefined) continue;
      byWidth.set(width, (byWidth.get(width) ?? new Set()).add(word));
    }
    for (const [width, wanted] of byWidth) yield* found.#pass(width, wanted, text);
    return found;
  }

  *#pass(width: number, wanted: ReadonlySet<string>, text: string): Generator<void, void> {
    const byHash = new Map<number, string[]>();
    const maybe = new Uint8Array(0x10000);
    for (const word of wanted) {
      const hash = hashOf(word, width);
      maybe[hash >>> 16] = 1;
      byHash.set(hash, [...(byHash.get(hash) ?? []), word]);
    }
    let power = 1;
    for (let i = 1; i < width; i++) power = Math.imul(power, BASE);
    let hash = hashOf(text, width);
    for (let at = 0; at + width <= text.length; at++) {
      if (maybe[hash >>> 16] === 1)
        for (const word of byHash.get(hash) ?? []) if (text.startsWith(word, at)) this.#add(word, at);
      const without = hash - Math.imul(text.charCodeAt(at), power);
      hash = (Math.imul(without, BASE) + text.charCodeAt(at + width)) | 0;
      if (at % STEP === STEP - 1) yield;
    }
  }

  #add(word: string, at: number): void {
    const places = this.#places.get(word);
    if (places === undefined) this.#places.set(word, [at]);
    else places.push(at);
  }
}

function hashOf(text: string, width: number): number {
  let hash = 0;
  for (let i = 0; i < width; i++) hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0;
  return hash;
}
