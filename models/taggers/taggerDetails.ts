import type { MixWeights } from '../nn/scalarMix';
import type { LayerSpec } from '../tags/layer';
import { headMix } from './layerHead';
import type { Tagger } from './tagger';

/** A layer of a tagger, and what its head takes of the embedder. */
export interface LayerDetails extends LayerSpec {
  /** Null where the head does not read the embedder. */
  readonly mix: MixWeights | null;
  /** Names of the embedder's parts that were trained further for this layer. */
  readonly tuned: readonly string[];
}

/** What a tagger can say of itself; plain JSON. */
export interface TaggerDetails {
  readonly embedder: {
    /** L+1 */
    readonly layers: number;
    /** Numbers of a vector. */
    readonly size: number;
  };
  readonly layers: readonly LayerDetails[];
}

/** Describes a loaded tagger. */
export function taggerDetails({ embedder, heads }: Tagger): TaggerDetails {
  const { layers, size } = embedder;
  return {
    embedder: { layers, size },
    layers: heads.map(({ head, tuned }) => ({
      ...head.layer,
      mix: headMix(head, layers),
      tuned: tuned?.parts.map(({ name }) => name) ?? [],
    })),
  };
}
