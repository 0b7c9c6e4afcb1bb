import pc from 'picocolors';
import type { AnnotatedDocument, AnnotatedSentence } from '../../models/data/annotatedDocument';
import { alignedTable, type TableSentence } from './alignedTable';

/** Columns where the output is no terminal. */
const DEFAULT_WIDTH = 100;

/** The aligned view of documents for standard output: a heading for each of several files, a blank line between sentences. */
export function* writeTable(documents: readonly AnnotatedDocument[]): Generator<string> {
  const wantsColor = pc.isColorSupported && (process.stdout.isTTY || Boolean(process.env.FORCE_COLOR));
  const colors = pc.createColors(wantsColor);
  const width = process.stdout.columns ?? DEFAULT_WIDTH;
  for (const { id, sentences } of documents) {
    if (documents.length > 1) yield `${colors.bold(colors.underline(id))}\n\n`;
    for (const sentence of sentences)
      yield `${alignedTable(tableSentence(sentence), { width, colors }).join('\n')}\n\n`;
  }
}

/** What the table shows of an annotated sentence: token layers first, then span layers, in the model's order. */
export function tableSentence({ sentence, layers }: AnnotatedSentence): TableSentence {
  const predictions = Object.values(layers);
  return {
    forms: sentence.tokens.map(({ form }) => form),
    tokenLayers: predictions.flatMap((layer) =>
      layer.kind === 'token' ? [layer.tags.map(({ label }) => label)] : [],
    ),
    spanLayers: predictions.flatMap((layer) => (layer.kind === 'span' ? [layer.spans] : [])),
  };
}
