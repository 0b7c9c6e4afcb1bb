import type { AnnotatedText, FormatName, TextLabel } from './annotatedText';
import type { BeginDocuments, OutputFile, WriteOptions, Written } from './format';
import type { JsonObject } from './jsonText';
import type { LossReport } from './lossReport';
import { type OffsetUnit, type Offsets, offsetsOf } from './offsets';
import { type Holds, prepareLabels } from './prepare';
import { isUnchanged } from './sourceRecord';
import { statedUnit } from './statedUnit';
import { UnclearUnit, unitOfWords } from './unitOfWords';
import { writeDocuments } from './writeDocuments';

/** A unit of offsets, and whether every program counts so. */
export interface UsualUnit {
  readonly unit: OffsetUnit;
  readonly isSettled: boolean;
}

/** What differs between formats that write a document as one JSON object in a line. */
export interface JsonLinesFormat extends Pick<Holds, 'rejected' | 'annotators'> {
  readonly format: FormatName;
  /** What the offsets of a record count, unless a person says another. */
  readonly unitOf: (before: JsonObject) => UsualUnit;
  /** An object with these labels in place of those that it has. */
  readonly withLabels: (before: JsonObject, labels: readonly TextLabel[], offsets: Offsets) => JsonObject;
  /** The labels of each of the records that a document was read from, where it may be several. */
  readonly share?: (before: readonly JsonObject[], labels: readonly TextLabel[]) => TextLabel[][];
}

/** Documents as lines; those read from the same format keep their other fields, and unchanged ones all of their line. */
export function writeJsonLines(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions,
  format: JsonLinesFormat,
): Written {
  return writeDocuments(documents, stem, options, beginJsonLines(format));
}

/** Writes lines document by document; see `writeJsonLines`. */
export const beginJsonLines =
  (format: JsonLinesFormat): BeginDocuments =>
  ({ stem }, options, report) => {
    const name = `${stem}.jsonl`;
    const add = (document: AnnotatedText): OutputFile[] => [
      {
        name,
        content: linesOf(document, options, report, format)
          .map((line) => `${line}\n`)
          .join(''),
      },
    ];
    return { fileNames: () => [name], add };
  };

function linesOf(
  document: AnnotatedText,
  options: WriteOptions,
  report: LossReport,
  { format, unitOf, rejected, annotators, withLabels, share }: JsonLinesFormat,
): string[] {
  const { text, source } = document;
  const isOwn = source?.format === format;
  const records = isOwn ? source.raw.split('\n').map((line) => JSON.parse(line) as JsonObject) : [{ text }];
  const unitFor = (before: JsonObject): OffsetUnit =>
    options.unit ?? statedUnit(before) ?? unitOf(before).unit;
  const wholeCharacters = records.some((before) => unitFor(before) === 'codepoints');
  const holds = { format, layers: false, rejected, annotators: annotators ?? isOwn, wholeCharacters };
  const labels = prepareLabels(document, holds, options, report);
  if (isUnchanged(document, labels, format) && !options.unit) return [document.source.raw];
  const shares = records.length > 1 && share ? share(records, labels) : [labels];
  return records.map((before, k) => {
    const unit = unitFor(before);
    const offsets = offsetsOf(text, unit);
    const record = withLabels(before, shares[k], offsets);
    const mustSay =
      statedUnit(before) !== undefined || !isClear(text, shares[k], offsets, unit, unitOf(before));
    return JSON.stringify(mustSay ? { ...record, offset_unit: unit } : record);
  });
}

/** True where a reader finds the unit by the words that labels stand on. */
function isClear(
  text: string,
  labels: readonly TextLabel[],
  offsets: Offsets,
  unit: OffsetUnit,
  usual: UsualUnit,
): boolean {
  if (!/[\ud800-\udbff]/.test(text)) return true;
  const spans = labels.map(({ label, start, end }) => ({
    ...{ label, start: offsets.fromUtf16(start), end: offsets.fromUtf16(end) },
  }));
  try {
    return unitOfWords([{ place: {}, text, spans }], usual.unit, usual.isSettled) === unit;
  } catch (error) {
    if (error instanceof UnclearUnit) return false;
    throw error;
  }
}
