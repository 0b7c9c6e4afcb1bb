import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { writeFileAtomically } from '../data/atomicFile';
import { encodeSafetensors } from '../data/safetensors';
import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';
import type { ElmoOptions } from '../nn/elmoOptions';
import { drawn, readWeights } from '../nn/parameters';
import { Random } from '../random';
import { type CorpusFiles, findCorpus, readLines } from './corpusFiles';
import { type LmBatch, lengthBatches } from './lmBatch';
import { type LmPosition, readCheckpoint, writeCheckpoint } from './lmCheckpoint';
import { classesOf } from './lmObjective';
import { LmTrainer, type LmTrainerOptions } from './lmTrainer';
import {
  type PreparationOptions,
  type PreparedCorpus,
  prepareCorpus,
  readBucket,
  readVocabulary,
  sentencesOf,
} from './prepareCorpus';

export interface PretrainOptions extends PreparationOptions, LmTrainerOptions {
  readonly elmo: ElmoOptions;
  /** Stop after so many tokens of training; the learning rate falls to zero by then. */
  readonly tokens: number;
  /** Stop this run after so many tokens of the whole training, with a checkpoint there; the rates stay as they are. */
  readonly stopAfter: number;
  /** Stop earlier, after so many minutes of this run; what is done stays and can be resumed. */
  readonly minutes: number;
  /** Places of a batch, padding counted. */
  readonly batchTokens: number;
  /** Highest learning rates, reached after `warmup` steps. */
  readonly rates: { readonly network: number; readonly output: number };
  readonly warmup: number;
  /** Minutes between two checkpoints. */
  readonly checkpointMinutes: number;
  /** Tokens of held-out text that the perplexity is measured on. */
  readonly heldOutTokens: number;
}

export type PretrainProgress =
  | { readonly phase: 'preparing'; readonly lines: number }
  | {
      readonly phase: 'training';
      readonly tokens: number;
      readonly goal: number;
      readonly loss: number;
      readonly tokensPerSecond: number;
    }
  | {
      /** A checkpoint was written. */
      readonly phase: 'measured';
      readonly tokens: number;
      readonly forward: number;
      readonly backward: number;
      /** SHA-256 of its file. */
      readonly sha256: string;
    }
  | { readonly phase: 'done'; readonly tokens: number; readonly finished: boolean };

/** The network's learning rate at a point of the run: a linear rise, then a linear fall to zero. */
export function rateFactor(step: number, warmup: number, progress: number): number {
  return Math.min(1, (step + 1) / warmup) * Math.max(0, 1 - progress);
}

function requireFiles(corpus: string, { training }: CorpusFiles, names: readonly string[]): void {
  const known = training.map((file) => path.basename(file));
  for (const name of names)
    if (!known.includes(name))
      throw new InputError(
        `The corpus has no training file "${name}".`,
        { file: corpus },
        `It has ${known.join(', ')}.`,
      );
}

async function* preparation(
  files: CorpusFiles,
  directory: string,
  options: PretrainOptions,
): AsyncGenerator<PretrainProgress, PreparedCorpus> {
  const steps = prepareCorpus(files, directory, options);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    yield { phase: 'preparing', lines: step.value };
  }
}

async function heldOutBatches(file: string | null, options: PretrainOptions): Promise<LmBatch[]> {
  if (!file) return [];
  const sentences: string[][] = [];
  let tokens = 0;
  const lines: string[] = [];
  for await (const line of readLines(file)) lines.push(line);
  for (const line of new Random(options.seed).shuffle(lines)) {
    if (tokens >= options.heldOutTokens) break;
    for (const forms of sentencesOf(line, options.longestSentence)) {
      sentences.push(forms);
      tokens += forms.length;
    }
  }
  return lengthBatches(sentences, 512, new Random(options.seed)); // small: each scores the whole vocabulary
}

/**
 * Trains a biLM from raw text: `corpus` holds text files, `out` gets the tokenized corpus, checkpoints, the curve
 * and at last `options.json` and `weights.safetensors`. The order of the data, the first weights and the samples
 * follow from the seed alone, so a run that was interrupted and resumed equals one that was not.
 * @throws InputError where the corpus or a checkpoint can't be read
 */
