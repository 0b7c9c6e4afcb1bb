import type { SyntaxNode } from '@lezer/common';
import { decodeHTML } from 'entities';
import type { Block } from './block';
import { normalizeLabel } from './linkLabel';
import { VisibleText } from './visibleText';

/**
 * The visible text of a paragraph, heading or cell. More than one block where hard breaks part its lines.
 * @param labels the labels of all link definitions of the document, normalized
 */
export function inlineBlocks(leaf: SyntaxNode, source: string, labels: ReadonlySet<string>): Block[] {
  const inline = new Inline(source, labels);
  inline.children(leaf);
  return inline.finish();
}

/** One walk over the inline nodes of a block. */
class Inline {
  readonly #source: string;
  readonly #labels: ReadonlySet<string>;
  readonly #visible: VisibleText;
  readonly #blocks: Block[] = [];

  constructor(source: string, labels: ReadonlySet<string>) {
    this.#source = source;
    this.#labels = labels;
    this.#visible = new VisibleText(source);
  }

  finish(): Block[] {
    const block = this.#visible.take();
    if (block !== null) this.#blocks.push(block);
    return this.#blocks;
  }

  /** Shows a node: the text between its children, and of the children what is to be seen. */
  children(node: SyntaxNode, from = node.from, to = node.to): void {
    let at = from;
    for (let child = node.firstChild; child !== null && child.from < to; child = child.nextSibling) {
      if (child.from < from) continue;
      this.#visible.copy(at, child.from);
      this.#child(child);
      at = child.to + (this.#isNoteMark(child) ? 1 : 0);
    }
    this.#visible.copy(at, to);
  }

  #child(node: SyntaxNode): void {
    const { name, from, to } = node;
    if (name === 'Link' || name === 'Image') this.#link(node);
    else if (name === 'Escape') this.#visible.replace(from, to, this.#source.slice(from + 1, to));
    else if (name === 'Entity') this.#visible.replace(from, to, decodeHTML(this.#source.slice(from, to)));
    else if (name === 'HardBreak') this.#hardBreak(to);
    else if (name === 'InlineCode') this.#visible.replace(from, to, ' ');
    else if (name === 'HTMLTag' && /^<br/iu.test(this.#source.slice(from, to))) this.#hardBreak(to);
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
    else if (this.#source[open.to] !== '^') {
      this.#visible.copy(open.from, open.to);
      this.children(node, open.to, close.from);
      this.#visible.copy(close.from, node.to);
    }
  }

  /** `[^1]:` where a footnote begins: the colon belongs to the mark. */
  #isNoteMark({ name, from, to }: SyntaxNode): boolean {
    return name === 'Link' && this.#source.startsWith('[^', from) && this.#source[to] === ':';
  }

  /** Shortcut references (`[label]`) count as links only where the document defines the label. */
  #isLink(node: SyntaxNode, from: number, to: number): boolean {
    const label = node.getChild('LinkLabel');
    if (node.getChild('URL') !== null || (label !== null && label.to - label.from > 2)) return true;
    if (node.to > to + 1 && label === null) return true;
    return this.#labels.has(normalizeLabel(this.#source.slice(from - 1, to + 1)));
  }
}

const MASKED: ReadonlySet<string> = new Set(
  `EmphasisMark StrikethroughMark CodeMark HeaderMark QuoteMark ListMark LinkMark TaskMarker TableDelimiter
   HTMLTag Comment ProcessingInstruction LinkTitle LinkLabel`.split(/\s+/u),
);
