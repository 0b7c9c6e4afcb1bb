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
    const start = blocks.find(anchor) ?? (justLost.has(anchor) ? undefined : retyped(anchor, inserted, text));
    if (start !== undefined) {
      const length = blocks.find(anchor) === undefined ? anchor.state.quote.length : wordsLength(anchor);
      recoveries.push({ anchor, start, end: start + length });
    } else if (justLost.has(anchor)) replaced.push(anchor);
  }
  return [...recoveries, ...foundInNewText(replaced, inserted, text)];
}

const wordsLength = ({ state }: Anchor): number => state.gone?.words.quote.length ?? state.quote.length;

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

  constructor(inserted: readonly Span[], text: string) {
    this.#pieces = inserted.map(({ start, end }) => ({ start, text: text.slice(start, end) }));
  }

  /** The place of the words of a label in a block that came back; white space around the block may differ. */
  find({ state: { gone } }: Anchor): number | undefined {
    if (gone === undefined) return undefined;
    if (!this.#found.has(gone.block)) this.#found.set(gone.block, this.#search(gone.block.trim()));
    const at = this.#found.get(gone.block);
    const lead = gone.block.length - gone.block.trimStart().length;
    if (at === undefined || gone.offset < lead) return undefined;
    return gone.offset + gone.words.quote.length <= gone.block.trimEnd().length
      ? at + gone.offset - lead
      : undefined;
  }

  #search(block: string): number | undefined {
    for (const { start, text } of this.#pieces) {
      const at = block === '' || block.length > text.length ? -1 : text.indexOf(block);
      if (at >= 0) return start + at;
    }
    return undefined;
  }
}

/** The place of a label's words where they have been typed again, at once or letter by letter. */
function retyped(anchor: Anchor, inserted: readonly Span[], text: string): number | undefined {
  const { start: at, quote } = anchor.state;
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
  const labels = anchors.flatMap(({ label, state: { gone } }) => {
    if (gone === undefined) return [];
    const { review: _, ...rest } = label;
    const end = label.start + gone.words.quote.length;
    return [{ ...rest, ...gone.words, start: label.start + gone.offset, end: end + gone.offset }];
  });
  return findAgain(labels, text).flatMap(({ label, status }, i): Recovery[] => {
    const { start, end } = label;
    const isInserted = inserted.some((span) => span.start <= start && end <= span.end);
    if (status === 'lost' || !isInserted) return [];
    return [{ anchor: anchors[i], start, end, ...(status === 'changed' ? { review: 'changed' } : {}) }];
  });
}
