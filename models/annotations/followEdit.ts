import type { Span } from '../text/span';
import type { Anchor, AnchorState, Trace } from './anchor';
import type { ChangeBatch } from './changeBatch';
import { PatchedText } from './patchedText';
import { Recoveries } from './recoveries';
import { Search } from './search';
import type { Passage, Way } from './textHistory';

/** An edit of a text and the anchors in it. */
export interface FollowedEdit {
  readonly anchors: readonly Anchor[];
  /** What it did, by way of the texts that were there before. */
  readonly way: Way;
  readonly before: string;
  readonly after: string;
  /** The anchors whose end the edit before this one cut. */
  readonly cuts: ReadonlySet<Anchor>;
}

/**
 * Brings anchors from the text before an edit to the one after it. What is remembered of an anchor in a text that
 * is reached holds; every other follows the changes. On leaving a text it is remembered what cannot be told from
 * the changes alone: each anchor that they touch, and each that is elsewhere in the other text.
 * @returns the anchors whose end the edit cut, and the search for those whose text it replaced
 */
export function followEdit({ anchors, way, before, after, cuts }: FollowedEdit): {
  readonly cuts: ReadonlySet<Anchor>;
  readonly search: Search | undefined;
} {
  const justLost = new Set<Anchor>();
  const traces = new Map<Anchor, Trace>();
  const nowCut = new Set<Anchor>();
  let text = new PatchedText(before);
  let touched: Touched[] = [];
  for (const passage of way.passages) {
    const texts = [text];
    for (const batch of passage.batches) texts.push((text = text.after(batch)));
    touched = followPassage(anchors, passage, texts, passage === way.passages[0] ? cuts : nowCut, traces);
    nowCut.clear();
    for (const { anchor, wasLost, isCut } of touched) {
      if (anchor.isLost && !wasLost) justLost.add(anchor);
      if (isCut) nowCut.add(anchor);
    }
  }
  const last = way.passages[way.passages.length - 1];
  const settle = (anchor: Anchor, start: number, end: number, review?: 'changed'): void => {
    if (!last.left.has(anchor)) last.left.set(anchor, stateBefore(anchor, last));
    anchor.settle(start, end, review);
  };
  const recoveries = new Recoveries(insertedBy(way.passages.flatMap((one) => one.batches)), after);
  const lost = anchors.filter(
    (anchor) =>
      anchor.isLost &&
      anchor.since >= way.leftAt &&
      !last.reached.has(anchor) &&
      (justLost.has(anchor) || recoveries.concerns(anchor)),
  );
  const found = recoveries.find(lost, justLost);
  for (const { anchor, start, end, review } of found.recoveries) settle(anchor, start, end, review);
  for (const { anchor } of touched) {
    const { start, end, review } = anchor;
    if (review === 'changed' && after.slice(start, end) === anchor.quote) settle(anchor, start, end);
  }
  const search = found.replaced.length > 0 ? new Search(found.replaced, recoveries) : undefined;
  return { cuts: nowCut, search };
}

/** An anchor that a passage touched, and that nothing was remembered of in the text that it reached. */
interface Touched {
  readonly anchor: Anchor;
  readonly wasLost: boolean;
  readonly isCut: boolean;
}

/**
 * Brings all anchors through one passage.
 * @param texts before each of its batches
 * @returns those that it touched and that were not brought to a place remembered
 */
function followPassage(
  anchors: readonly Anchor[],
  { batches, left, reached }: Passage,
  texts: readonly PatchedText[],
  cuts: ReadonlySet<Anchor>,
  traces: Map<Anchor, Trace>,
): Touched[] {
  const touched: Touched[] = [];
  for (const anchor of anchors) {
    const { state } = anchor;
    const known = reached.get(anchor);
    if (known !== undefined) {
      left.set(anchor, state);
      anchor.state = known;
      traces.delete(anchor);
      continue;
    }
    const wasLost = anchor.isLost;
    const fate = anchor.follow(batches, texts, cuts.has(anchor), traces);
    if (fate === 'passed') continue;
    left.set(anchor, state);
    touched.push({ anchor, wasLost, isCut: fate === 'cut' });
  }
  return touched;
}

/** How an anchor that a passage did not touch was before it. */
function stateBefore(anchor: Anchor, { batches }: Passage): AnchorState {
  const { words } = anchor.state;
  let { start, end } = anchor;
  for (const { inverse } of [...batches].reverse()) {
    const by = inverse.shiftBefore(inverse.touching(start, end)[0]);
    start += by;
    end += by;
  }
  return { start, end, words };
}

/** Where new texts stand after all changes. */
function insertedBy(batches: readonly ChangeBatch[]): Span[] {
  let spans: Span[] = [];
  for (const batch of batches) {
    const moved = spans.map((span) => batch.follow(span));
    spans = [...moved.filter(({ start, end }) => end > start), ...batch.inserted];
  }
  return spans.sort((a, b) => a.start - b.start);
}
