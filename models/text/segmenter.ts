import { atOnce } from '../atOnce';
import { type BlockContent, type BlockReader, sourceEnd, sourceStart } from './block';
import { LineEnds } from './lineEnds';
import { breakLong } from './longSentence';
import { MarkdownReader } from './markdownReader';
import { asciidocGrammar } from './markup/asciidocGrammar';
import { ChunkReader } from './markup/chunkReader';
import { latexGrammar } from './markup/latexGrammar';
import { orgGrammar } from './markup/orgGrammar';
import { rstGrammar } from './markup/rstGrammar';
import { PlainReader } from './plainReader';
import { PlacedSentence, SentenceContent } from './placedSentence';
import { splitSentences } from './sentenceSplitter';
import type { TextFormat } from './textFormat';
import { tokenize } from './tokenizer';

export { PlacedSentence, SentenceContent } from './placedSentence';

export type { TextFormat } from './textFormat';

/**
 * The sentences of a text with their tokens, in order; offsets count UTF-16 code units of `text`.
 * @param format every one but `plain` leaves out code, math, targets of links and all marks
 */
export function segment(text: string, format: TextFormat): readonly PlacedSentence[] {
  return new Segmenter(format).update(text);
}

/**
 * Segments the versions of one document. The result always equals that of `segment`, but only blocks that
 * changed are tokenized again. A sentence that did not move is the same object as in the version before;
 * one that moved has the same `content`.
 */
export class Segmenter {
  readonly #reader: BlockReader;
  readonly #byContent = new WeakMap<BlockContent, SegmentedBlock>();
  /** Blocks of this version and some earlier ones, for those that went and came back. */
  #byKey = new Map<string, SegmentedBlock>();
  #sentences: readonly PlacedSentence[] = [];

  constructor(format: TextFormat) {
    this.#reader = new LineEnds(READERS[format]());
  }

  /** The sentences of the document's new text. */
  update(text: string): readonly PlacedSentence[] {
    return atOnce(this.steps(text));
  }

  /**
   * The same in steps, for a thread that must stay responsive: yields while the text is read, and before every block
   * that has to be segmented. Whoever leaves off may go on with another text; what was segmented is not done again.
   */
  *steps(text: string): Generator<void, readonly PlacedSentence[], void> {
    const blocks = yield* this.#reader.steps(text);
    if (this.#byKey.size > 2 * blocks.length + 100) this.#byKey = new Map();
    const sentences: PlacedSentence[] = [];
    for (const block of blocks) {
      if (!this.#byContent.has(block.content)) yield;
      for (const { offset, content } of this.#segmented(block.content)) {
        const before = this.#sentences[sentences.length];
        const start = block.start + offset;
        const isSame = before !== undefined && before.start === start && before.content === content;
        sentences.push(isSame ? before : new PlacedSentence(start, content));
      }
    }
    this.#sentences = sentences;
    return sentences;
  }

  #segmented(content: BlockContent): SegmentedBlock {
    const known = this.#byContent.get(content);
    if (known !== undefined) return known;
    const key = keyOf(content);
    const segmented = this.#byKey.get(key) ?? segmentBlock(content);
    this.#byKey.set(key, segmented);
    this.#byContent.set(content, segmented);
    return segmented;
  }
}

const READERS: Readonly<Record<TextFormat, () => BlockReader>> = {
  plain: () => new PlainReader(),
  markdown: () => new MarkdownReader(),
  latex: () => new ChunkReader(latexGrammar),
  restructuredtext: () => new ChunkReader(rstGrammar),
  asciidoc: () => new ChunkReader(asciidocGrammar),
  org: () => new ChunkReader(orgGrammar),
};

/** The sentences of a block, each `offset` code units of source behind the block's start. */
type SegmentedBlock = readonly { readonly offset: number; readonly content: SentenceContent }[];

/** Blocks with equal keys have equal sentences. */
function keyOf({ text, pieces }: BlockContent): string {
  if (pieces === undefined) return text;
  const map = pieces.map(({ visible, source, width }) => `${visible},${source},${width ?? ''}`).join(';');
  return `${text}\u0000${map}`;
}

function segmentBlock(block: BlockContent): SegmentedBlock {
  const sentences = splitSentences(tokenize(block.text)).flatMap((tokens) => breakLong(tokens));
  return sentences.map((tokens) => {
    const offset = sourceStart(block, tokens[0].start);
    const placed = tokens.map((token) => ({
      ...token,
      start: sourceStart(block, token.start) - offset,
      end: sourceEnd(block, token.end) - offset,
    }));
    return { offset, content: new SentenceContent(placed) };
  });
}
