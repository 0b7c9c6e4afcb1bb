import { atOnce } from '../atOnce';
import { ExactWords, fitAt } from './exactWords';
import { findChanged } from './findChanged';
import { FoldedWords } from './foldedWords';
import { formOfLabels } from './formOfLabels';
import type { Label } from './label';
import { quoteAt } from './quoteLabel';
import type { TextForm } from './textForm';

/**
 * `same`: at its offsets; `moved`: its words elsewhere, for certain; `changed`: other words at its place, or its
 * words at a doubtful place; `lost`: neither. The last two need a person.
 */
export type FoundStatus = 'same' | 'moved' | 'changed' | 'lost';

/** A label placed in a text that changed while nobody watched. */
export interface FoundLabel {
  /** The label at its new place; its words and context are refreshed where it is certain. */
  readonly label: Label;
  readonly status: FoundStatus;
  /** The words that were labelled. */
  readonly oldText: string;
  /** The words that now stand there; empty where it is lost. */
  readonly newText: string;
}

function placed(label: Label, text: string, start: number, end = start + label.quote.length): FoundLabel {
  const { review: _, ...rest } = label;
  const around = quoteAt(text, start, end);
  const isSame = start === label.start && end === label.end;
  const unchanged =
    isSame &&
    label.review === undefined &&
    around.quote === label.quote &&
    around.before === label.before &&
    around.after === label.after;
  const found = unchanged ? label : { ...rest, start, end, ...around };
  return {
    label: found,
    status: start === label.start ? 'same' : 'moved',
    oldText: label.quote,
    newText: around.quote,
  };
}

function doubtful(label: Label, text: string, start: number, end: number): FoundLabel {
  const status = end > start ? 'changed' : 'lost';
  return {
    label: { ...label, start, end, review: status },
    status,
    oldText: label.quote,
    newText: text.slice(start, end),
  };
}

/**
 * Finds labels again in a text that was changed elsewhere: at their offsets, else by their exact words nearest to
 * where they should be and with the most context in agreement, else by words and context that differ in nothing but
 * white space and the way accents are written, else by similar words or by their surroundings. Where the labels tell
 * that the text had other line ends or another Unicode normal form, all of this is done in that form.
 * Labels come back in the order given. Sorted labels are found fastest, for what moved one has moved the next.
 */
export function findAgain(labels: readonly Label[], text: string): FoundLabel[] {
  return atOnce(findingAgain(labels, text));
}

/** The same in steps of a millisecond or so, for a thread that answers others meanwhile. */
export function* findingAgain(labels: readonly Label[], text: string): Generator<void, FoundLabel[]> {
  const form = yield* formOfLabels(labels, text);
  if (form === undefined) return yield* finding(labels, text);
  const found = yield* finding(labels, form.text);
  return found.map((one, i) => inSource(labels[i], one, text, form));
}

/** What was found in another form of the text, in the text itself. */
function inSource(label: Label, found: FoundLabel, text: string, form: TextForm): FoundLabel {
  const [start, end] = [form.sourceStart(found.label.start), form.sourceEnd(found.label.end)];
  if (found.status === 'lost') return doubtful(label, text, start, start);
  return found.status === 'changed' ? doubtful(label, text, start, end) : placed(label, text, start, end);
}

function* finding(labels: readonly Label[], text: string): Generator<void, FoundLabel[]> {
  const found: FoundLabel[] = [];
  const words = new ExactWords(labels, text);
  const folded = new FoldedWords(labels, text);
  let shift = 0;
  for (const [i, label] of labels.entries()) {
    const here = atOffset(label, text, shift);
    if (here !== undefined) {
      shift = here.label.start - label.start;
      found.push(here);
      if (found.length % 100 === 0) yield;
      continue;
    }
    yield;
    const expected = Math.min(Math.max(0, label.start + shift), text.length);
    const exact = yield* words.find(label, expected);
    if (exact?.certain === true) {
      shift = exact.start - label.start;
      found.push(placed(label, text, exact.start));
      continue;
    }
    const alike = yield* folded.find(i, expected);
    if (alike !== undefined) {
      shift = alike.start - label.start;
      found.push(placed(label, text, alike.start, alike.end));
      continue;
    }
    const changed = findChanged(label, text, expected);
    if (changed !== undefined) {
      found.push(doubtful(label, text, changed.start, changed.end));
      // Its own words with others around them: what moved them has moved the next ones.
      if (text.slice(changed.start, changed.end) === label.quote) shift = changed.start - label.start;
    } else if (exact?.start === expected)
      found.push(doubtful(label, text, exact.start, exact.start + label.quote.length));
    else found.push(doubtful(label, text, expected, expected));
  }
  return found;
}

/** A label at its offsets, moved by `shift` as the one before it or not at all. */
function atOffset(label: Label, text: string, shift: number): FoundLabel | undefined {
  for (const by of shift === 0 ? [0] : [shift, 0]) {
    const start = label.start + by;
    if (start < 0 || !text.startsWith(label.quote, start)) continue;
    if (fitAt(label, text, start).likely) return placed(label, text, start);
  }
  return undefined;
}
