import * as path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { PretrainOptions, PretrainProgress } from '../../models/training/pretrain';
import { loadReport } from '../../server/retraining/loadReport';
import { learningCurve } from './learningCurve';
import { progressLine } from '../terminal/progressLine';

interface PretrainFlags {
  readonly corpus: string;
  readonly out: string;
  readonly minutes?: number;
  readonly tokens?: number;
  readonly stopAfter?: number;
  readonly sample?: number;
  readonly share: Readonly<Record<string, number>>;
  readonly seed?: number;
  readonly resume?: boolean;
}

const HELP = `
Corpus:
  .txt, .txt.gz and .txt.xz files, a paragraph a line. A file whose name begins with "valid" is held out
  to measure the perplexity on.

The learning rate falls to zero over --tokens. --minutes and --stop-after only bound this run: what it did is
kept, and the same command with --resume goes on exactly where it stopped. OUT gets checkpoints every five
minutes, the learning curve (curve.csv with the SHA-256 of each checkpoint, curve.svg), and at the end of every
run options.json and weights.safetensors, which "glossator train" reads.

Examples:
  glossator pretrain --corpus texts --out runs/bilm --tokens 5000000
  glossator pretrain --corpus texts --out runs/bilm --tokens 5000000 --minutes 30 --resume
  glossator pretrain --corpus texts --out runs/bilm --sample 0.1 --share mail.txt=1`;

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

/** A share of the whole. */
function share(text: string): number {
  const value = positive(text);
  if (value > 1) throw new InvalidArgumentError('It must be at most 1.');
  return value;
}

/** Adds `FILE=SHARE` to the shares given before it. */
function fileShare(text: string, earlier: Readonly<Record<string, number>>): Record<string, number> {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be a file name, "=" and a share, as in web.txt=1.');
  return { ...earlier, [text.slice(0, at)]: share(text.slice(at + 1)) };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

/** `glossator pretrain`: a biLM from raw text. */
export function pretrainCommand(): Command {
  return new Command('pretrain')
    .description('Train a bidirectional language model (biLM) from raw text.')
    .requiredOption('--corpus <directory>', 'a folder of text files')
    .requiredOption('--out <directory>', 'where the biLM and its checkpoints go')
    .option('--minutes <number>', 'stop this run after so many minutes', positive)
    .option('--tokens <number>', 'length of the whole training (default: 5,000,000)', positive)
    .option('--stop-after <tokens>', 'stop this run after so many tokens, with a checkpoint there', positive)
    .option('--sample <share>', 'share of the lines to use, in (0, 1]', share)
    .option('--share <file=share>', 'another share for one file (repeatable)', fileShare, {})
    .option('--seed <number>', 'seed of the random numbers (default: 1)', wholeNumber)
    .option('--resume', 'go on from the last checkpoint in OUT, if there is one')
    .addHelpText('after', HELP)
    .action((flags: PretrainFlags) => run(flags));
}

function optionsOf(flags: PretrainFlags, defaults: PretrainOptions): PretrainOptions {
  const { minutes, tokens, stopAfter, sample, seed } = flags;
  return {
    ...defaults,
    shares: flags.share,
    ...(minutes === undefined ? {} : { minutes }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(stopAfter === undefined ? {} : { stopAfter }),
    ...(sample === undefined ? {} : { sample }),
    ...(seed === undefined ? {} : { seed }),
  };
}

async function run(flags: PretrainFlags): Promise<void> {
  const { findCorpus } = await import('../../models/training/corpusFiles.js');
  await findCorpus(flags.corpus); // a mistyped folder is said before the backend takes its seconds to load
  const { loadBackend } = await import('../../models/backend.js');
  const { notice } = await loadBackend('auto');
  const { pretrain } = await import('../../models/training/pretrain.js');
  const { pretrainDefaults } = await import('../../models/training/pretrainDefaults.js');
  const line = progressLine();
  line.keep(notice);
  try {
    for await (const progress of pretrain(
      flags.corpus,
      flags.out,
      optionsOf(flags, pretrainDefaults),
      flags.resume ?? false,
    )) {
      show(progress, flags, line);
      if (progress.phase === 'measured') await drawCurve(flags.out);
    }
    const { readPosition } = await import('../../models/training/lmCheckpoint.js');
    const { curve = [] } = (await readPosition(flags.out)) ?? {};
    const mean = curve.map(({ tokens, forward, backward }): [number, number] => [
      tokens / 1e6,
      Math.sqrt(forward * backward), // of perplexities the geometric mean
    ]);
    if (curve.length > 2) line.keep(learningCurve('Held-out perplexity by million tokens', [mean]));
  } finally {
    line.stop();
  }
}

/** The curve so far as a picture, anew at every checkpoint. */
async function drawCurve(out: string): Promise<void> {
  const { readPosition } = await import('../../models/training/lmCheckpoint.js');
  const { writeFileAtomically } = await import('../../models/data/atomicFile.js');
  const { curve = [] } = (await readPosition(out)) ?? {};
  const { lmCurveSvg } = await loadReport();
  await writeFileAtomically(path.join(out, 'curve.svg'), await lmCurveSvg(curve));
}

const count = (value: number): string => Math.round(value).toLocaleString('en');

function show(
  progress: PretrainProgress,
  { out }: PretrainFlags,
  line: ReturnType<typeof progressLine>,
): void {
  switch (progress.phase) {
    case 'preparing':
      line.show(`Tokenizing the corpus: ${count(progress.lines)} lines.`);
      break;
    case 'training': {
      const left = (progress.goal - progress.tokens) / progress.tokensPerSecond / 60;
      const speed = `${count(progress.tokensPerSecond)} tokens/s, ${count(left)} min left`;
      line.show(
        `${count(progress.tokens)} of ${count(progress.goal)} tokens, loss ${progress.loss.toFixed(3)}, ${speed}`,
      );
      break;
    }
    case 'measured':
      line.keep(
        `After ${count(progress.tokens)} tokens: perplexity ${progress.forward.toFixed(1)} forwards, ${progress.backward.toFixed(1)} backwards; checkpoint ${progress.sha256.slice(0, 12)}.`,
      );
      break;
    case 'done':
      line.keep(
        progress.finished
          ? `The biLM is in ${out}.`
          : `Stopped after ${count(progress.tokens)} tokens; the biLM so far is in ${out}. Run the same command with --resume to go on.`,
      );
  }
}
