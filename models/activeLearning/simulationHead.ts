import { type HeadOptions, headOptionsSchema } from '../taggers/headOptions';
import { type SentenceHeadOptions, sentenceHeadOptionsSchema } from '../taggers/sentenceHeadOptions';
import type { LayerKind } from '../tags/layer';
import type { HeadTrainerOptions } from '../training/headTrainer';

const batchPlaces = 320;
/** Few labels are gone through more often, so that every head takes about so many steps at least. */
const leastSteps = 240;

/**
 * A head that trains in seconds, scores straight from the vectors with a CRF in span layers: what matters in a simulation is how strategies compare.
 * @param sentences what it will learn from
 */
export function simulationHead(
  kind: LayerKind,
  sentences: readonly (readonly string[])[],
): { readonly options: HeadOptions | SentenceHeadOptions; readonly training: HeadTrainerOptions } {
  const options =
    kind === 'sentence'
      ? sentenceHeadOptionsSchema.parse({})
      : headOptionsSchema.parse({ layers: 0, wordSize: 0, characterFilters: [], dropout: 0.3 });
  const words = sentences.reduce((sum, forms) => sum + forms.length, 0);
  const epochs = Math.max(6, Math.ceil((leastSteps * batchPlaces) / Math.max(1, words)));
  return { options, training: { batchPlaces, learningRate: 1e-2, epochs: Math.min(60, epochs) } };
}
