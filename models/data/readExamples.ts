import type { LayerKind } from '../tags/layer';
import { readSentenceLayer } from './sentenceExample';
import { readTokenLayer, type TaggedExample } from './taggedExample';

/**
 * The examples for one layer of a file: CoNLL-U or two columns for token and span layers, TSV or JSON Lines for
 * sentence layers.
 * @throws InputError at the first broken line, or where there are no examples
 */
export function readExamples(
  file: string,
  { name, kind }: { readonly name: string; readonly kind: LayerKind },
): Promise<TaggedExample[]> {
  return kind === 'sentence' ? readSentenceLayer(file) : readTokenLayer(file, { layer: name, kind });
}
