import type { InputError, Place } from '../errors';
import type { Sentence } from '../text/span';
import { type AnnotatedText, type TextLabel, defaultLayer, unnamed } from './annotatedText';
import { fileStem, numberedNames } from './documentNames';
import { unlessAllFaulty } from './faults';
import type { InputFile, ReadOptions, WriteOptions, Written } from './format';
import { type JsonRecord, jsonRecords } from './jsonRecords';
import { type JsonObject, checkText, furtherFields, isObject, spanFault } from './jsonText';
import { type OffsetUnit, type Offsets, offsetsOf } from './offsets';
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
import { type JsonLinesFormat, writeJsonLines } from './writeJsonLines';

/** Prodigy and spaCy count the characters of Python 3 strings. */
const UNIT = 'codepoints';

/** Fields that are read, or that a program made for itself. */
const KNOWN_FIELDS = [
  ...['text', 'spans', 'entities', 'tokens', 'answer', 'relations', 'versions', 'accept', 'options'],
  ...['label', 'sessions', 'view_id', 'offset_unit'],
];

/**
 * The documents of a Prodigy or spaCy file, one a task: `text`, and `spans` with `start`, `end` and `label`. Spans of
 * a task that was answered with `reject` (or that say so themselves) are rejected suggestions; those of an ignored
 * task stay in its record and are no labels. Whoever answered gave the labels; tasks of one text by several annotators
 * are one document.
 * @throws InputError at the first broken task, and UnclearUnit where labels behind emoji stand on parts of words
 */
export function readProdigy({ name: file, text }: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const tasks = jsonRecords(text, file).map((record): ReadTask => {
    const task = prodigyTask(record.value, record.place);
    checkText(task.text, record.place);
    return { ...record, task, unit: options.unit ?? statedUnit(task) ?? unitOfTokens(task) };
  });
  const unproved = tasks
    .filter(({ unit }) => unit === undefined)
    .map(({ place, task }) => ({
      ...{ place, text: task.text },
      spans: spansOf(task).map(({ start, end, label }) => ({ start, end, label: label ?? unnamed })),
    }));
  const usual = options.unit ?? unitOfWords(unproved, UNIT, true);
  const groups = byText(tasks);
  const names = numberedNames(
    groups.map(() => undefined),
    fileStem(file),
  );
  return unlessAllFaulty(groups.map((group, k) => documentOf(group, names[k], usual)));
}

interface ReadTask extends JsonRecord {
  readonly task: ProdigyTask;
  /** Where the task itself tells it. */
  readonly unit: OffsetUnit | undefined;
}

/** Tasks of one text by several annotators stand together, at the place of the first. */
function byText(tasks: readonly ReadTask[]): ReadTask[][] {
  const groups: { group: ReadTask[]; annotators: Set<string | undefined> }[] = [];
  const last = new Map<string, (typeof groups)[number]>();
  for (const one of tasks) {
    const annotator = annotatorOfTask(one.task);
    const known = last.get(one.task.text);
    if (
      known &&
      annotator !== undefined &&
      !known.annotators.has(annotator) &&
      !known.annotators.has(undefined)
    ) {
      known.group.push(one);
      known.annotators.add(annotator);
    } else {
      const begun = { group: [one], annotators: new Set([annotator]) };
      groups.push(begun);
      last.set(one.task.text, begun);
    }
  }
  return groups.map(({ group }) => group);
}

function documentOf(group: readonly ReadTask[], name: string, usual: OffsetUnit): AnnotatedText {
  const { text } = group[0].task;
  const read = group.map(({ task, place, unit = usual }) => {
    const offsets = offsetsOf(text, unit);
    checkTokens(task, offsets.length, place);
    return { ...labelsOf(task, offsets, place), sentences: sentencesOf(task, offsets) };
  });
  const labels = read.flatMap((one) => one.labels);
  const faults = read.flatMap((one) => one.faults);
  const sentences = read.find((one) => one.sentences)?.sentences;
  const raw = group.map((one) => one.raw).join('\n');
  return {
    ...{ name, text, labels },
    ...(sentences && { sentences }),
    layers: [{ name: defaultLayer, kind: 'span' }],
    source: { format: 'prodigy', raw, labels, more: group.flatMap(({ task }) => leftOut(task)) },
    ...(faults.length > 0 && { faults }),
  };
}

