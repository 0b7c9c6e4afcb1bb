import { Command } from 'commander';
import { curvesCsv } from '../../models/activeLearning/curvesCsv';
import { labelsSaved, meanCurves } from '../../models/activeLearning/meanCurves';
import type { CurvePoint, GoldData, SimulationOptions } from '../../models/activeLearning/simulate';
import { strategies, type Strategy } from '../../models/activeLearning/strategy';
import { readExamples } from '../../models/data/readExamples';
import type { TaggedExample } from '../../models/data/taggedExample';
import { writeFileAtomically } from '../../models/data/atomicFile';
import { InputError } from '../../models/errors';
import { Random } from '../../models/random';
import type { LayerKind } from '../../models/tags/layer';
import { labelsOf } from '../../models/training/layerExamples';
import { pretrainedModel } from '../../server/packageRoot';
import { loadReport } from '../../server/retraining/loadReport';
import { learningCurve } from './learningCurve';
import { progressLine } from '../terminal/progressLine';
import { writeStandardOutput } from '../../server/standardStreams';

const HELP = `
The loop of labelling and retraining is replayed on data whose labels are known: a new head learns from the labels so
far, is scored on --test, and each strategy chooses what to label next among the rest of --data. Give the kind of the
layer with --kind where its name is not pos or ner.

Strategies: ${strategies.join(', ')}. What they do stands in docs/active-learning.md.

Examples:
  glossator simulate --data train.tsv --test test.tsv --strategy uncertainty --strategy random
  glossator simulate --data train.conllu --test test.conllu --layer pos --out curves.csv --out curves.svg`;

interface SimulateFlags {
  readonly data: string;
  readonly test: string;
  readonly strategy?: readonly string[];
  readonly layer: string;
  readonly kind?: string;
  readonly start: string;
  readonly step: string;
  readonly until: string;
  readonly seeds: string;
  readonly pool?: string;
  readonly density: string;
  readonly diversity: string;
  readonly model?: string;
  readonly out: readonly string[];
}

const gathered = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** `glossator simulate`: what a strategy of choosing sentences saves, on data whose labels are known. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('Show how many labels a strategy of choosing what to label next saves.')
    .requiredOption('--data <file>', 'labelled sentences to choose from: CoNLL-U, or token, tab, tag')
    .requiredOption('--test <file>', 'labelled sentences to score on')
    .option('--strategy <name>', 'a strategy; may be repeated (default: uncertainty and random)', gathered)
    .option('--layer <name>', 'ner, pos, or a key of MISC in CoNLL-U', 'ner')
    .option('--kind <kind>', 'token, span or sentence')
    .option('--start <sentences>', 'labelled at first, at random', '100')
    .option('--step <sentences>', 'labelled between two trainings', '100')
    .option('--until <sentences>', 'labelled at the end', '1000')
    .option('--seeds <number>', 'how often all of it is done', '3')
    .option('--pool <sentences>', 'choose from so many sentences of --data, drawn at random')
    .option('--density <power>', 'how much common sentences are preferred', '1')
    .option('--diversity <share>', 'how much likeness to sentences already chosen counts', '0.3')
    .option('--model <source>', 'the model or biLM whose vectors to learn on')
    .option('--out <file>', 'where the curves go, .csv or .svg; may be repeated', gathered, [])
    .addHelpText('after', HELP)
    .action((flags: SimulateFlags) => run(flags));
}

