import * as z from 'zod';

/** The shape of one head: what it reads beside the biLM, its encoder, and how it regularizes in training. */
export const headOptionsSchema = z.strictObject({
  /** BiLSTM layers, 0 for scores straight from the inputs, and their cells in each direction. */
  layers: z.int().nonnegative().default(1),
  cells: z.int().positive().default(128),
  /** Size of its own word vectors; 0 for none. */
  wordSize: z.int().nonnegative().default(50),
  /** A word needs so many occurrences in the training data for a vector of its own. */
  wordMinimum: z.int().positive().default(3),
  /** Its own character convolution: size of a character's vector, [width, filters] pairs; none for no filters. */
  characterSize: z.int().positive().default(16),
  characterFilters: z.array(z.tuple([z.int().positive(), z.int().positive()])).default([
    [1, 16],
    [2, 24],
    [3, 32],
    [4, 32],
  ]),
  /** Whether it reads the biLM at all; an ablation. */
  useEmbedder: z.boolean().default(true),
  /** Which of the biLM's layers it mixes, 0 being the token vectors; all by default. One alone is an ablation. */
  embedderLayers: z.array(z.int().nonnegative()).min(1).optional(),
  /** Span layers: a CRF over BIO tags, or a softmax for each token. */
  crf: z.boolean().default(true),
  /** Share of the inputs and of the encoder's outputs that is dropped, the same units for a whole sentence. */
  dropout: z.number().min(0).max(0.9).default(0.4),
  /** Share of words whose own vector is replaced by that of unknown words. */
  wordDropout: z.number().min(0).max(0.9).default(0.15),
});

export type HeadOptions = z.infer<typeof headOptionsSchema>;
