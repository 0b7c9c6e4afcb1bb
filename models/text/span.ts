/** A half-open interval [start, end) of UTF-16 code units in the user's own text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A syntactic word as Universal Dependencies counts them: `do` and `n't` are two tokens.
 * `form` is what the tagger reads. It equals the source between `start` and `end`, except where
 * markup or a line break stands inside the word.
 */
export interface Token extends Span {
  readonly form: string;
  /** True where this word belongs to the same surface token as the one before it (`n't` of `don't`). */
  readonly joined?: boolean;
}

/** One sentence; never empty, its span runs from its first token's start to its last token's end. */
export interface Sentence extends Span {
  readonly tokens: readonly Token[];
}
