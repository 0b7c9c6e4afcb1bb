import { layerTags, oneLine, type AnnotatedDocument } from './annotatedDocument';

/** Where the columns come from; a layer that was not predicted leaves `_`. */
export interface Conll2003Layers {
  readonly pos: string;
  readonly ner: string;
}

/**
 * A document in the four columns of the CoNLL-2003 shared task (Tjong Kim Sang and De Meulder 2003), separated by
 * blanks: form, part of speech, chunk (`_`: nobody predicts it), entity as IOB2. A blank inside a form becomes `_`.
 */
export function* writeConll2003(
  document: AnnotatedDocument,
  layers: Conll2003Layers = { pos: 'pos', ner: 'ner' },
): Generator<string> {
  yield '-DOCSTART- -X- -X- O\n\n';
  for (const annotated of document.sentences) {
    const pos = layerTags(annotated, layers.pos);
    const ner = layerTags(annotated, layers.ner);
    const lines = annotated.sentence.tokens.map(({ form }, i) =>
      [form, pos?.[i] ?? '_', '_', ner?.[i] ?? '_']
        .map((column) => oneLine(column).replaceAll(' ', '_'))
        .join(' '),
    );
    yield `${lines.join('\n')}\n\n`;
  }
}
