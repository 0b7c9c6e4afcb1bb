import type { SizeLimit } from './regularFile';

const MB = 2 ** 20;

/** Labels of one text: some 200,000. */
export const sidecarLimit: SizeLimit = {
  ...{ bytes: 64 * MB, kind: 'annotation file' },
  remedy: 'Split its text into several.',
};

export const projectLimit: SizeLimit = {
  ...{ bytes: MB, kind: 'project file' },
  remedy: 'Shorten its lists of labels.',
};

/** A text that is looked through unasked: thirty times what is tagged of one by default. */
export const textLimit: SizeLimit = { bytes: 64 * MB, kind: 'text', remedy: 'Split it into several.' };

/** The record of a retraining, the choice of a model, and other small notes of the program. */
export const recordLimit: SizeLimit = { bytes: 16 * MB, kind: 'record', remedy: 'Delete it.' };

/** A lock names its owner, nothing more. */
export const lockLimit: SizeLimit = { bytes: 65_536, kind: 'lock', remedy: 'Delete it.' };

/** Cached vectors of a sentence. */
export const vectorsLimit: SizeLimit = { bytes: 256 * MB, kind: 'cache', remedy: 'Delete it.' };

/** The configuration of a model. */
export const configLimit: SizeLimit = {
  ...{ bytes: 16 * MB, kind: 'configuration of the model' },
  remedy: 'Fetch or make the model again.',
};

/** One file of weights or words: what the largest published ELMo takes, four times. */
export const weightsLimit: SizeLimit = {
  ...{ bytes: 2048 * MB - 1, kind: 'file of the model' },
  remedy: 'Fetch or make the model again.',
};
