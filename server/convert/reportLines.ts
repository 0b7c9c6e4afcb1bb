import type { AnnotatedText } from '../../models/formats/annotatedText';
import type { Loss, Problem } from '../../models/formats/lossReport';
import { lineStarts, positionOf } from '../textPosition';

/** A problem in one line: its place as editors show it, what it is, and the words. */
export function problemLine(
  { document, message, label }: Problem,
  documents: readonly AnnotatedText[],
): string {
  const text = documents.find(({ name }) => name === document)?.text;
  if (!label || text === undefined) return `${document}: ${message}`;
  const { line, column } = positionOf(label.start, lineStarts(text));
  const words = text.slice(label.start, label.end).replace(/\s+/g, ' ');
  const quote = words.length > 40 ? `${words.slice(0, 39)}…` : words;
  return `${document}:${line}:${column}: ${message} "${quote}"`;
}

/** What is left out over all documents, with its number. */
export function sumLosses(losses: readonly Loss[]): Omit<Loss, 'document'>[] {
  const sums = new Map<string, Omit<Loss, 'document'>>();
  for (const { what, count, severity } of losses)
    sums.set(what, { what, severity, count: (sums.get(what)?.count ?? 0) + count });
  return [...sums.values()];
}
