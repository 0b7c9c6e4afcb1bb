import * as z from 'zod';

/** The shape of a head that labels whole sentences, and how it regularizes in training. */
export const sentenceHeadOptionsSchema = z.strictObject({
  /** How the vectors of the words become one: their mean, or a mean weighted by a trained query. */
  pooling: z.enum(['mean', 'attention']).default('attention'),
  /** Size of its own word vectors; 0 for none. */
  wordSize: z.int().nonnegative().default(0),
  /** A word needs so many occurrences in the training data for a vector of its own. */
  wordMinimum: z.int().positive().default(2),
  /** Its own character convolution: size of a character's vector, [width, filters] pairs; none for no filters. */
  characterSize: z.int().positive().default(16),
  characterFilters: z.array(z.tuple([z.int().positive(), z.int().positive()])).default([]),
  /** Whether it reads the biLM at all; an ablation. */
  useEmbedder: z.boolean().default(true),
  /** Which of the biLM's layers it mixes, 0 being the token vectors; all by default. One alone is an ablation. */
  embedderLayers: z.array(z.int().nonnegative()).min(1).optional(),
  /** Share of the inputs that is dropped, the same units for a whole sentence. */
  dropout: z.number().min(0).max(0.9).default(0.4),
  /** Share of words whose own vector is replaced by that of unknown words. */
  wordDropout: z.number().min(0).max(0.9).default(0.15),
});

export type SentenceHeadOptions = z.infer<typeof sentenceHeadOptionsSchema>;
