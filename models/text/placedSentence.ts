import type { Sentence, Token } from './span';

/**
 * What a sentence says, apart from where it stands. A `Segmenter` hands out the same object again as long
 * as the block around the sentence stays the same, so `===` tells quickly that nothing changed; equal `key`s
 * tell that nothing changed for a tagger.
 */
export class SentenceContent {
  /** What the tagger reads, one string for each token. */
  readonly forms: readonly string[];
  /** Code units from the start of the first token to the end of the last. */
  readonly length: number;
  /** The tokens with offsets relative to the start of the sentence. */
  readonly tokens: readonly Token[];
  #key: string | undefined;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
    this.forms = tokens.map((token) => token.form);
    this.length = tokens[tokens.length - 1].end;
  }

  /** Equal for sentences with equal forms, whatever their offsets; no form holds the separator. */
  get key(): string {
    return (this.#key ??= this.forms.join('\u0000'));
  }
}

/** A sentence at its place in a text. Its tokens are made when first asked for. */
export class PlacedSentence implements Sentence {
  #tokens: readonly Token[] | undefined;

  constructor(
    readonly start: number,
    readonly content: SentenceContent,
  ) {}

  get end(): number {
    return this.start + this.content.length;
  }

  get tokens(): readonly Token[] {
    return (this.#tokens ??= this.content.tokens.map((token) => ({
      ...token,
      start: token.start + this.start,
      end: token.end + this.start,
    })));
  }
}
