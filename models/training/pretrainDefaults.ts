import type { PretrainOptions } from './pretrain';

/**
 * The embedded biLM: 512 cells, projection 128, 640 character filters, 3.3 M weights. Learning rates were chosen by
 * held-out perplexity after 100,000 tokens (network 2e-3: 508, 4e-3: 483; see docs/model.md).
 */
export const pretrainDefaults: PretrainOptions = {
  elmo: {
    lstm: {
      use_skip_connections: true,
      projection_dim: 128,
      cell_clip: 3,
      proj_clip: 3,
      dim: 512,
      n_layers: 2,
    },
    char_cnn: {
      activation: 'relu',
      filters: [
        [1, 32],
        [2, 32],
        [3, 64],
        [4, 128],
        [5, 192],
        [6, 192],
      ],
      n_highway: 1,
      embedding: { dim: 16 },
      n_characters: 262,
      max_characters_per_token: 50,
    },
  },
  sample: 1,
  shares: {},
  vocabularySize: 40_000,
  longestSentence: 60,
  seed: 1,
  dropout: 0,
  sampleSize: 2048,
  tokens: 5_000_000,
  stopAfter: Infinity,
  minutes: Infinity,
  batchTokens: 1024,
  rates: { network: 3e-3, output: 0.05 },
  warmup: 200,
  checkpointMinutes: 5,
  heldOutTokens: 10_000,
};
