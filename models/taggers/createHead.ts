import type { ParameterSource } from '../nn/parameters';
import type { LayerSpec } from '../tags/layer';
import type { Vocabulary } from '../vocab/vocabulary';
import { Head } from './head';
import type { HeadOptions } from './headOptions';
import type { EmbedderShape, LayerHead } from './layerHead';
import { SentenceHead } from './sentenceHead';
import type { SentenceHeadOptions } from './sentenceHeadOptions';

/**
 * The head for a layer's kind.
 * @throws Error where the options are those of another kind
 */
export function createHead(
  layer: LayerSpec,
  options: HeadOptions | SentenceHeadOptions,
  vocabulary: Vocabulary,
  embedder: EmbedderShape,
  source: ParameterSource,
): LayerHead {
  if ((layer.kind === 'sentence') !== 'pooling' in options)
    throw new Error(`the options of the layer "${layer.name}" are not those of a ${layer.kind} layer`);
  return 'pooling' in options
    ? new SentenceHead(layer, options, vocabulary, embedder, source)
    : new Head(layer, options, vocabulary, embedder, source);
}
