import type { InputError } from '../errors';
import { type AnnotatedText, type TextLabel, defaultLayer } from './annotatedText';
import { fileStem, nextNumber, numberedNames } from './documentNames';
import { type DoccanoRecord, doccanoRecord, isPlaced, labelFields, labelOf } from './doccanoRecord';
import { unlessAllFaulty } from './faults';
import type { InputFile, PiecewiseFile, ReadOptions, UnnamedDocument, WriteOptions, Written } from './format';
import { type JsonRecord, jsonRecords, recordsOf } from './jsonRecords';
import { type JsonObject, checkText, furtherFields, isObject, spanFault } from './jsonText';
import { type OffsetUnit, type Offsets, offsetsOf } from './offsets';
import { statedUnit } from './statedUnit';
import { UnitTally, unitOfWords } from './unitOfWords';
import { type JsonLinesFormat, writeJsonLines } from './writeJsonLines';

/**
 * doccano counts UTF-16 code units, since its offsets come from the browser's strings (doccano/doccano#2290, #2484).
 * Lists in `entities` count code points: until 2019 the server made them (doccano/doccano#108). Scripts in Python that
 * make its files may count code points, too, so offsets behind emoji are looked at.
 */
const UNIT = 'utf16';

const KNOWN_FIELDS = [
  ...['id', 'doc_id', 'text', 'data', 'username', 'relations', 'Comments', 'comments'],
  ...['comment_count', 'offset_unit'],
  ...labelFields,
];

/**
 * The documents of a doccano file, in JSON Lines or as one list, of any age: labels as `[start, end, label]` in
 * `label`, `labels` or `entities`, or as objects with `start_offset` and `end_offset` in `entities` or `annotations`.
 * @throws InputError at the first broken record, and UnclearUnit where labels behind emoji leave the unit open
 */
export function readDoccano({ name: file, text }: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const records = jsonRecords(text, file).map((one) => ({
    ...one,
    content: doccanoRecord(one.value, one.place),
  }));
  const names = numberedNames(
    records.map(() => undefined),
    fileStem(file),
  );
  const unproved = (oldest: boolean) =>
    records
      .filter(({ value, content }) => statedUnit(value) === undefined && content.isOldest === oldest)
      .map(({ place, content }) => ({ place, text: content.text, spans: content.labels }));
  const units = options.unit
    ? { oldest: options.unit, usual: options.unit }
    : {
        oldest: unitOfWords(unproved(true), 'codepoints', true),
        usual: unitOfWords(unproved(false), UNIT, false),
      };
  return unlessAllFaulty(
    records.map(({ content, ...record }, k) => ({
      ...documentOf(record, content, units, options),
      name: names[k],
    })),
  );
}

/** The same documents, with one of them in memory at a time where each is a line. */
export function doccanoDocuments(
  file: PiecewiseFile,
  options: ReadOptions = {},
): () => AsyncGenerator<UnnamedDocument> {
  let units: DoccanoUnits | undefined;
  return async function* () {
    units ??= await unitsOf(file, options);
    let fault: InputError | undefined;
    let isLabelled = false;
    for await (const record of recordsOf(file)) {
      const document = documentOf(record, doccanoRecord(record.value, record.place), units, options);
      fault ??= document.faults?.[0];
      isLabelled ||= document.labels.length > 0;
      yield { document };
    }
    if (fault && !isLabelled) throw fault;
  };
}

/** What offsets count in records that do not say it. */
interface DoccanoUnits {
  readonly oldest: OffsetUnit;
  readonly usual: OffsetUnit;
}

async function unitsOf(file: PiecewiseFile, { unit }: ReadOptions): Promise<DoccanoUnits> {
  const tallies = {
    oldest: new UnitTally('codepoints', true),
    usual: new UnitTally(UNIT, false),
  };
  for await (const { value, place } of recordsOf(file)) {
    const { text, labels: spans, isOldest } = doccanoRecord(value, place);
    if (unit === undefined && statedUnit(value) === undefined)
      tallies[isOldest ? 'oldest' : 'usual'].add({ place, text, spans });
  }
  return { oldest: unit ?? tallies.oldest.unit(), usual: unit ?? tallies.usual.unit() };
}

