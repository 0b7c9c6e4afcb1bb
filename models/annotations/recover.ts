import type { Span } from '../text/span';
import type { Anchor } from './anchor';
import { findAgain } from './findAgain';
import type { AppliedChange } from './textChange';

/** A label whose words came back, or whose place was found in a text that replaced its own. */
export interface Recovery {
  readonly anchor: Anchor;
  readonly start: number;
  readonly end: number;
  readonly review?: 'changed';
}

/**
 * The lost labels that an edit brings back: their words typed again at their place, the text that went with them
 * pasted anywhere, or found again where new text took the place of theirs.
 * @param justLost those that this edit itself deleted
 * @param text after the edit
 */
export function recover(
  lost: readonly Anchor[],
  justLost: ReadonlySet<Anchor>,
  changes: readonly AppliedChange[],
  text: string,
): Recovery[] {
  const inserted = insertedSpans(changes);
  if (inserted.length === 0) return [];
  const blocks = new BlockSearch(inserted, text);
  const recoveries: Recovery[] = [];
  const replaced: Anchor[] = [];
  for (const anchor of lost) {
    const pasted = blocks.find(anchor);
    const typed = pasted === undefined && !justLost.has(anchor) ? retyped(anchor, inserted, text) : undefined;
    if (pasted !== undefined) {
      const length = anchor.gone?.words.quote.length ?? 0;
      recoveries.push({ anchor, start: pasted, end: pasted + length });
    } else if (typed !== undefined) {
      recoveries.push({ anchor, start: typed, end: typed + anchor.quote.length });
    } else if (justLost.has(anchor)) replaced.push(anchor);
  }
  return [...recoveries, ...foundInNewText(replaced, inserted, text)];
}

/** Where the inserted texts of an edit stand after all of its changes. */
function insertedSpans(changes: readonly AppliedChange[]): Span[] {
  let spans: Span[] = [];
  for (const { start, end, newText } of changes) {
    const delta = newText.length - (end - start);
    spans = spans.map((span) =>
      span.start >= end ? { start: span.start + delta, end: span.end + delta } : span,
    );
    if (newText !== '') spans.push({ start, end: start + newText.length });
  }
  return spans;
}

/** Looks for deleted blocks of text in what was inserted; each block once, however many labels it took along. */
class BlockSearch {
  readonly #pieces: readonly { start: number; text: string }[];
  readonly #found = new Map<string, number | undefined>();
  readonly #longest: number;

  constructor(inserted: readonly Span[], text: string) {
    this.#pieces = inserted.map(({ start, end }) => ({ start, text: text.slice(start, end) }));
    this.#longest = Math.max(...inserted.map(({ start, end }) => end - start));
  }

  /** The place of the words of a label in a block that came back; white space around the block may differ. */
  find({ gone }: Anchor): number | undefined {
    if (gone === undefined || gone.offset < 0 || gone.block.length > this.#longest) return undefined;
    if (!this.#found.has(gone.block)) this.#found.set(gone.block, this.#search(gone.block));
    const at = this.#found.get(gone.block);
    return at === undefined ? undefined : at + gone.offset;
  }

  #search(block: string): number | undefined {
    for (const { start, text } of this.#pieces) {
      const at = text.indexOf(block);
      if (at >= 0) return start + at;
    }
    return undefined;
  }
}

/** The place of a label's words where they have been typed again, at once or letter by letter. */
function retyped(anchor: Anchor, inserted: readonly Span[], text: string): number | undefined {
  const { start: at, quote } = anchor;
  const near = quote.length;
  const here = inserted.find(({ start, end }) => start <= at + near && end >= at - near);
  if (here === undefined) return undefined;
  if (text.startsWith(quote, at)) return at;
  if (text.endsWith(quote, at)) return at - quote.length;
  const within = text.slice(here.start, here.end).indexOf(quote);
  return within < 0 ? undefined : here.start + within;
}

/** Labels whose text was replaced as a whole, as formatters and reloads do. */
function foundInNewText(anchors: readonly Anchor[], inserted: readonly Span[], text: string): Recovery[] {
  const labels = anchors.flatMap(({ label, gone }) => {
    if (gone === undefined) return [];
    const { review: _, ...rest } = label;
    const end = label.start + gone.words.quote.length;
    return [{ ...rest, ...gone.words, start: label.start, end }];
  });
  return findAgain(labels, text).flatMap(({ label, status }, i): Recovery[] => {
    const { start, end } = label;
    const isInserted = inserted.some((span) => span.start <= start && end <= span.end);
    if (status === 'lost' || !isInserted) return [];
    return [{ anchor: anchors[i], start, end, ...(status === 'changed' ? { review: 'changed' } : {}) }];
  });
}