export async function* pretrain(
  corpus: string,
  out: string,
  options: PretrainOptions,
  resume: boolean,
): AsyncGenerator<PretrainProgress> {
  const files = await findCorpus(corpus);
  requireFiles(corpus, files, Object.keys(options.shares));
  const prepared = path.join(out, 'corpus');
  const { buckets } = yield* preparation(files, prepared, options);

  const random = new Random(options.seed);
  const biLm = new BiLm(options.elmo, drawn(random));
  const trainer = new LmTrainer(biLm, classesOf(await readVocabulary(prepared)), options, random);
  const heldOut = await heldOutBatches(files.heldOut, options);
  let position: LmPosition = { steps: 0, tokens: 0, bucket: 0, batch: 0, random: random.state(), curve: [] };
  if (resume) {
    const checkpoint = await readCheckpoint(out);
    if (checkpoint) {
      position = checkpoint.position;
      trainer.restore(position.steps, checkpoint.arrays);
      random.restore(position.random);
    }
  }

  const started = performance.now();
  const secondsBefore = position.curve.at(-1)?.seconds ?? 0;
  const measure = async (): Promise<PretrainProgress> => {
    const seconds = secondsBefore + (performance.now() - started) / 1000;
    const perplexity = heldOut.length > 0 ? trainer.perplexity(heldOut) : { forward: NaN, backward: NaN };
    const { tokens } = position;
    const { arrays } = await trainer.state();
    position = await writeCheckpoint(out, { position, arrays }, { tokens, ...perplexity, seconds });
    return { phase: 'measured', tokens, ...perplexity, sha256: position.curve.at(-1)!.sha256! };
  };

  const goal = Math.min(options.tokens, options.stopAfter);
  try {
    const minutesGone = (): number => (performance.now() - started) / 60_000;
    let saved = 0;
    let [loss, seconds, recent] = [0, performance.now() / 1000, 0];
    training: while (position.tokens < goal) {
      const sentences = await readBucket(prepared, position.bucket % buckets);
      const batches = lengthBatches(
        sentences,
        options.batchTokens,
        new Random(options.seed + 1 + position.bucket),
      );
      while (position.batch < batches.length) {
        const batch = batches[position.batch];
        const factor = rateFactor(position.steps, options.warmup, position.tokens / options.tokens);
        const result = trainer.step(batch, {
          network: options.rates.network * factor,
          output: options.rates.output * Math.max(factor, 0.05),
        });
        const tokens = batch.reduce((sum, forms) => sum + forms.length, 0);
        position = {
          ...position,
          batch: position.batch + 1,
          steps: position.steps + 1,
          tokens: position.tokens + tokens,
          random: random.state(),
        };
        loss = loss === 0 ? result.loss : 0.98 * loss + 0.02 * result.loss;
        recent += tokens;
        if (position.steps % 10 === 0) {
          const now = performance.now() / 1000;
          yield {
            phase: 'training',
            tokens: position.tokens,
            goal: options.tokens,
            loss,
            tokensPerSecond: recent / (now - seconds),
          };
          [seconds, recent] = [now, 0];
        }
        if (position.tokens >= goal || minutesGone() >= options.minutes) break training;
        if (minutesGone() - saved >= options.checkpointMinutes) {
          saved = minutesGone();
          yield await measure();
        }
      }
      position = { ...position, bucket: position.bucket + 1, batch: 0 };
    }
    yield await measure();
    await mkdir(out, { recursive: true });
    await writeFileAtomically(path.join(out, 'options.json'), `${JSON.stringify(options.elmo, null, 2)}\n`);
    const weights = await readWeights(biLm.variables());
    await writeFileAtomically(path.join(out, 'weights.safetensors'), encodeSafetensors(weights, 'F32'));
    yield { phase: 'done', tokens: position.tokens, finished: position.tokens >= options.tokens };
  } finally {
    trainer.dispose();
    biLm.dispose();
  }
}
