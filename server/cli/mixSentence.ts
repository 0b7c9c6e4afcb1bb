import type { MixWeights } from '../../models/nn/scalarMix';

/** What a head takes of the embedder: `reads 21 % token layer, 45 % LSTM 1, 34 % LSTM 2, times 1.73`. */
export function mixSentence({ layers, gamma }: MixWeights): string {
  const shares = layers.map(
    (share, k) => `${(100 * share).toFixed(0)} % ${k === 0 ? 'token layer' : `LSTM ${k}`}`,
  );
  return `reads ${shares.join(', ')}, times ${gamma.toFixed(2)}`;
}
