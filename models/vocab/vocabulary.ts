/**
 * Word forms with trained vectors of their own, in lower case. Row 0 stands for every other word.
 */
export class Vocabulary {
  readonly #rows: ReadonlyMap<string, number>;

  constructor(readonly words: readonly string[]) {
    this.#rows = new Map(words.map((word, k) => [word, k + 1]));
  }

  /** The words that occur at least `minimum` times, the most frequent first. */
  static ofTexts(sentences: Iterable<readonly string[]>, minimum: number): Vocabulary {
    const counts = new Map<string, number>();
    for (const forms of sentences)
      for (const form of forms) counts.set(form.toLowerCase(), (counts.get(form.toLowerCase()) ?? 0) + 1);
    const frequent = [...counts].filter(([, count]) => count >= minimum);
    return new Vocabulary(frequent.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([word]) => word));
  }

  /** Rows of a table of vectors, row 0 included. */
  get size(): number {
    return this.words.length + 1;
  }

  rowOf(form: string): number {
    return this.#rows.get(form.toLowerCase()) ?? 0;
  }
}
