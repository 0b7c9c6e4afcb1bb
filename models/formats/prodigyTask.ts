import * as z from 'zod';
import { InputError, type Place } from '../errors';
import { shaped } from './jsonText';
import { type OffsetUnit, offsetsOf } from './offsets';

const token = z.looseObject({ text: z.string(), start: z.int(), end: z.int(), id: z.int().optional() });
const span = z.looseObject({
  start: z.int(),
  end: z.int(),
  label: z.string().min(1).nullish(),
  answer: z.string().nullish(),
  /** Written by Glossator where a span is by another than the task. */
  annotator: z.string().nullish(),
});
const triple = z.tuple([z.int(), z.int(), z.string().min(1)]);
const who = z.union([z.string(), z.int()]).nullish();
const task = z.looseObject({
  text: z.string(),
  spans: z.array(span).nullish(),
  /** Of spaCy's examples. */
  entities: z.array(triple).nullish(),
  tokens: z.array(token).nullish(),
  answer: z.string().nullish(),
  _annotator_id: who,
  _session_id: who,
});

/** A task of Prodigy, as its database gives it. */
export type ProdigyTask = z.infer<typeof task>;
export type ProdigyToken = z.infer<typeof token>;

/** @throws InputError where a value is none */
export function prodigyTask(value: unknown, place: Place): ProdigyTask {
  return shaped(value, task, place, 'Give a JSON Lines file of Prodigy or spaCy.');
}

/** The labels of a task, in the unit of the file. */
export function spansOf({ spans, entities }: ProdigyTask): z.infer<typeof span>[] {
  return [...(spans ?? []), ...(entities ?? []).map(([start, end, label]) => ({ start, end, label }))];
}

/** Sessions that nobody named are called by the time that they began. */
const UNNAMED_SESSION = /\d{4}-\d{2}-\d{2}[_ T]\d{2}[-:]\d{2}[-:]\d{2}/;

/** Who answered a task, where it says so. */
export function annotatorOfTask({ _annotator_id, _session_id }: ProdigyTask): string | undefined {
  return [_annotator_id, _session_id]
    .filter((name) => name !== undefined && name !== null && name !== '')
    .map(String)
    .find((name) => !UNNAMED_SESSION.test(name));
}

/** The unit under which the tokens of a task stand where it says; undefined where both do, or none. */
export function unitOfTokens({ text, tokens }: ProdigyTask): OffsetUnit | undefined {
  const fits = (['utf16', 'codepoints'] as const).filter((unit) => {
    const offsets = offsetsOf(text, unit);
    return (tokens ?? []).every(
      (one) =>
        one.text.trim() === '' ||
        text.slice(offsets.toUtf16(one.start), offsets.toUtf16(one.end)) === one.text,
    );
  });
  return fits.length === 1 ? fits[0] : undefined;
}

/** @throws InputError where tokens lie outside the text, or not one behind the other */
export function checkTokens({ tokens }: ProdigyTask, length: number, place: Place): void {
  let before = 0;
  for (const { text: form, start, end } of tokens ?? []) {
    if (form.trim() === '') continue; // some tokenizers misplace white space
    if (before <= start && start < end && end <= length) before = end;
    else
      throw new InputError(
        `The token "${form}" stands at ${start}–${end}, behind a token that ends at ${before}, in a text of ${length} characters.`,
        place,
        'Check the offsets of the tokens, or their unit with --unit.',
      );
  }
}
