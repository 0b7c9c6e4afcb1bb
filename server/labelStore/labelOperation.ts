import * as z from 'zod';
import type { Label } from '../../models/annotations/label';
import { labelSchema } from '../../models/annotations/labelLine';
import type { LiveLabels } from '../../models/annotations/liveLabels';
import { quoteAt, splitsCharacter } from '../../models/annotations/quoteLabel';
import { InputError } from '../../models/errors';
import type { LabelDocument } from './labelDocument';

/** The longest note, in code units. */
const LONGEST_NOTE = 100_000;

const { layer, label, start, end, state, annotator } = labelSchema.shape;
const note = z.string().max(LONGEST_NOTE);
const confidence = z.number().min(0).max(1);
const given = { layer, label, start, end, state: state.optional(), note: note.optional() };

const newLabel = z.strictObject({
  ...given,
  confidence: confidence.optional(),
  /** Who gave it, where that is not who labels now: it was brought in from elsewhere. */
  annotator: annotator.optional(),
});
const labelChange = newLabel.omit({ annotator: true }).partial();
const id = z.string();

const operationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add'), label: newLabel }),
  z.strictObject({ kind: z.literal('change'), id, change: labelChange }),
  z.strictObject({ kind: z.literal('rename'), id, label }),
  z.strictObject({ kind: z.literal('remove'), id }),
]);

/** What a person gives to make a label; the store adds id, words, annotator and time. */
export type NewLabel = Readonly<z.infer<typeof newLabel>>;

/** What may be changed of a label. An empty note takes it away. */
export type LabelChange = Readonly<z.infer<typeof labelChange>>;

/**
 * One step of a transaction. A change is a person's look: it takes away `review` and `rivalOf`. A label that is
 * renamed keeps its annotator and time, for nobody has decided anything new.
 */
export type LabelOperation = Readonly<z.infer<typeof operationSchema>>;

/** What each part of an operation must be, for a person. */
const RULES: ReadonlyMap<PropertyKey | undefined, string> = new Map([
  ['layer', 'The layer of a label must be a name.'],
  ['label', 'A label must be a name.'],
  ['start', 'A label must start at a whole number of UTF-16 code units.'],
  ['end', 'A label must end at a whole number of UTF-16 code units.'],
  ['state', 'A label is confirmed or rejected.'],
  ['note', `The note of a label must be text of at most ${LONGEST_NOTE.toLocaleString('en')} characters.`],
  ['confidence', 'The confidence of a label must be a number from 0 to 1.'],
  ['annotator', 'The annotator of a label must be a name.'],
]);

/** What an operation did to a label: undefined stands for no label. */
export interface LabelStep {
  readonly before?: Label;
  readonly after?: Label;
}

/** Who makes labels, and how they get their ids and times. */
export interface LabelMaker {
  annotator(): string;
  now(): Date;
  newId(): string;
}

/** @throws InputError for what is no operation, or would make a label that an annotation file cannot hold */
function checkOperation(operation: LabelOperation): void {
  const { error } = operationSchema.safeParse(operation);
  if (error === undefined) return;
  const [issue] = error.issues;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  if (unknown !== undefined) throw new InputError(`A label has no “${unknown}” that could be set.`);
  throw new InputError(RULES.get(issue.path.at(-1)) ?? 'This is no operation on a label.');
}

/**
 * What an operation would do; nothing is changed yet.
 * @throws InputError for what is no operation, for a label that is not there, and for a span that is not in the text
 */
