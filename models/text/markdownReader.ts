import { TreeFragment, type Tree } from '@lezer/common';
import { GFM, parser, type MarkdownParser } from '@lezer/markdown';
import type { Block, BlockReader } from './block';
import { changedRange, type ChangedRange } from './changedRange';
import { BLOCK_EXTENSIONS } from './markdownExtensions';
import { DIALECT_BLOCKS } from './markdownDialects';
import { definedLabels, topLevelBlocks } from './markdownBlocks';
import { InlineReader } from './markdownInline';

/**
 * Reads Markdown (CommonMark with the extensions of GitHub, and math, callouts, wiki links) as blocks of visible text. Masked are front
 * matter, code, HTML, link targets and titles, images' addresses, and all marks. Line ends are `\n` (`LineEnds`). Paragraphs, headings, list
 * items and table cells are blocks of their own. What an edit leaves alone is not parsed again.
 */
export class MarkdownReader implements BlockReader {
  readonly #parser = blockParser();
  readonly #inline = new InlineReader();
  #source = '';
  #fragments: readonly TreeFragment[] = [];
  /** Blocks of subtrees that the parser may use again, with starts relative to the subtree. */
  #blocks = new WeakMap<Tree, readonly Block[]>();
  #labels = '';

  *steps(text: string): Generator<void, Block[], void> {
    const source = withoutDepth(withoutFrontMatter(text));
    const change = changedRange(this.#source, source);
    const fragments =
      change === null
        ? this.#fragments
        : TreeFragment.applyChanges(this.#fragments, [fromEmptyLine(change, source)]);
    const parse = this.#parser.startParse(source, fragments);
    let tree = parse.advance();
    while (tree === null) {
      yield;
      tree = parse.advance();
    }
    this.#fragments = TreeFragment.addTree(tree);
    this.#source = source;
    const labels = definedLabels(tree, source);
    const signature = [...labels].sort().join('\n');
    // What a bracket shows depends on the labels that the document defines.
    if (signature !== this.#labels) this.#blocks = new WeakMap();
    this.#inline.use(labels, signature !== this.#labels);
    this.#labels = signature;
    return yield* topLevelBlocks(tree, source, this.#inline, this.#blocks);
  }
}

/** The parser without what it would read within the lines of blocks: the `InlineReader` does that, in pieces. */
function blockParser(): MarkdownParser {
  const blocks = parser.configure([GFM, BLOCK_EXTENSIONS, DIALECT_BLOCKS]);
  blocks.parseInline = () => [];
  return blocks;
}

/**
 * The change, begun at the last empty line before it. The parser takes what ends before a change for
 * unchanged, but where a paragraph ends may depend on two lines behind it (the head of a table and the line
 * of dashes below).
 */
function fromEmptyLine(change: ChangedRange, source: string): ChangedRange {
  let from = change.fromB;
  for (let isEmpty = false; from > 0 && !isEmpty;) {
    const lineStart = from > 1 ? source.lastIndexOf('\n', from - 2) + 1 : 0;
    isEmpty = from < change.fromB && source.slice(lineStart, from).trim() === '';
    from = lineStart;
  }
  return { ...change, fromA: from, fromB: from };
}

/** The same text, code unit for code unit, with front matter blanked. */
function withoutFrontMatter(text: string): string {
  const length = frontMatterLength(text);
  if (length === 0) return text;
  return text.slice(0, length).replace(/[^\n]/gu, (char) => ' '.repeat(char.length)) + text.slice(length);
}

/** Quotes and lists within each other deeper than this are read as if they were no deeper. */
const DEEPEST = 24;
const DEEP = new RegExp(
  `^((?:[ \\t]*(?:>|(?:[-+*]|\\d{1,9}[.)])(?=[ \\t]))){${DEEPEST}})((?:[ \\t]*(?:>|(?:[-+*]|\\d{1,9}[.)])(?=[ \\t])))+)`,
  'gmu',
);

/** The text with marks of too deep a nesting blanked, for each of which the parser would begin a block. */
function withoutDepth(text: string): string {
  return text.replace(DEEP, (_, kept: string, blanked: string) => kept + ' '.repeat(blanked.length));
}

/** YAML (`---`) or TOML (`+++`) at the very start of a document, up to a line with the same fence (or `...`). */
const FRONT_MATTER =
  /^\uFEFF?(?:---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)|\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+)[ \t]*(?:\n|$)/u;

/** The length of the front matter at the start of a Markdown document, 0 where there is none. */
function frontMatterLength(text: string): number {
  const start = text.codePointAt(0) === 0xfeff ? 1 : 0;
  const fence = text.slice(start, start + 3);
  if (fence !== '---' && fence !== '+++') return 0;
  return FRONT_MATTER.exec(text)?.[0].length ?? 0;
}
