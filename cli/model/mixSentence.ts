import type { MixWeights } from '../../models/nn/scalarMix';

/** What a head takes of the embedder: `reads 0.21 of layer 0, 0.45 of layer 1, 0.34 of layer 2, times 1.73`. */
export function mixSentence({ layers, gamma }: MixWeights): string {
  const shares = layers.map((share, layer) => `${share.toFixed(2)} of layer ${layer}`);
  return `reads ${shares.join(', ')}, times ${gamma.toFixed(2)}`;
}
