import { type ChangedRange, type SyntaxNode, type Tree, TreeFragment } from '@lezer/common';
import { GFM, type MarkdownParser, parser } from '@lezer/markdown';
import type { Block } from './block';
import { frontMatterLength } from './frontMatter';
import { normalizeLabel } from './linkLabel';
import { inlineBlocks } from './markdownInline';

/** The blocks of visible text of a Markdown document (CommonMark with the extensions of GitHub). */
export function markdownBlocks(text: string): Block[] {
  return new MarkdownReader().update(text);
}

/**
 * Reads the versions of one Markdown document; what an edit left alone is not parsed again.
 * Masked are front matter, code, HTML, link targets and titles, images' addresses, and all marks.
 * Paragraphs, headings, list items and table cells are blocks of their own.
 */
export class MarkdownReader {
  readonly #parser: MarkdownParser = parser.configure(GFM);
  #source = '';
  #fragments: readonly TreeFragment[] = [];

  /** The blocks of the document's new text, in order. */
  update(text: string): Block[] {
    const source = parsable(text);
    const changes = changedRange(this.#source, source);
    const tree = this.#parser.parse(source, TreeFragment.applyChanges(this.#fragments, changes));
    this.#fragments = TreeFragment.addTree(tree);
    this.#source = source;
    return blocksOf(tree, source);
  }
}

/**
 * The same text, code unit for code unit, as the parser takes it: front matter is blanked, and line ends
 * are `\n`, which it knows, or `\r\n`, of which it takes the `\r` for a blank.
 */
function parsable(text: string): string {
  const length = frontMatterLength(text);
  const blank = text.slice(0, length).replace(/[^\r\n]/gu, (char) => ' '.repeat(char.length));
  const body = length > 0 ? blank + text.slice(length) : text;
  if (!body.includes('\r')) return body;
  // Two blanks before the line end are a hard break, as a backslash is.
  return body.replace(/\\\r\n| {2}\r\n|\r(?!\n)/gu, (end) =>
    end.length === 1 ? '\n' : `${' '.repeat(end.length - 1)}\n`,
  );
}

/** The one range in which two texts differ; none where they are equal. */
function changedRange(before: string, after: string): ChangedRange[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let tail = 0;
  while (
    tail < shorter - from &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  return [{ fromA: from, toA: before.length - tail, fromB: from, toB: after.length - tail }];
}

function blocksOf(tree: Tree, source: string): Block[] {
  const leaves: SyntaxNode[] = [];
  const labels = new Set<string>();
  tree.iterate({
    enter(node) {
      if (LEAF_BLOCKS.has(node.name)) leaves.push(node.node);
      else if (node.name === 'LinkReference') addLabel(node.node, source, labels);
      return CONTAINERS.has(node.name);
    },
  });
  return leaves.flatMap((leaf) => inlineBlocks(leaf, source, labels));
}

function addLabel(reference: SyntaxNode, source: string, labels: Set<string>): void {
  const label = reference.getChild('LinkLabel');
  if (label !== null) labels.add(normalizeLabel(source.slice(label.from, label.to)));
}

const CONTAINERS: ReadonlySet<string> = new Set(
  'Document Blockquote BulletList OrderedList ListItem Table TableHeader TableRow'.split(' '),
);

const LEAF_BLOCKS: ReadonlySet<string> = new Set([
  ...'Paragraph Task TableCell SetextHeading1 SetextHeading2'.split(' '),
  ...[1, 2, 3, 4, 5, 6].map((level) => `ATXHeading${level}`),
]);
