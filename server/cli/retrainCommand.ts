import { fork } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import * as path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import { ModelHistory } from '../../models/retraining/modelHistory';
import type { RetrainProgress } from '../../models/retraining/retrainProgress';
import { retrainSettingsSchema } from '../../models/retraining/retrainSettings';
import type { LayerRecord, RunRecord } from '../../models/retraining/runRecord';
import { pretrainedModel } from '../packageRoot';
import { readProjectFile } from '../project/projectFile';
import type { RetrainRequest } from '../retraining/retrainFolder';
import type { TrainerMessage } from '../retraining/trainer';
import { type ProgressLine, progressLine } from './progressLine';
import { writeReport } from './reportCommand';
import { writeStandardOutput } from './standardStreams';

const HELP = `
Learns from all labels that people gave, rejected or reviewed in the texts of a folder, all layers at once, and adds
the model to the folder's history, .glossator/models. It serves from then on, unless it is worse on labels that were
held out; --use says otherwise. The same labels and seed give the same model.

Examples:
  glossator retrain .
  glossator retrain letters --seed 7 --json > run.json
  glossator retrain letters --base my-model --use never`;

interface RetrainFlags {
  readonly seed: number;
  readonly base?: string;
  readonly embedder?: string;
  readonly settings?: string;
  readonly keep: number;
  readonly use: 'auto' | 'always' | 'never';
  readonly json?: boolean;
  readonly report?: string;
}

/** `glossator retrain`: learns from the labels of a folder. */
export function retrainCommand(): Command {
  return new Command('retrain')
    .description('Learn from the labels of a folder: a better model, with a report of what changed.')
    .argument('[DIR]', 'the folder of the texts', '.')
    .option('--seed <number>', 'where random numbers begin', wholeNumber, 1)
    .option('--base <model>', 'the model to start from (default: the one that serves in the folder)')
    .option('--embedder <source>', 'the embedder of a model that does not hold it (see `train --help`)')
    .option('--settings <file>', 'JSON with settings of docs/retraining.md')
    .option('--keep <number>', 'models that stay in the history', wholeNumber, 5)
    .addOption(
      new Option('--use <when>', 'whether the new model serves')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .option('--report <file>', 'write the report as an HTML page')
    .option('--json', 'print the record of the run as JSON')
    .addHelpText('after', HELP)
    .action((folder: string, flags: RetrainFlags) => run(folder, flags));
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

async function run(place: string, flags: RetrainFlags): Promise<void> {
  if (!existsSync(place))
    throw new InputError('There is no such folder.', { file: place }, 'Check its name.');
  const folder = realpathSync(place);
  const history = new ModelHistory(folder, { keep: flags.keep });
  const project = await readProjectFile(folder);
  const base = flags.base ?? (await history.current()) ?? project.model ?? pretrainedModel();
  const source = flags.embedder ?? project.embedder;
  const request: RetrainRequest = {
    ...{ folder, base: path.resolve(base), seed: flags.seed, keep: flags.keep },
    ...(source === undefined ? {} : { embedder: { source, trusted: flags.embedder !== undefined } }),
    ...(flags.settings === undefined ? {} : { settings: await readSettings(flags.settings) }),
  };
  const line = progressLine();
  let record: RunRecord;
  try {
    record = await train(request, (progress) => show(progress, line));
  } finally {
    line.stop();
  }
  const isUsed = flags.use === 'always' || (flags.use === 'auto' && record.verdict !== 'worse');
  if (isUsed) await history.use(record.run);
  process.stderr.write(`${summary(record)}\n${fate(record, isUsed)}\n`);
  if (flags.report !== undefined) await writeReport(record, flags.report);
  if (flags.json) await writeStandardOutput([`${JSON.stringify(record, null, 2)}\n`]);
}

async function readSettings(file: string): Promise<RetrainRequest['settings']> {
  try {
    return retrainSettingsSchema.partial().parse(JSON.parse(await readTextFile(file)));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('These are no settings for retraining.', { file }, 'See docs/retraining.md.');
  }
}

/** Trains in a process of its own, so that a crash there ends in one sentence here. */
function train(request: RetrainRequest, report: (progress: RetrainProgress) => void): Promise<RunRecord> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, 'trainer.js'), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let record: RunRecord | undefined;
    let failed: string | undefined;
    let last = '';
    child.stderr?.on('data', (chunk: Buffer) => (last = (last + chunk.toString()).slice(-4000)));
    child.on('message', (message: TrainerMessage) => {
      if ('failed' in message) failed = message.failed;
      else if (message.phase === 'done') record = message.record;
      else report(message);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (record) resolve(record);
      else reject(new InputError(failed ?? deathSentence(code, signal, last)));
    });
    child.send(request);
  });
}

/** Why a process died that could not say so itself. */
function deathSentence(code: number | null, signal: NodeJS.Signals | null, output: string): string {
  if (/heap out of memory|bad_alloc|Cannot allocate|std::length_error|OOM/i.test(output))
    return 'There is not enough memory to retrain; the old model stays.';
  const how = signal ? `was ended by ${signal}` : `ended with status ${code ?? 0}`;
  return `The process that trains ${how}; the old model stays.`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function show(progress: RetrainProgress, line: ProgressLine): void {
  switch (progress.phase) {
    case 'read':
      line.keep(`${progress.labels} labels in ${progress.sentences} sentences of ${progress.texts} texts.`);
      break;
    case 'notice':
      line.keep(progress.message);
      break;
    case 'embedding':
      line.show(`Embedding the sentences, ${percent(progress.share)}`);
      break;
    case 'epoch': {
      const { layer, epoch, epochs, loss, dev, secondsLeft } = progress;
      const score = dev === null ? '' : `, held-out ${percent(dev)}`;
      line.show(
        `${layer}, epoch ${epoch} of ${epochs}: loss ${loss.toFixed(3)}${score}; ${Math.ceil(secondsLeft)} s left`,
      );
      break;
    }
    case 'measuring':
      line.show('Comparing the models');
      break;
    case 'done':
  }
}

function summary({ layers, seconds }: RunRecord): string {
  const lines = layers.filter(({ change }) => change !== 'kept').map(layerLine);
  return [...lines, `Retrained in ${Math.round(seconds)} s.`].join('\n');
}

function layerLine({ layer, change, measuredBy, before, after }: LayerRecord): string {
  const what = layer.kind === 'span' ? 'F1' : 'accuracy';
  if (!after) return `${layer.name} (${change}): not measured.`;
  const from = before ? `${percent(before.score)} before, ` : '';
  return `${layer.name} (${change}): ${what} ${from}${percent(after.score)} after, by ${measuredBy}.`;
}

function fate({ run, verdict, modelId }: RunRecord, isUsed: boolean): string {
  if (isUsed) return `The model ${modelId} serves in this folder from now on (${run}).`;
  const why = verdict === 'worse' ? 'is worse than the old one, which stays' : 'is in the history';
  return `The model ${modelId} ${why} (${run}).`;
}
