import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { openModelDirectory } from '../taggers/modelDirectory';
import { readPosition } from './lmCheckpoint';
import { readPreparedCorpus } from './prepareCorpus';

/** How a biLM came to be, as a model directory keeps it in `training.biLm`. */
export interface BiLmRecord {
  readonly seed: number;
  /** Tokens and steps of training. */
  readonly tokens: number;
  readonly steps: number;
  /** What was read of the corpus: the share of its lines, and the other share of some files. */
  readonly sample: number;
  readonly shares?: Readonly<Record<string, number>>;
  readonly corpus: { readonly sentences: number; readonly tokens: number };
  /** Words that it could predict. */
  readonly vocabularySize: number;
  /** On held-out text, with the whole vocabulary scored; null without such text. */
  readonly perplexity: { readonly forward: number; readonly backward: number } | null;
}

/**
 * The record of a biLM in the folder of `pretrain`, or of the one inside a model directory.
 * @returns null where nothing is known, as of published weights
 */
export async function biLmRecord(source: string): Promise<BiLmRecord | null> {
  if (existsSync(path.join(source, 'config.json'))) {
    const { training } = (await openModelDirectory(source)).config;
    return (training.biLm as BiLmRecord | undefined) ?? null;
  }
  const position = await readPosition(source);
  const prepared = await readPreparedCorpus(path.join(source, 'corpus'));
  if (!position || !prepared) return null;
  const { seed, sample, shares, vocabularySize, sentences } = prepared;
  const last = position.curve.at(-1);
  return {
    seed,
    tokens: position.tokens,
    steps: position.steps,
    sample,
    shares,
    corpus: { sentences, tokens: prepared.tokens },
    vocabularySize,
    perplexity: last && last.forward > 0 ? { forward: last.forward, backward: last.backward } : null,
  };
}
