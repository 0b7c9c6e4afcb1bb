import type { AnnotatedText, FormatName, TextLabel } from './annotatedText';
import type { WriteOptions, Written } from './format';
import type { JsonObject } from './jsonText';
import { LossReport } from './lossReport';
import { type OffsetUnit, type Offsets, offsetsOf } from './offsets';
import { type Holds, prepareLabels } from './prepare';
import { isUnchanged } from './sourceRecord';
import { statedUnit } from './statedUnit';
import { UnclearUnit, unitOfWords } from './unitOfWords';

/** A unit of offsets, and whether every program counts so. */
export interface UsualUnit {
  readonly unit: OffsetUnit;
  readonly isSettled: boolean;
}

/** What differs between formats that write a document as one JSON object in a line. */
export interface JsonLinesFormat extends Pick<Holds, 'rejected'> {
  readonly format: FormatName;
  /** What the offsets of a record count, unless a person says another. */
  readonly unitOf: (before: JsonObject) => UsualUnit;
  /** An object with these labels in place of those that it has. */
  readonly withLabels: (before: JsonObject, labels: readonly TextLabel[], offsets: Offsets) => JsonObject;
}

/** Documents as lines; those read from the same format keep their other fields, and unchanged ones all of their line. */
export function writeJsonLines(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions,
  { format, unitOf, rejected, withLabels }: JsonLinesFormat,
): Written {
  const report = new LossReport();
  const lines = documents.map((document) => {
    const { text, source } = document;
    const isOwn = source?.format === format;
    const before = isOwn ? (JSON.parse(source.raw) as JsonObject) : { text };
    const usual = unitOf(before);
    const unit = options.unit ?? statedUnit(before) ?? usual.unit;
    const holds = { format, layers: false, rejected, annotators: isOwn };
    const wholeCharacters = unit === 'codepoints';
    const labels = prepareLabels(document, { ...holds, wholeCharacters }, options, report);
    if (isUnchanged(document, labels, format) && !options.unit)
      return /[\r\n]/.test(document.source.raw) ? JSON.stringify(before) : document.source.raw;
    const offsets = offsetsOf(text, unit);
    const record = withLabels(before, labels, offsets);
    const mustSay = statedUnit(before) !== undefined || !isClear(text, labels, offsets, unit, usual);
    return JSON.stringify(mustSay ? { ...record, offset_unit: unit } : record);
  });
  const { problems, losses } = report;
  const content = lines.map((line) => `${line}\n`).join('');
  return { files: problems.length ? [] : [{ name: `${stem}.jsonl`, content }], problems, losses };
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
