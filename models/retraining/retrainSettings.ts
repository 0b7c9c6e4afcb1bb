import * as z from 'zod';

/** How heads are retrained; the defaults are what docs/retraining.md measured. */
export const retrainSettingsSchema = z.strictObject({
  /** Passes over the labelled sentences for a layer that the model knows, and for a new one. */
  epochs: z.int().positive().default(8),
  newEpochs: z.int().positive().default(20),
  learningRate: z.number().positive().default(5e-4),
  newLearningRate: z.number().positive().default(3e-3),
  /** Places of a batch, padding counted. */
  batchPlaces: z.int().positive().default(320),
  /** How much the model before counts on what the labels leave open, and on unlabelled sentences. */
  teacherWeight: z.number().nonnegative().default(0.5),
  /** Unlabelled sentences that the model before teaches, at most. */
  unlabelled: z.int().nonnegative().default(300),
  /** Share of the new weights in their mean with the old ones (Wortsman et al. 2022, WiSE-FT). */
  mix: z.number().min(0).max(1).default(0.6),
  /** Log weight of the beginning of an entity where nothing is known. */
  prior: z.number().max(0).default(-1.2),
  /** Labelled sentences from which a fixed part is held out, and from which folds are. */
  heldOutFrom: z.int().positive().default(150),
  foldsFrom: z.int().positive().default(20),
});

export type RetrainSettings = z.infer<typeof retrainSettingsSchema>;
