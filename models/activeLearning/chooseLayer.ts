import { atOnce } from '../atOnce';
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
  return atOnce(layerWorthSteps(explorations, layers, strategy, random));
}

/** The same in short steps, for a thread that must stay responsive. */
export function* layerWorthSteps(
  explorations: readonly SentenceExploration[],
  layers: readonly string[],
  strategy: Strategy,
  random: Random,
): Generator<void, LayerWorth[]> {
  const columns: { readonly layer: string; readonly worths: Float64Array; readonly mean: number }[] = [];
  for (const layer of layers) {
    const worths = new Float64Array(explorations.length);
    let sum = 0;
    for (const [i, { doubts }] of explorations.entries()) {
      const doubt = doubts[layer];
      worths[i] = doubt ? worthOf(strategy, doubt, random) : 1;
      sum += worths[i];
      yield;
    }
    columns.push({ layer, worths, mean: sum / (worths.length || 1) });
  }
  const best: LayerWorth[] = [];
  for (const [i, { doubts }] of explorations.entries()) {
    const all = columns.map(({ layer, worths, mean }) => ({ layer, worth: mean > 0 ? worths[i] / mean : 0 }));
    const { layer, worth } = all.reduce((most, one) => (one.worth > most.worth ? one : most));
    best.push({ layer, doubt: doubts[layer] ?? null, worth });
    yield;
  }
  return best;
}
