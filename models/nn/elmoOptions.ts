import * as z from 'zod';

/** Far more than any biLM has; each is a list of weights to look for before a file is found to lack them. */
const MOST_LAYERS = 100;

/** The part of a published ELMo `options.json` (bilm-tf, AllenNLP) that shapes the biLM. */
export const elmoOptionsSchema = z.object({
  lstm: z.object({
    use_skip_connections: z.boolean().default(false),
    projection_dim: z.int().positive(),
    cell_clip: z.number().nonnegative().nullish(),
    proj_clip: z.number().nonnegative().nullish(),
    dim: z.int().positive(),
    n_layers: z.int().positive().max(MOST_LAYERS),
  }),
  char_cnn: z.object({
    activation: z.enum(['relu', 'tanh']),
    filters: z.array(z.tuple([z.int().positive(), z.int().positive()])).min(1),
    n_highway: z.int().nonnegative().max(MOST_LAYERS).default(0),
    embedding: z.object({ dim: z.int().positive() }),
    n_characters: z.int().refine((n) => n === 261 || n === 262, 'must be 261 or 262'),
    max_characters_per_token: z.int().min(3),
  }),
});

export type ElmoOptions = z.infer<typeof elmoOptionsSchema>;
