import * as z from 'zod';

/** Which parts of the biLM are trained further together with the head of a layer, and how. */
export const fineTuneSchema = z.strictObject({
  /** Names of parts, as of `biLmParts`: "lstm2", "lstm1", "projection", "highway", "characters". */
  layers: z.array(z.string()).min(1),
  /** Of the topmost part in `layers`; it falls over the epochs as that of the head does. */
  learningRate: z.number().positive().default(5e-4),
  /** A part that lies n parts below the topmost one learns at the rate times decay to the power of n. */
  decay: z
    .number()
    .positive()
    .max(1)
    .default(1 / 2.6),
  /** Steps over which the rate of a part rises from 0. */
  warmup: z.int().nonnegative().default(100),
  /**
   * Gradual unfreezing: so many epochs train the head alone, the next one the topmost part, too, and then one more
   * part in each. Without it all parts learn from the start.
   */
  unfreezeAfter: z.int().nonnegative().optional(),
  /** Pull towards the weights of the base: this times the distance is added to the gradient. */
  l2: z.number().nonnegative().default(0),
});

export type FineTuneConfig = z.infer<typeof fineTuneSchema>;