function labelsOf(
  task: ProdigyTask,
  offsets: Offsets,
  place: Place,
): { labels: TextLabel[]; faults: InputError[] } {
  const by = annotatorOfTask(task);
  const faults: InputError[] = [];
  const labels = (task.answer === 'ignore' ? [] : spansOf(task)).flatMap((item): TextLabel[] => {
    const label = item.label ?? unnamed;
    const fault = spanFault({ label, start: item.start, end: item.end }, offsets.length, place);
    if (fault) {
      faults.push(fault);
      return [];
    }
    const annotator = item.annotator ?? by;
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
    .filter(({ text: form }) => form.trim() !== '') // spaCy makes tokens of spaces
    .map(({ start, end }) => ({ start: offsets.toUtf16(start), end: offsets.toUtf16(end) }))
    .map((place) => ({ ...place, form: text.slice(place.start, place.end) }))
    .filter(({ form }) => form.trim() !== '');
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
  return writeJsonLines(documents, stem, options, prodigyLines);
}

/** How Prodigy writes a document. */
export const prodigyLines: JsonLinesFormat = {
  ...{ format: 'prodigy', rejected: true, annotators: true, withLabels: withSpans, share },
  unitOf: (before) => {
    const proved = isTask(before) ? unitOfTokens(before) : undefined;
    return { unit: proved ?? UNIT, isSettled: true };
  },
};

const isTask = (record: JsonObject): record is ProdigyTask => typeof record.text === 'string';

/** Each annotator's labels to the task of that annotator; the others to the first. */
function share(tasks: readonly JsonObject[], labels: readonly TextLabel[]): TextLabel[][] {
  const owners = tasks.map((task) => (isTask(task) ? annotatorOfTask(task) : undefined));
  return owners.map((_, k) => labels.filter(({ annotator }) => Math.max(0, owners.indexOf(annotator)) === k));
}

function withSpans(
  { entities: _, ...before }: JsonObject,
  labels: readonly TextLabel[],
  offsets: Offsets,
): JsonObject {
  const tokens = Array.isArray(before.tokens) ? (before.tokens as ProdigyToken[]) : [];
  const old = Array.isArray(before.spans) ? before.spans.filter(isObject) : [];
  const allRejected = labels.length > 0 && labels.every(({ state }) => state === 'rejected');
  const [first] = labels;
  const isNew = Object.keys(before).every((key) => key === 'text');
  const single =
    isNew && labels.every(({ annotator }) => annotator === first.annotator) ? first?.annotator : undefined;
  const owner = single ?? (isTask(before) ? annotatorOfTask(before) : undefined);
  const spans = labels.map(({ start: from, end: to, label, state, annotator }) => {
    const [start, end] = [offsets.fromUtf16(from), offsets.fromUtf16(to)];
    const known = old.find((one) => one.start === start && one.end === end && one.label === label);
    const { answer: _answer, annotator: _by, ...kept } = known ?? {};
    const firstToken = tokens.findIndex((item) => item.start === start);
    const lastToken = tokens.findIndex((item) => item.end === end);
    return {
      ...{ start, end },
      ...(firstToken >= 0 && lastToken >= firstToken && { token_start: firstToken, token_end: lastToken }),
      ...{ label, ...kept },
      ...(state === 'rejected' && !allRejected && { answer: 'reject' }),
      ...(annotator !== undefined && annotator !== owner && { annotator }),
    };
  });
  const answer = allRejected ? 'reject' : 'accept';
  return { ...before, spans, answer, ...(single !== undefined && { _annotator_id: single }) };
}