function documentOf(
  { raw, place, value }: JsonRecord,
  content: DoccanoRecord,
  units: DoccanoUnits,
  options: ReadOptions,
): AnnotatedText {
  checkText(content.text, place);
  const unit = options.unit ?? statedUnit(value) ?? (content.isOldest ? units.oldest : units.usual);
  const offsets = offsetsOf(content.text, unit);
  const faults = content.labels.flatMap((label) => spanFault(label, offsets.length, place) ?? []);
  const labels = content.labels
    .filter((label) => !spanFault(label, offsets.length, place))
    .map(({ start, end, ...label }): TextLabel => ({
      ...{ ...label, layer: defaultLayer },
      ...{ start: offsets.toUtf16(start), end: offsets.toUtf16(end) },
    }));
  return {
    ...{ name: '', text: content.text },
    layers: [{ name: defaultLayer, kind: 'span' }],
    labels,
    source: { format: 'doccano', raw, labels, more: leftOut(value as JsonObject, content) },
    ...(faults.length > 0 && { faults }),
  };
}

function leftOut(record: JsonObject, { wholeTextLabels }: DoccanoRecord): string[] {
  const each = (field: string, what: string): string[] => {
    const value = record[field];
    return Array.isArray(value) ? value.map(() => what) : [];
  };
  return [
    ...Array.from({ length: wholeTextLabels }, () => 'labels of whole texts'),
    ...each('relations', 'relations'),
    ...each('Comments', 'comments'),
    ...each('comments', 'comments'),
    ...furtherFields(record, KNOWN_FIELDS),
  ];
}

/** Documents as lines of doccano; what was read from doccano keeps its other fields and the shape of its labels. */
export function writeDoccano(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions = {},
): Written {
  return writeJsonLines(documents, stem, options, doccanoLines);
}

/** How doccano writes a document. */
export const doccanoLines: JsonLinesFormat = {
  ...{ format: 'doccano', withLabels },
  unitOf: ({ entities: old }) =>
    Array.isArray(old) && old.some(Array.isArray)
      ? { unit: 'codepoints', isSettled: true }
      : { unit: UNIT, isSettled: false },
};

/** The record with other labels, in the field that it has them in. */
function withLabels(before: JsonObject, labels: readonly TextLabel[], offsets: Offsets): JsonObject {
  const itemsOf = (field: string): readonly unknown[] => {
    const value = before[field];
    return Array.isArray(value) ? (value as unknown[]) : [];
  };
  const field =
    labelFields.find((name) => itemsOf(name).some(isPlaced)) ??
    [...labelFields].reverse().find((name) => name in before) ??
    'label';
  const old = itemsOf(field).filter(isPlaced);
  const isOfObjects = old.some((item) => !Array.isArray(item)) || (field === 'entities' && old.length === 0);
  const places = labels.map((label) => ({
    ...label,
    start: offsets.fromUtf16(label.start),
    end: offsets.fromUtf16(label.end),
  }));
  const written = isOfObjects
    ? entities(places, old)
    : places.map(({ start, end, label }) => [start, end, label]);
  const cleared = labelFields
    .filter((name) => name !== field && itemsOf(name).some(isPlaced))
    .map((name) => [name, itemsOf(name).filter((item) => !isPlaced(item))]);
  const others = itemsOf(field).filter((item) => !isPlaced(item));
  const empty = Object.fromEntries(cleared) as JsonObject;
  return { ...before, ...empty, [field]: [...written, ...others] };
}

/** Labels as objects; one that was there keeps its other fields. */
function entities(labels: readonly TextLabel[], old: readonly unknown[]): JsonObject[] {
  const left = old.filter(isObject).map((item) => ({ item, ...labelOf(item as never) }));
  let next = nextNumber(left.map(({ id }) => Number(id ?? 0)));
  return labels.map(({ id, label, start, end }) => {
    const k = left.findIndex((one) =>
      one.id !== undefined && id !== undefined
        ? one.id === id
        : one.label === label && one.start === start && one.end === end,
    );
    const [known] = k < 0 ? [] : left.splice(k, 1);
    const name = typeof known?.item.label === 'number' && known.label === label ? known.item.label : label;
    return {
      ...(known?.item ?? { id: next++ }),
      ...{ label: name, start_offset: start, end_offset: end },
    };
  });
}
