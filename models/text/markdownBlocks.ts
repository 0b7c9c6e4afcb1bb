import { Tree, type SyntaxNode } from '@lezer/common';
import type { Block } from './block';
import { normalizeLabel } from './linkLabel';
import type { InlineReader } from './markdownInline';

/** The labels of all link definitions (`[label]: target`) of a document, normalized. */
export function definedLabels(tree: Tree, source: string): Set<string> {
  const labels = new Set<string>();
  if (!/\]:/u.test(source)) return labels;
  tree.iterate({
    enter({ name, node }) {
      if (name === 'LinkReference') {
        const label = node.getChild('LinkLabel');
        if (label !== null) labels.add(normalizeLabel(source.slice(label.from, label.to)));
      }
      return CONTAINERS.has(name);
    },
  });
  return labels;
}

/**
 * The blocks of a document in order.
 * @param known blocks of top-level subtrees, with starts relative to theirs; read and added to
 */
export function* topLevelBlocks(
  tree: Tree,
  source: string,
  inline: InlineReader,
  known: WeakMap<Tree, readonly Block[]>,
): Generator<void, Block[], void> {
  const blocks: Block[] = [];
  const subtrees: { readonly subtree: Tree; readonly start: number }[] = [];
  const visit = (parent: Tree, base: number): void => {
    parent.children.forEach((child, i) => {
      const start = base + parent.positions[i];
      // The parser balances long documents with nameless nodes; only named subtrees are blocks.
      if (!(child instanceof Tree)) return;
      if (child.type.isAnonymous) visit(child, start);
      else subtrees.push({ subtree: child, start });
    });
  };
  visit(tree, 0);
  for (const { subtree, start } of subtrees) {
    let found = known.get(subtree);
    if (found === undefined) {
      found = yield* subtreeBlocks(subtree, source.slice(start, start + subtree.length), inline);
      known.set(subtree, found);
    }
    for (const block of found) blocks.push({ start: block.start + start, content: block.content });
  }
  return blocks;
}

function* subtreeBlocks(tree: Tree, source: string, inline: InlineReader): Generator<void, Block[], void> {
  const leaves: SyntaxNode[] = [];
  tree.iterate({
    enter({ name, node }) {
      if (LEAF_BLOCKS.has(name)) leaves.push(node);
      return CONTAINERS.has(name);
    },
  });
  const blocks: Block[] = [];
  for (const leaf of leaves) for (const block of yield* inline.read(leaf, source)) blocks.push(block);
  return blocks;
}

const CONTAINERS: ReadonlySet<string> = new Set(
  'Document Blockquote Footnote Admonition Definition BulletList OrderedList ListItem Table TableHeader TableRow'.split(
    ' ',
  ),
);

const LEAF_BLOCKS: ReadonlySet<string> = new Set([
  ...'Paragraph BlockTitle Task TableCell SetextHeading1 SetextHeading2'.split(' '),
  ...[1, 2, 3, 4, 5, 6].map((level) => `ATXHeading${level}`),
]);
