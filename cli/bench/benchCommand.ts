import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { InputError } from '../../models/errors';
import { packageRoot } from '../../server/packageRoot';
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
}

const HELP = `
The document holds the texts in samples/ once, then sentences from templates with made-up names, varied by a
seeded generator: no sentence comes twice, so the cache of sentences does not help. All times are those of a
client over stdio. 5,000 characters in the middle, 50 rows of 100 columns, are said to be on screen. Hovers run
while the document is tagged. Labels are given one after the other in a document of their own, while it is tagged
and after.`;

/** `glossator bench`: how fast the language server tags on this machine. */
export function benchCommand(): Command {
  return new Command('bench')
    .description('Measure the language server over stdio in a long document.')
    .option('--json', 'print one JSON object; times in milliseconds, memory in bytes')
    .option('--words <number>', 'length of the document', '10000')
    .option('--edits <number>', 'sentences to edit, one after the other', '100')
    .option('--model <directory>', 'a model of your own in place of the embedded one')
    .option('--seed <number>', 'of the generator of text and edits', '1')
    .addHelpText('after', HELP)
    .action((flags: BenchFlags) => bench(flags));
}

async function bench(flags: BenchFlags): Promise<void> {
  const result = await benchmark({
    samples: await samples(),
    words: positive(flags.words, '--words'),
    edits: positive(flags.edits, '--edits'),
    seed: positive(flags.seed, '--seed'),
    model: flags.model,
  });
  const model = flags.model === undefined ? '' : path.resolve(flags.model);
  const labels = await benchLabels(model, positive(flags.edits, '--edits'), positive(flags.seed, '--seed'));
  const machine = { node: process.version, cores: availableParallelism() };
  const output = flags.json
    ? JSON.stringify({ ...result, labels, ...machine })
    : table(result, labels, machine);
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

function table(
  result: BenchmarkResult,
  labels: LabelBenchmark,
  machine: { node: string; cores: number },
): string {
  const { memory } = result;
  const rows: [string, string][] = [
    ['document', `${result.words} words in ${result.sentences} sentences, none twice`],
    ['backend', `${result.backend ?? 'none'}, Node ${machine.node}, ${machine.cores} cores`],
    ['model', result.modelId ?? 'none'],
    ['server ready', milliseconds(result.loaded)],
    ['visible part tagged', milliseconds(result.visiblePart)],
    ['whole document tagged', `${milliseconds(result.wholeDocument)}, ${result.wordsPerSecond} words/s`],
    ['edited sentence', summary(result.edit)],
    ['the same while tagging', summary(result.editWhileTagging)],
    ['hover while tagging', summary(result.hover)],
    [
      'labelled document',
      `${labels.words} words, ${labels.labels} labels, shown ${milliseconds(labels.opened)} after opening`,
    ],
    ['one more label shown', summary(labels.shown)],
    ['the same saved', summary(labels.saved)],
    ['one more shown while tagging', summary(labels.shownWhileTagging)],
    ['the same saved', summary(labels.savedWhileTagging)],
    ['memory of the server', memory === null ? 'unknown' : megabytes(memory.resident, memory.peak)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
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
