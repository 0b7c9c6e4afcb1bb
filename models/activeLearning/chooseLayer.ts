import type { LayerSpec } from '../tags/layer';
import type { SentenceExploration } from './explore';
import type { SentenceDoubt } from './sentenceDoubt';
import { type Strategy, worthOf } from './strategy';
import type { Random } from '../random';

/** The layer that a sentence is worth looking at for, with how unsure the model is there. */
export interface LayerWorth {
  readonly layer: string;
  /** Null where the model does not know the layer. */
  readonly doubt: SentenceDoubt | null;
  readonly worth: number;
}

/**
 * The layers that count: the one asked for, else those that mark spans and sentences; where there are none, all.
 * Every word has a part of speech, and doubts about these would bury the rest.
 */
export function countedLayers(layers: readonly LayerSpec[], wanted?: string): string[] {
  if (wanted !== undefined) return [wanted];
  const rare = layers.filter(({ kind }) => kind !== 'token');
  return (rare.length > 0 ? rare : layers).map(({ name }) => name);
}

/**
 * For each sentence the layer that it is worth most for. Worths of several layers are compared by their means over
 * all sentences. A layer that the model does not know is worth the same everywhere: what is common decides there.
 */
export function layerWorths(
  explorations: readonly SentenceExploration[],
  layers: readonly string[],
  strategy: Strategy,
  random: Random,
): LayerWorth[] {
  const columns = layers.map((layer) => {
    const worths = explorations.map(({ doubts }): LayerWorth => {
      const doubt = doubts[layer] ?? null;
      return { layer, doubt, worth: doubt ? worthOf(strategy, doubt, random) : 1 };
    });
    const mean = worths.reduce((sum, { worth }) => sum + worth, 0) / (worths.length || 1);
    return worths.map((one) => ({ ...one, worth: mean > 0 ? one.worth / mean : 0 }));
  });
  return explorations.map((_, i) =>
    columns.map((column) => column[i]).reduce((best, one) => (one.worth > best.worth ? one : best)),
  );
}
