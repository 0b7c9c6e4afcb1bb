import * as z from 'zod';
import { linesOf } from '../data/lines';
import { InputError, type Place } from '../errors';
import type { Sentence } from '../text/span';
import { type AnnotatedText, type TextLabel, defaultLayer, unnamed } from './annotatedText';
import { fileStem, numberedNames } from './documentNames';
import type { InputFile, ReadOptions, WriteOptions, Written } from './format';
import { type JsonObject, checkSpan, checkText, parseJson, shaped } from './jsonText';
import { type Offsets, offsetsOf } from './offsets';
import { writeJsonLines } from './writeJsonLines';

/** Prodigy and spaCy count the characters of Python 3 strings. */
const UNIT = 'codepoints';

const token = z.looseObject({ text: z.string(), start: z.int(), end: z.int(), id: z.int().optional() });
const span = z.looseObject({
  start: z.int(),
  end: z.int(),
  label: z.string().min(1).optional(),
  answer: z.string().optional(),
});
const task = z.looseObject({
  text: z.string(),
  spans: z.array(span).nullish(),
  tokens: z.array(token).nullish(),
  answer: z.string().nullish(),
});
type Task = z.infer<typeof task>;

/**
 * The documents of a Prodigy or spaCy file, one a line: `text`, and `spans` with `start`, `end` and `label`. Spans of
 * a task that was answered with `reject` (or that say so themselves) are rejected suggestions; those of an ignored
 * task stay in its record and are no labels.
 * @throws InputError at the first broken line
 */
export function readProdigy({ name: file, text }: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const rows = [...linesOf(text)].filter((line) => line.text.trim() !== '');
  const names = numberedNames(
    rows.map(() => undefined),
    fileStem(file),
  );
  return rows.map(({ number: line, text: raw }, k) => {
    const place = { file, line };
    const content = shaped(parseJson(raw, place), task, place, 'Give a JSON Lines file of Prodigy or spaCy.');
    checkText(content.text, place);
    const offsets = offsetsOf(content.text, options.unit ?? UNIT);
    const ignored = content.answer === 'ignore';
    const labels = (ignored ? [] : (content.spans ?? [])).map((item): TextLabel => {
      const label = item.label ?? unnamed;
      checkSpan({ label, start: item.start, end: item.end }, offsets.length, place);
      const rejected = (item.answer ?? content.answer) === 'reject';
      return {
        layer: defaultLayer,
        label,
        start: offsets.toUtf16(item.start),
        end: offsets.toUtf16(item.end),
        ...(rejected && { state: 'rejected' }),
      };
    });
    checkTokens(content, offsets.length, place);
    const sentences = sentencesOf(content, offsets);
    return {
      name: names[k],
      text: content.text,
      ...(sentences && { sentences }),
      layers: [{ name: defaultLayer, kind: 'span' }],
      labels,
      source: { format: 'prodigy', raw, labels, more: furtherFields(content, ignored) },
    };
  });
}

/** @throws InputError where tokens lie outside the text, or not one behind the other */
function checkTokens({ tokens }: Task, length: number, place: Place): void {
  let before = 0;
  for (const { text: form, start, end } of tokens ?? []) {
    if (before <= start && start < end && end <= length) before = end;
    else
      throw new InputError(
        `The token "${form}" stands at ${start}–${end}, behind a token that ends at ${before}, in a text of ${length} characters.`,
        place,
        'Check the offsets of the tokens, or their unit with --unit.',
      );
  }
}

/** The tokens of a task as one sentence; Prodigy knows no sentences. */
function sentencesOf({ text, tokens }: Task, offsets: Offsets): Sentence[] | undefined {
  const placed = (tokens ?? [])
    .map(({ start, end }) => ({ start: offsets.toUtf16(start), end: offsets.toUtf16(end) }))
    .map((place) => ({ ...place, form: text.slice(place.start, place.end) }))
    .filter(({ form }) => form.trim() !== ''); // spaCy makes tokens of spaces
  if (!placed.length) return undefined;
  return [{ tokens: placed, start: placed[0].start, end: placed[placed.length - 1].end }];
}

function furtherFields(content: Task, ignored: boolean): string[] {
  const usual = ['text', 'spans', 'tokens', 'answer'];
  const fields = Object.keys(content).filter((key) => !usual.includes(key) && !key.startsWith('_'));
  return [
    ...fields.map((key) => `values of the field ${key}`),
    ...(ignored && content.spans?.length ? ['sets of spans in ignored tasks'] : []),
  ];
}

/** Documents as tasks of Prodigy; what was read from Prodigy keeps its other fields. */
export function writeProdigy(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions = {},
): Written {
  return writeJsonLines(documents, stem, options, {
    format: 'prodigy',
    unit: UNIT,
    rejected: true,
    withLabels: withSpans,
  });
}

function withSpans(before: JsonObject, labels: readonly TextLabel[], offsets: Offsets): JsonObject {
  const tokens = Array.isArray(before.tokens) ? (before.tokens as z.infer<typeof token>[]) : [];
  const allRejected = labels.length > 0 && labels.every(({ state }) => state === 'rejected');
  const spans = labels.map(({ start, end, label, state }) => {
    const place = { start: offsets.fromUtf16(start), end: offsets.fromUtf16(end) };
    const first = tokens.findIndex((item) => item.start === place.start);
    const last = tokens.findIndex((item) => item.end === place.end);
    return {
      ...place,
      ...(first >= 0 && last >= first && { token_start: first, token_end: last }),
      label,
      ...(state === 'rejected' && !allRejected && { answer: 'reject' }),
    };
  });
  return { ...before, spans, answer: allRejected ? 'reject' : 'accept' };
}
