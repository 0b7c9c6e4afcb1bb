import type { SyntaxNode } from '@lezer/common';
import { GFM, parser, type MarkdownParser } from '@lezer/markdown';
import { decodeHTML } from 'entities';
import type { Block } from './block';
import { BlockCuts } from './blockCuts';
import { normalizeLabel } from './linkLabel';
import { BARE, DIALECT_INLINE } from './markdownDialects';
import { CALLOUT, INLINE_EXTENSIONS, wikiLinkWords } from './markdownExtensions';
import type { Span } from './span';
import { VisibleText } from './visibleText';

/** What makes blocks, by Lezer's names; without them a text is read as lines of one paragraph. */
const BLOCK_PARSERS: readonly string[] = [
  ...[
    'LinkReference',
    'IndentedCode',
    'FencedCode',
    'Blockquote',
    'HorizontalRule',
    'BulletList',
    'OrderedList',
  ],
  ...['ATXHeading', 'HTMLBlock', 'SetextHeading', 'Table', 'TaskList'],
];

/**
 * Reads what stands in paragraphs, headings and cells: their visible text. Long ones are read in pieces, because for
 * some markup the parser takes quadratic time; a mark whose partner stands in another piece is shown.
 */
export class InlineReader {
  readonly #parser: MarkdownParser = parser
    .configure([GFM, INLINE_EXTENSIONS, DIALECT_INLINE])
    .configure({ remove: BLOCK_PARSERS });
  readonly #cuts = new BlockCuts();
  /** The labels of all link definitions of the document, normalized. */
  #labels: ReadonlySet<string> = new Set();
  /** What was read, by source and marks; starts are relative to the piece. */
  #known = new Map<string, readonly Block[]>();

