import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { InputError } from '../../models/errors';
import { packageRoot } from '../../server/packageRoot';
import { benchHoldUps, type HoldUpBenchmark } from './benchHoldUps';
import { benchLabels, type LabelBenchmark } from './benchLabels';
import { benchmark, type BenchmarkResult } from './benchmark';
import { writeStandardOutput } from '../../server/standardStreams';
import type { Summary } from './summary';

interface BenchFlags {
  readonly json?: boolean;
  readonly words: string;
  readonly edits: string;
  readonly seed: string;
  readonly model?: string;
  readonly only?: string;
}

const HELP = `
The document holds the texts in samples/ once, then sentences from templates with made-up names, varied by a
seeded generator: no sentence comes twice, so the cache of sentences does not help. All times are those of a
client over stdio. 5,000 characters in the middle, 50 rows of 100 columns, are said to be on screen. Hovers run
while the document is tagged. Labels are given one after the other in a document of their own, while it is tagged
and after. Hold-ups are how long a trivial request, sent every 10 ms, waits while something happens in a text of
about 2 MB: each has a server of its own and at most 15 s.`;

const PARTS = ['tagging', 'labels', 'hold-ups'] as const;

/** `glossator bench`: how fast the language server tags on this machine. */
export function benchCommand(): Command {
  return new Command('bench')
    .description('Measure the language server over stdio in a long document.')
    .option('--json', 'print one JSON object; times in milliseconds, memory in bytes')
    .option('--words <number>', 'length of the document', '10000')
    .option('--edits <number>', 'sentences to edit, one after the other', '100')
    .option('--model <directory>', 'a model of your own in place of the embedded one')
    .option('--seed <number>', 'of the generator of text and edits', '1')
    .option('--only <part>', `measure one part: ${PARTS.join(', ')}`)
    .addHelpText('after', HELP)
    .action((flags: BenchFlags) => bench(flags));
}

async function bench(flags: BenchFlags): Promise<void> {
  const { only, json } = flags;
  if (only !== undefined && !PARTS.some((part) => part === only))
    throw new InputError(`There is no part "${only}" to measure.`, {}, `Write --only ${PARTS.join(' or ')}.`);
  const wants = (part: (typeof PARTS)[number]): boolean => only === undefined || only === part;
  const [edits, seed] = [positive(flags.edits, '--edits'), positive(flags.seed, '--seed')];
  const words = positive(flags.words, '--words');
  const model = flags.model === undefined ? '' : path.resolve(flags.model);
  const measured = {
    tagging: wants('tagging')
      ? await benchmark({ samples: await samples(), words, edits, seed, model: flags.model })
      : undefined,
    labels: wants('labels') ? await benchLabels(model, edits, seed) : undefined,
    holdUps: wants('hold-ups') ? await benchHoldUps(model) : undefined,
  };
  const machine = { node: process.version, cores: availableParallelism() };
  const { tagging, ...rest } = measured;
  const output = json ? JSON.stringify({ ...tagging, ...rest, ...machine }) : table(measured, machine);
  await writeStandardOutput([`${output}\n`]);
}

function positive(text: string, option: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InputError(`${option} is not a whole number above 0: "${text}".`, {}, `Write ${option} 100.`);
}

async function samples(): Promise<string[]> {
  const folder = path.join(packageRoot(), 'samples');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  return Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
}

interface Measured {
  readonly tagging: BenchmarkResult | undefined;
  readonly labels: LabelBenchmark | undefined;
  readonly holdUps: readonly HoldUpBenchmark[] | undefined;
}

type Row = readonly [name: string, value: string];

function table({ tagging, labels, holdUps }: Measured, machine: { node: string; cores: number }): string {
  const backend = tagging?.backend ?? holdUps?.find((one) => one.backend !== null)?.backend;
  const rows: Row[] = [
    ['backend', `${backend ?? 'unknown'}, Node ${machine.node}, ${machine.cores} cores`],
    ...(tagging === undefined ? [] : taggingRows(tagging)),
    ...(labels === undefined ? [] : labelRows(labels)),
    ...(holdUps ?? []).map((one): Row => [`held up: ${one.scenario}`, heldUp(one)]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

function taggingRows(result: BenchmarkResult): Row[] {
  const { memory } = result;
  return [
    ['document', `${result.words} words in ${result.sentences} sentences, none twice`],
    ['model', result.modelId ?? 'none'],
    ['server ready', milliseconds(result.loaded)],
    ['visible part tagged', milliseconds(result.visiblePart)],
    ['whole document tagged', `${milliseconds(result.wholeDocument)}, ${result.wordsPerSecond} words/s`],
    ['edited sentence', summary(result.edit)],
    ['the same while tagging', summary(result.editWhileTagging)],
    ['hover while tagging', summary(result.hover)],
    ['memory of the server', memory === null ? 'unknown' : megabytes(memory.resident, memory.peak)],
  ];
}

function labelRows(labels: LabelBenchmark): Row[] {
  const opened = milliseconds(labels.opened);
  return [
    ['labelled document', `${labels.words} words, ${labels.labels} labels, shown ${opened} after opening`],
    ['one more label shown', summary(labels.shown)],
    ['the same saved', summary(labels.saved)],
    ['one more shown while tagging', summary(labels.shownWhileTagging)],
    ['the same saved', summary(labels.savedWhileTagging)],
  ];
}

function heldUp(holdUps: HoldUpBenchmark): string {
  const { unanswered } = holdUps;
  const rest = unanswered === 0 ? '' : `, ${unanswered} unanswered when time was up`;
  return `${summary(holdUps)}${rest}`;
}

function summary({ count, p50, p95, max }: Summary): string {
  const [middle, most, worst] = [p50, p95, max].map(milliseconds);
  return `p50 ${middle}, p95 ${most}, max ${worst} of ${count}`;
}

function milliseconds(time: number): string {
  return time < 10 ? `${time.toFixed(1)} ms` : `${Math.round(time)} ms`;
}

function megabytes(resident: number, peak: number | null): string {
  const round = (bytes: number): number => Math.round(bytes / 1e6);
  return `${round(resident)} MB${peak === null ? '' : `, peak ${round(peak)} MB`}`;
}
