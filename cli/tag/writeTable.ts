import picocolors from 'picocolors';
import type { AnnotatedDocument, AnnotatedSentence } from '../../models/data/annotatedDocument';
import { alignedTable, type TableSentence } from '../terminal/alignedTable';
import { terminalStyle } from '../terminal/terminalStyle';

/**
 * The aligned view of documents for standard output: a heading for each of several files, a blank line between
 * sentences.
 */
export function* writeTable(documents: readonly AnnotatedDocument[]): Generator<string> {
  const style = terminalStyle(process.stdout, picocolors);
  const { bold, underline } = style.colors;
  for (const { id, sentences } of documents) {
    if (documents.length > 1) yield `${bold(underline(id))}\n\n`;
    for (const sentence of sentences) yield `${alignedTable(tableSentence(sentence), style).join('\n')}\n\n`;
  }
}

/** What the table shows of an annotated sentence: token layers first, then span and sentence layers, in the model's order. */
function tableSentence({ sentence, layers }: AnnotatedSentence): TableSentence {
  const predictions = Object.values(layers);
  return {
    forms: sentence.tokens.map(({ form }) => form),
    tokenLayers: predictions.flatMap((layer) =>
      layer.kind === 'token' ? [layer.tags.map(({ label }) => label)] : [],
    ),
    spanLayers: predictions.flatMap((layer) => (layer.kind === 'span' ? [layer.spans] : [])),
    sentenceLayers: Object.entries(layers).flatMap(([name, layer]) =>
      layer.kind === 'sentence' && layer.labels.length > 0 ? [{ name, ...layer.labels[0] }] : [],
    ),
  };
}