function stepOf(operation: LabelOperation, live: LiveLabels, maker: LabelMaker): LabelStep {
  checkOperation(operation);
  const decided = { annotator: maker.annotator(), time: maker.now().toISOString() };
  if (operation.kind === 'add') {
    const { layer, label, start, end, state = 'confirmed', note, confidence } = operation.label;
    const { annotator = decided.annotator } = operation.label;
    checkSpan(live.text, start, end);
    const words = quoteAt(live.text, start, end);
    const made: Label = {
      id: maker.newId(),
      layer,
      label,
      start,
      end,
      ...words,
      state,
      ...decided,
      annotator,
    };
    return {
      after: { ...made, ...(note ? { note } : {}), ...(confidence === undefined ? {} : { confidence }) },
    };
  }
  const before = live.get(operation.id);
  if (before === undefined) throw new InputError(`There is no label ${operation.id} in this text.`);
  if (operation.kind === 'remove') return { before };
  if (operation.kind === 'rename') return { before, after: { ...before, label: operation.label } };
  const { note, confidence, ...change } = operation.change;
  const { review: _review, rivalOf: _rivalOf, note: oldNote, confidence: oldConfidence, ...kept } = before;
  const [newNote, newConfidence] = [note ?? oldNote, confidence ?? oldConfidence];
  const { start, end } = { ...kept, ...change };
  const isOpen = live.text !== '';
  if (isOpen) checkSpan(live.text, start, end);
  else if (start !== before.start || end !== before.end)
    throw new InputError(
      'The borders of a label cannot be set while its text is closed.',
      {},
      'Open the text.',
    );
  const words = isOpen ? quoteAt(live.text, start, end) : {};
  const after = { ...kept, ...change, ...words, ...decided };
  return {
    before,
    after: {
      ...after,
      ...(newNote ? { note: newNote } : {}),
      ...(newConfidence === undefined ? {} : { confidence: newConfidence }),
      // A closed text cannot tell whether the words are there.
      ...(isOpen || before.review === undefined ? {} : { review: before.review }),
    },
  };
}

function checkSpan(text: string, start: number, end: number): void {
  if (end > text.length || start >= end)
    throw new InputError(`The span from ${start} to ${end} is not in the text.`, {}, 'Select some text.');
  if (splitsCharacter(text, start) || splitsCharacter(text, end))
    throw new InputError(`The span from ${start} to ${end} cuts a character in two.`);
}

/** A document that somebody holds; another one after the text was moved onto that. */
interface HeldDocument {
  readonly document: LabelDocument;
}

/** A step, and in which text. */
export interface TextStep {
  readonly held: HeldDocument;
  readonly step: LabelStep;
}

/**
 * Does all operations to the labels of texts, in memory.
 * @throws InputError where one is not possible, and then takes back those before it
 */
export function takeOperations(
  texts: Iterable<readonly [HeldDocument, readonly LabelOperation[]]>,
  maker: LabelMaker,
): TextStep[] {
  const steps: TextStep[] = [];
  try {
    for (const [held, operations] of texts)
      for (const operation of operations) {
        const step = stepOf(operation, held.document.live, maker);
        takeStep(held.document.live, step);
        steps.push({ held, step });
      }
  } catch (error) {
    for (const { held, step } of steps.reverse())
      takeStep(held.document.live, { before: step.after, after: step.before });
    throw error;
  }
  return steps;
}

function takeStep(live: LiveLabels, { before, after }: LabelStep): void {
  if (after !== undefined) live.put(after);
  else if (before !== undefined) live.remove(before.id);
}

/** True if both versions say the same of the text, wherever it stands. */
function sameDecision(a: Label, b: Label): boolean {
  return a.layer === b.layer && a.label === b.label && a.state === b.state && a.note === b.note;
}

/**
 * Turns `before` of an earlier step into `after`, at the place where the label stands now.
 * @returns false, and does nothing, where the label is no longer as that step left it
 */
export function revertStep({ live, isOpen }: LabelDocument, { before, after }: LabelStep): boolean {
  const id = (before ?? after)?.id ?? '';
  const now = live.get(id);
  if (before === undefined) {
    if (now !== undefined || after === undefined) return false;
    if (isOpen) live.putBack(after);
    else live.put(after);
    return true;
  }
  if (now === undefined || !sameDecision(now, before)) return false;
  if (after === undefined) {
    live.remove(id);
    return true;
  }
  const samePlace = before.start === after.start && before.end === after.end;
  if (!samePlace) {
    if (isOpen) return live.moveBack(after);
    // Of a closed text nobody knows what moved within it; its words are looked for when it is opened.
    const by = now.start - before.start;
    const moved = by === 0 ? after : { ...after, start: after.start + by, end: after.end + by };
    if (!isInside(moved, live.text)) return false;
    live.put(moved);
  } else {
    const { start, end, quote, before: left, after: right } = now;
    const { review: _, ...decision } = after;
    const place = { start, end, quote, before: left, after: right };
    live.put(
      now.review === undefined ? { ...decision, ...place } : { ...decision, ...place, review: now.review },
    );
  }
  return true;
}

/** True for a place that a text has; of a closed text none is known. */
function isInside({ start, end }: Label, text: string): boolean {
  return (
    text === '' ||
    (start >= 0 && end <= text.length && !splitsCharacter(text, start) && !splitsCharacter(text, end))
  );
}