  /** Reads with these labels from now on. */
  use(labels: ReadonlySet<string>, areNew: boolean): void {
    this.#labels = labels;
    if (areNew || this.#known.size > MOST_KNOWN) this.#known = new Map();
  }

  /** The blocks of a leaf, in steps. More than one where it is long, or hard breaks part its lines. */
  *read(leaf: SyntaxNode, source: string): Generator<void, Block[], void> {
    const blocks: Block[] = [];
    const { marks, start, end } = contentOf(leaf);
    if (leaf.name === 'Paragraph' && BARE_START.test(source[start]) && BARE.test(source.slice(start, end)))
      return blocks;
    for (const part of calloutParts(leaf, source, { start, end }))
      blocks.push(...(yield* this.#part(part, marks, source)));
    return blocks;
  }

  *#part({ start, end }: Span, marks: readonly Span[], source: string): Generator<void, Block[], void> {
    const blocks: Block[] = [];
    const content = withBlanks(source, start, end, marks);
    let next = marks.findIndex((mark) => mark.start >= start);
    if (next < 0) next = marks.length;
    for (const piece of yield* this.#cuts.piecesOf(content)) {
      const from = start + piece.start;
      const holes: Span[] = [];
      for (; next < marks.length && marks[next].start < start + piece.end; next++)
        holes.push({ start: marks[next].start - from, end: marks[next].end - from });
      for (const { start: at, content: found } of this.#piece(piece.content.text, holes))
        blocks.push({ start: at + from, content: found });
      yield;
    }
    return blocks;
  }

  #piece(text: string, holes: readonly Span[]): readonly Block[] {
    const key = `${text}\u0000${holes.map(({ start, end }) => `${start},${end}`).join(';')}`;
    let blocks = this.#known.get(key);
    if (blocks === undefined) {
      const inline = new Inline(text, this.#labels, holes);
      inline.children(this.#parser.parse(text).topNode);
      blocks = inline.finish();
      this.#known.set(key, blocks);
    }
    return blocks;
  }
}

/** Pieces that are remembered: those of a text of 2 MB, and more. */
const MOST_KNOWN = 50_000;

const BARE_START = /^[[\\ie]/;

/** What stands between the marks at both ends of a block, and the marks within: the bars of a quote. */
function contentOf(leaf: SyntaxNode): Span & { readonly marks: readonly Span[] } {
  let { from: start, to: end } = leaf;
  const marks: Span[] = [];
  for (let mark = leaf.firstChild; mark !== null; mark = mark.nextSibling)
    marks.push({ start: mark.from, end: mark.to });
  while (marks.length > 0 && marks[0].start === start) start = marks.shift()!.end;
  while (marks.length > 0 && marks[marks.length - 1].end === end) end = marks.pop()!.start;
  return { start, end, marks };
}

/** A quotation that begins with the mark of a callout has a title, which is a block of its own, or none. */
function calloutParts(leaf: SyntaxNode, source: string, content: Span): Span[] {
  const isFirst = leaf.parent?.name === 'Blockquote' && leaf.prevSibling?.name === 'QuoteMark';
  const { start, end } = content;
  if (!isFirst || leaf.prevSibling?.prevSibling !== null || source[start] !== '[') return [content];
  const mark = CALLOUT.exec(source.slice(start, end))?.[0];
  if (mark === undefined) return [content];
  const line = source.indexOf('\n', start);
  const titleEnd = line < 0 || line > end ? end : line;
  return [
    { start: start + mark.length, end: titleEnd },
    { start: titleEnd, end },
  ].filter((part) => part.start < part.end);
}

function withBlanks(source: string, start: number, end: number, marks: readonly Span[]): string {
  let [content, at] = ['', start];
  for (const mark of marks) {
    if (mark.start < start || mark.end > end) continue;
    content += source.slice(at, mark.start) + ' '.repeat(mark.end - mark.start);
    at = mark.end;
  }
  return content + source.slice(at, end);
}

/** One walk over the inline nodes of a piece. */
class Inline {
  readonly #source: string;
  readonly #labels: ReadonlySet<string>;
  readonly #holes: readonly Span[];
  readonly #visible: VisibleText;
  readonly #blocks: Block[] = [];

  constructor(source: string, labels: ReadonlySet<string>, holes: readonly Span[]) {
    this.#source = source;
    this.#labels = labels;
    this.#holes = holes;
    this.#visible = new VisibleText(source);
  }

  finish(): Block[] {
    const block = this.#visible.take();
    if (block !== null) this.#blocks.push(block);
    return this.#blocks;
  }

  /** Shows source as it is, without what belongs to the blocks around. */
  #copy(from: number, to: number): void {
    let at = from;
    for (const { start, end } of this.#holes) {
      if (start >= to || end <= at) continue;
      this.#visible.copy(at, start);
      at = end;
    }
    this.#visible.copy(at, to);
  }

  /** Shows a node: the text between its children, and of the children what is to be seen. */
  children(node: SyntaxNode, from = node.from, to = node.to): void {
    let at = from;
    for (let child = node.firstChild; child !== null && child.from < to; child = child.nextSibling) {
      if (child.from < from) continue;
      this.#copy(at, child.from);
      this.#child(child);
      at = child.to;
    }
    this.#copy(at, to);
  }

  #child(node: SyntaxNode): void {
    const { name, from, to } = node;
    if (name === 'Link' || name === 'Image') this.#link(node);
    else if (name === 'Escape') this.#visible.replace(from, to, this.#source.slice(from + 1, to));
    else if (name === 'Entity') this.#visible.replace(from, to, decodeHTML(this.#source.slice(from, to)));
    else if (name === 'HardBreak') this.#hardBreak(to);
    else if (name === 'WikiLink') {
      const [first, last] = wikiLinkWords(this.#source.slice(from, to));
      this.#copy(from + first, from + last);
    } else if (INSTEAD_OF_WORDS.has(name)) this.#visible.replace(from, to, ' ');
    else if (name === 'Script') this.#copy(from + 1, to - 1);
    else if (name === 'InlineNote') {
      this.finish();
      this.children(node, from + 2, to - 1);
      this.finish();
    } else if (name === 'HTMLTag' && /^<br/iu.test(this.#source.slice(from, to))) this.#hardBreak(to);
    else if (!MASKED.has(name)) this.children(node);
  }

  /** A line that the author ended is a block of its own, unless the next one goes on in lower case. */
  #hardBreak(to: number): void {
    if (/^[\s>]*\p{Ll}/u.test(this.#source.slice(to, to + 80))) this.#visible.replace(to - 1, to, ' ');
    else this.finish();
  }

  /** `[text](target)`, `[text][label]`, `![text](target)` show their text; brackets without target show all. */
  #link(node: SyntaxNode): void {
    const [open, close] = node.getChildren('LinkMark');
    if (open === undefined || close === undefined) this.children(node);
    else if (this.#isLink(node, open.to, close.from)) this.children(node, open.to, close.from);
    else {
      this.#copy(open.from, open.to);
      this.children(node, open.to, close.from);
      this.#copy(close.from, node.to);
    }
  }

  /** Shortcut references (`[label]`) count as links only where the document defines the label. */
  #isLink(node: SyntaxNode, from: number, to: number): boolean {
    const label = node.getChild('LinkLabel');
    if (node.getChild('URL') !== null || (label !== null && label.to - label.from > 2)) return true;
    if (node.to > to + 1 && label === null) return true;
    return this.#labels.has(normalizeLabel(this.#source.slice(from - 1, to + 1)));
  }
}

/** What stands where words could. */
const INSTEAD_OF_WORDS: ReadonlySet<string> = new Set(['InlineCode', 'Math', 'TexMath', 'Template']);

const MASKED: ReadonlySet<string> = new Set(
  `EmphasisMark StrikethroughMark CodeMark HeaderMark QuoteMark ListMark LinkMark TaskMarker TableDelimiter
   HTMLTag Comment ProcessingInstruction LinkTitle LinkLabel HighlightMark EmojiName HiddenNote Embedding Attributes
   Citation BlockId NoteMark`.split(/\s+/u),
);
