import * as z from 'zod';

/** How heads are retrained; the defaults are what docs/retraining.md measured. */
export const retrainSettingsSchema = z.strictObject({
  /** Passes over the labelled sentences for a layer that the model knows, and for a new one. */
  epochs: z.int().positive().default(16),
  newEpochs: z.int().positive().default(20),
  learningRate: z.number().positive().default(2e-3),
  newLearningRate: z.number().positive().default(3e-3),
  /** Places of a batch, padding counted. */
  batchPlaces: z.int().positive().default(320),
  /** How much the model before counts on what the labels leave open. */
  teacherWeight: z.number().nonnegative().default(0.5),
  /** How much it counts in sentences without labels, those of rehearsal included. */
  rehearsalWeight: z.number().nonnegative().default(1),
  /** Unlabelled sentences of the folder that it teaches, at most. */
  unlabelled: z.int().nonnegative().default(100),
  /** Share of the new weights in their mean with the old ones (Wortsman et al. 2022, WiSE-FT). */
  mix: z.number().min(0).max(1).default(0.6),
  /** Log weight of the beginning of an entity where nothing is known. */
  prior: z.number().max(0).default(-1.2),
  /** Labelled sentences from which a fixed part is held out, and from which folds are. */
  heldOutFrom: z.int().positive().default(150),
  foldsFrom: z.int().positive().default(20),
});

export type RetrainSettings = z.infer<typeof retrainSettingsSchema>;
