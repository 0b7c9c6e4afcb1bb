import type { InputError, Place } from '../errors';
import type { Sentence } from '../text/span';
import { type AnnotatedText, type TextLabel, defaultLayer, unnamed } from './annotatedText';
import { fileStem, numberedNames } from './documentNames';
import { unlessAllFaulty } from './faults';
import type { InputFile, ReadOptions, WriteOptions, Written } from './format';
import { jsonRecords } from './jsonRecords';
import { type JsonObject, checkText, furtherFields, isObject, spanFault } from './jsonText';
import { type Offsets, offsetsOf } from './offsets';
import {
  type ProdigyTask,
  type ProdigyToken,
  annotatorOfTask,
  checkTokens,
  prodigyTask,
  spansOf,
  unitOfTokens,
} from './prodigyTask';
import { statedUnit } from './statedUnit';
import { unitOfWords } from './unitOfWords';
import { writeJsonLines } from './writeJsonLines';

/** Prodigy and spaCy count the characters of Python 3 strings. */
const UNIT = 'codepoints';

/** Fields that are read, or that a program made for itself. */
const KNOWN_FIELDS = [
  ...['text', 'spans', 'entities', 'tokens', 'answer', 'relations', 'versions', 'accept', 'options'],
  ...['label', 'view_id', 'offset_unit'],
];

/**
 * The documents of a Prodigy or spaCy file, one a task: `text`, and `spans` with `start`, `end` and `label`. Spans of
 * a task that was answered with `reject` (or that say so themselves) are rejected suggestions; those of an ignored
 * task stay in its record and are no labels. Whoever answered gave the labels.
 * @throws InputError at the first broken task, and UnclearUnit where labels behind emoji stand on parts of words
 */
export function readProdigy({ name: file, text }: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const tasks = jsonRecords(text, file).map((record) => {
    const task = prodigyTask(record.value, record.place);
    return { ...record, task, unit: options.unit ?? statedUnit(task) ?? unitOfTokens(task) };
  });
  const names = numberedNames(
    tasks.map(() => undefined),
    fileStem(file),
  );
  const unproved = tasks
    .filter(({ unit }) => unit === undefined)
    .map(({ place, task }) => ({
      ...{ place, text: task.text },
      spans: spansOf(task).map(({ start, end, label }) => ({ start, end, label: label ?? unnamed })),
    }));
  const usual = options.unit ?? unitOfWords(unproved, UNIT, true);
  return unlessAllFaulty(
    tasks.map(({ place, raw, task, unit = usual }, k) => {
      checkText(task.text, place);
      const offsets = offsetsOf(task.text, unit);
      checkTokens(task, offsets.length, place);
      const { labels, faults } = labelsOf(task, offsets, place);
      const sentences = sentencesOf(task, offsets);
      return {
        ...{ name: names[k], text: task.text, labels },
        ...(sentences && { sentences }),
        layers: [{ name: defaultLayer, kind: 'span' }],
        source: { format: 'prodigy', raw, labels, more: leftOut(task) },
        ...(faults.length > 0 && { faults }),
      };
    }),
  );
}

function labelsOf(
  task: ProdigyTask,
  offsets: Offsets,
  place: Place,
): { labels: TextLabel[]; faults: InputError[] } {
  const annotator = annotatorOfTask(task);
  const faults: InputError[] = [];
  const labels = (task.answer === 'ignore' ? [] : spansOf(task)).flatMap((item): TextLabel[] => {
    const label = item.label ?? unnamed;
    const fault = spanFault({ label, start: item.start, end: item.end }, offsets.length, place);
    if (fault) {
      faults.push(fault);
      return [];
    }
    const rejected = (item.answer ?? task.answer) === 'reject';
    return [
      {
        ...{ layer: defaultLayer, label },
        ...{ start: offsets.toUtf16(item.start), end: offsets.toUtf16(item.end) },
        ...(rejected && { state: 'rejected' }),
        ...(annotator !== undefined && { annotator }),
      },
    ];
  });
  return { labels, faults };
}

/** The tokens of a task as one sentence; Prodigy knows no sentences. */
function sentencesOf({ text, tokens }: ProdigyTask, offsets: Offsets): Sentence[] | undefined {
  const placed = (tokens ?? [])
    .map(({ start, end }) => ({ start: offsets.toUtf16(start), end: offsets.toUtf16(end) }))
    .map((place) => ({ ...place, form: text.slice(place.start, place.end) }))
    .filter(({ form }) => form.trim() !== ''); // spaCy makes tokens of spaces
  if (!placed.length) return undefined;
  return [{ tokens: placed, start: placed[0].start, end: placed[placed.length - 1].end }];
}

function leftOut(task: ProdigyTask): string[] {
  const each = (field: string, what: string): string[] => {
    const value = task[field];
    return Array.isArray(value) ? value.map(() => what) : [];
  };
  return [
    ...each('relations', 'relations'),
    ...each('versions', 'versions of reviewed tasks'),
    ...each('accept', 'labels of whole texts'),
    ...(typeof task.label === 'string' ? ['labels of whole texts'] : []),
    ...furtherFields(task, [...KNOWN_FIELDS, ...Object.keys(task).filter((key) => key.startsWith('_'))]),
    ...(task.answer === 'ignore' ? spansOf(task).map(() => 'spans of ignored tasks') : []),
  ];
}

/** Documents as tasks of Prodigy; what was read from Prodigy keeps its other fields. */
export function writeProdigy(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions = {},
): Written {
  return writeJsonLines(documents, stem, options, {
    ...{ format: 'prodigy', rejected: true, withLabels: withSpans },
    unitOf: (before) => {
      const proved = isTask(before) ? unitOfTokens(before) : undefined;
      return { unit: proved ?? UNIT, isSettled: true };
    },
  });
}

const isTask = (record: JsonObject): record is ProdigyTask => typeof record.text === 'string';

function withSpans(
  { entities: _, ...before }: JsonObject,
  labels: readonly TextLabel[],
  offsets: Offsets,
): JsonObject {
  const tokens = Array.isArray(before.tokens) ? (before.tokens as ProdigyToken[]) : [];
  const old = Array.isArray(before.spans) ? before.spans.filter(isObject) : [];
  const allRejected = labels.length > 0 && labels.every(({ state }) => state === 'rejected');
  const spans = labels.map(({ start: from, end: to, label, state }) => {
    const [start, end] = [offsets.fromUtf16(from), offsets.fromUtf16(to)];
    const known = old.find((one) => one.start === start && one.end === end && one.label === label);
    const { answer: _, ...kept } = known ?? {};
    const first = tokens.findIndex((item) => item.start === start);
    const last = tokens.findIndex((item) => item.end === end);
    return {
      ...{ start, end },
      ...(first >= 0 && last >= first && { token_start: first, token_end: last }),
      ...{ label, ...kept },
      ...(state === 'rejected' && !allRejected && { answer: 'reject' }),
    };
  });
  return { ...before, spans, answer: allRejected ? 'reject' : 'accept' };
}
