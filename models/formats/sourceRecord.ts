import {
  type AnnotatedText,
  type FormatName,
  type SourceRecord,
  type TextLabel,
  sortTextLabels,
} from './annotatedText';

/** True where a document was read from a format and its labels are still those that were read. */
export function isUnchanged(
  document: AnnotatedText,
  labels: readonly TextLabel[],
  format: FormatName,
): document is AnnotatedText & { readonly source: SourceRecord } {
  const { source } = document;
  return source?.format === format && keyOf(labels) === keyOf(source.labels);
}

/** Equal keys: the same labels, in whatever order. */
function keyOf(labels: readonly TextLabel[]): string {
  return JSON.stringify(
    sortTextLabels(labels).map((label) => [
      ...[label.layer, label.label, label.start, label.end, label.id, label.note, label.confidence],
      ...[label.state ?? 'confirmed', label.annotator, label.time],
      label.parts?.map(({ start, end }) => [start, end]),
    ]),
  );
}
