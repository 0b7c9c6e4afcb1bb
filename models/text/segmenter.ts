import type { Block } from './block';
import { sourceEnd, sourceStart } from './block';
import { MarkdownReader } from './markdown';
import { plainBlocks } from './plainBlocks';
import { splitSentences } from './sentenceSplitter';
import type { Sentence, Token } from './span';
import { tokenize } from './tokenizer';

export type TextFormat = 'plain' | 'markdown';

/**
 * What a sentence says, apart from where it stands. Equal blocks of a document share their contents, and
 * a `Segmenter` hands out the same object again as long as the block around the sentence stays the same,
 * so `===` tells quickly that nothing changed, and `key` tells that nothing changed for a tagger.
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

/**
 * The sentences of a text with their tokens, in order; offsets count UTF-16 code units of `text`.
 * @param format `markdown` leaves out front matter, code, link targets, HTML and all marks.
 */
export function segment(text: string, format: TextFormat): PlacedSentence[] {
  return new Segmenter(format).update(text) as PlacedSentence[];
}

/**
 * Segments the versions of one document. The result always equals that of `segment`, but blocks that were
 * in the version before are not tokenized again, and sentences that did not move are the same objects.
 */
export class Segmenter {
  readonly #blocks: (text: string) => readonly Block[];
  #segmented = new Map<string, readonly BlockSentence[]>();
  #sentences: readonly PlacedSentence[] = [];

  constructor(format: TextFormat) {
    const markdown = format === 'markdown' ? new MarkdownReader() : undefined;
    this.#blocks = markdown === undefined ? plainBlocks : (text) => markdown.update(text);
  }

  /** The sentences of the document's new text. */
  update(text: string): readonly PlacedSentence[] {
    const segmented = new Map<string, readonly BlockSentence[]>();
    const sentences: PlacedSentence[] = [];
    for (const block of this.#blocks(text)) {
      const key = contentKey(block);
      const found = segmented.get(key) ?? this.#segmented.get(key) ?? segmentBlock(block);
      segmented.set(key, found);
      for (const { offset, content } of found) {
        const before = this.#sentences[sentences.length];
        const start = block.start + offset;
        const same = before !== undefined && before.start === start && before.content === content;
        sentences.push(same ? before : new PlacedSentence(start, content));
      }
    }
    this.#segmented = segmented;
    this.#sentences = sentences;
    return sentences;
  }
}

/** A sentence of a block, `offset` code units of source behind the block's start. */
interface BlockSentence {
  readonly offset: number;
  readonly content: SentenceContent;
}

/** Blocks with equal keys have equal sentences. */
function contentKey(block: Block): string {
  if (block.pieces === undefined) return block.text;
  const map = block.pieces.map((piece) => `${piece.visible},${piece.source},${piece.width ?? ''}`).join(';');
  return `${block.text}\u0000${map}`;
}

function segmentBlock(block: Block): BlockSentence[] {
  return splitSentences(tokenize(block.text)).map((tokens) => {
    const offset = sourceStart(block, tokens[0].start);
    const placed = tokens.map((token) => ({
      ...token,
      start: sourceStart(block, token.start) - offset,
      end: sourceEnd(block, token.end) - offset,
    }));
    return { offset, content: new SentenceContent(placed) };
  });
}
