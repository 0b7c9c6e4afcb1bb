import type { AnnotatedText, FormatName, TextLabel } from './annotatedText';
import type { WriteOptions, Written } from './format';
import type { JsonObject } from './jsonText';
import { type OffsetUnit, type Offsets, offsetsOf } from './offsets';
import { type Holds, prepareLabels } from './prepare';
import { LossReport } from './lossReport';
import { isUnchanged } from './sourceRecord';

/** What differs between formats that write a document as one JSON object in a line. */
export interface JsonLinesFormat extends Pick<Holds, 'rejected'> {
  readonly format: FormatName;
  /** What offsets count, unless a person says another. */
  readonly unit: OffsetUnit;
  /** An object with these labels in place of those that it has. */
  readonly withLabels: (before: JsonObject, labels: readonly TextLabel[], offsets: Offsets) => JsonObject;
}

/** Documents as lines; those read from the same format keep their other fields, and unchanged ones all of their line. */
export function writeJsonLines(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions,
  { format, unit: usual, rejected, withLabels }: JsonLinesFormat,
): Written {
  const report = new LossReport();
  const unit = options.unit ?? usual;
  const holds = { format, layers: false, rejected, wholeCharacters: unit === 'codepoints' };
  const lines = documents.map((document) => {
    const { text, source } = document;
    const labels = prepareLabels(document, holds, options, report);
    if (isUnchanged(document, labels, format) && !options.unit) return document.source.raw;
    const before = source?.format === format ? (JSON.parse(source.raw) as JsonObject) : { text };
    return JSON.stringify(withLabels(before, labels, offsetsOf(text, unit)));
  });
  const { problems, losses } = report;
  const content = lines.map((line) => `${line}\n`).join('');
  return { files: problems.length ? [] : [{ name: `${stem}.jsonl`, content }], problems, losses };
}