async function run(flags: SimulateFlags): Promise<void> {
  const options = optionsOf(flags); // mistakes are told before anything is read
  const wrong = flags.out.find((file) => !/\.(csv|svg)$/i.test(file));
  if (wrong !== undefined)
    throw new InputError(`--out is "${wrong}".`, {}, 'Name a file that ends in .csv or .svg.');
  const data = await readData(flags);
  const { loadBackend } = await import('../../models/backend.js');
  const { notice } = await loadBackend('auto');
  const { openEmbedder } = await import('../../models/embedders/openEmbedder.js');
  const { simulate } = await import('../../models/activeLearning/simulate.js');
  const line = progressLine();
  line.keep(notice);
  line.keep(`${data.train.length} sentences to choose from, ${data.test.length} to score on.`);
  const embedder = await openEmbedder(flags.model ?? pretrainedModel(), { trusted: true });
  const points: CurvePoint[] = [];
  try {
    for await (const step of simulate(data, embedder, options)) {
      if (step.phase === 'embedding') line.show(`Embedding the sentences, ${Math.round(100 * step.share)} %`);
      else {
        points.push(step);
        const { strategy, seed, sentences, tokens, score } = step;
        const score100 = (100 * score).toFixed(2);
        line.keep(`${strategy}, seed ${seed}: ${sentences} sentences (${tokens} tokens), ${score100} %`);
      }
    }
  } finally {
    line.stop();
    embedder.dispose();
  }
  const measure = data.layer.kind === 'span' ? 'F1' : 'accuracy';
  for (const file of flags.out) {
    const content = /\.csv$/i.test(file)
      ? curvesCsv(points)
      : await (await loadReport()).curvesSvg(points, measure);
    await writeFileAtomically(file, content);
  }
  await writeStandardOutput([reportOf(points, measure)]);
}

function reportOf(points: readonly CurvePoint[], measure: string): string {
  const curves = meanCurves(points);
  const lines = curves.map(({ points: own }) =>
    own.map(({ sentences, score }): [number, number] => [sentences, 100 * score]),
  );
  const title = `${measure} (%) by sentences labelled: ${curves.map(({ strategy }) => strategy).join(', ')}`;
  const rows = curves.map(({ strategy, points: own }) => {
    const scores = own.map(({ sentences, score }) => `${sentences}: ${(100 * score).toFixed(1)}`).join(', ');
    return `${strategy}: ${scores}`;
  });
  const saved = curves.flatMap(({ strategy }) => labelsSaved(curves, strategy) ?? []);
  return [learningCurve(title, lines), ...rows, ...saved, ''].join('\n');
}

function optionsOf(flags: SimulateFlags): SimulationOptions {
  const whole = (name: 'start' | 'step' | 'until' | 'seeds'): number => {
    const value = Number(flags[name]);
    if (Number.isInteger(value) && value > 0) return value;
    throw new InputError(`--${name} is "${flags[name]}".`, {}, 'Give a whole number above 0.');
  };
  const share = (name: 'density' | 'diversity'): number => {
    const value = Number(flags[name]);
    if (flags[name] !== '' && value >= 0 && value <= 10) return value;
    throw new InputError(`--${name} is "${flags[name]}".`, {}, 'Give a number from 0 to 10.');
  };
  return {
    strategies: (flags.strategy ?? ['uncertainty', 'random']).map(strategyNamed),
    start: whole('start'),
    step: whole('step'),
    until: whole('until'),
    seeds: Array.from({ length: whole('seeds') }, (_, k) => k + 1),
    density: share('density'),
    diversity: share('diversity'),
  };
}

function strategyNamed(name: string): Strategy {
  const found = strategies.find((one) => one === name);
  if (found !== undefined) return found;
  throw new InputError(`There is no strategy "${name}".`, {}, `Choose among ${strategies.join(', ')}.`);
}

async function readData({ data, test, layer: name, kind: said, pool }: SimulateFlags): Promise<GoldData> {
  const kind = kindOf(name, said);
  const all = await readExamples(data, { name, kind });
  const judged = await readExamples(test, { name, kind });
  const labels = labelsOf([...all, ...judged], kind);
  return { layer: { name, kind, labels }, train: drawnFrom(all, pool), test: judged };
}

function kindOf(layer: string, kind: string | undefined): LayerKind {
  if (kind === 'token' || kind === 'span' || kind === 'sentence') return kind;
  if (kind !== undefined)
    throw new InputError(`--kind is "${kind}".`, {}, 'Choose among token, span and sentence.');
  return ['pos', 'upos', 'xpos'].includes(layer.toLowerCase()) ? 'token' : 'span';
}

/** Always the same sentences of the same file. */
function drawnFrom(examples: readonly TaggedExample[], pool: string | undefined): readonly TaggedExample[] {
  if (pool === undefined) return examples;
  const count = Number(pool);
  if (!Number.isInteger(count) || count < 1)
    throw new InputError(`--pool is "${pool}".`, {}, 'Give a whole number above 0.');
  return new Random(1).shuffle([...examples]).slice(0, count);
}
