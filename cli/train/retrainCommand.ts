import { existsSync, realpathSync } from 'node:fs';
import * as path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import { ModelHistory } from '../../models/retraining/modelHistory';
import type { RetrainProgress } from '../../models/retraining/retrainProgress';
import { measureOf } from '../../models/retraining/measureOf';
import { retrainSettingsSchema } from '../../models/retraining/retrainSettings';
import type { LayerRecord, RunRecord } from '../../models/retraining/runRecord';
import { openModelDirectory } from '../../models/taggers/modelDirectory';
import { pretrainedModel } from '../../server/packageRoot';
import { readProjectFile } from '../../server/project/projectFile';
import type { RetrainRequest } from '../../server/retraining/retrainFolder';
import { type StartTrainer, trainerProcesses } from '../../server/retraining/trainerProcess';
import { damageOf, type ModelChoices, originModel, servingModel } from '../../server/tagging/servingModel';
import { Interrupted, untilInterrupted } from '../terminal/interrupted';
import { type ProgressLine, progressLine } from '../terminal/progressLine';
import { writeReport } from '../model/reportCommand';
import { writeStandardOutput } from '../../server/standardStreams';

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
  // Nobody waits for tags meanwhile, so it may have the whole machine.
  const trainers = trainerProcesses({ log: () => undefined, isInBackground: false });
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
    .action((folder: string, flags: RetrainFlags) => run(folder, flags, trainers));
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

const CANCELLED = 'Retraining was cancelled; the old model stays, and nothing else is left of it.';

async function run(place: string, flags: RetrainFlags, startTrainer: StartTrainer): Promise<void> {
  if (!existsSync(place))
    throw new InputError('There is no such folder.', { file: place }, 'Check its name.');
  const folder = realpathSync(place);
  const history = new ModelHistory(folder, { keep: flags.keep });
  const project = await readProjectFile(folder);
  const choices: ModelChoices = {
    ...(flags.base === undefined ? {} : { chosen: path.resolve(flags.base) }),
    ...(project.model === undefined ? {} : { project: project.model }),
    ...{ retrained: await history.current(), builtIn: pretrainedModel() },
  };
  const source = flags.embedder ?? project.embedder;
  const request: RetrainRequest = {
    ...{ folder, seed: flags.seed, keep: flags.keep },
    ...(await modelsOf(choices, history)),
    ...(source === undefined ? {} : { embedder: { source, trusted: flags.embedder !== undefined } }),
    ...(flags.settings === undefined ? {} : { settings: await readSettings(flags.settings) }),
  };
  const line = progressLine();
  let record: RunRecord;
  try {
    ({ record } = await untilInterrupted((signal) =>
      startTrainer(request, 'auto', (progress) => show(progress, line), signal),
    ));
  } catch (error) {
    line.stop();
    if (error instanceof Interrupted) throw new Interrupted(CANCELLED);
    throw error;
  } finally {
    line.stop();
  }
  const isUsed = flags.use === 'always' || (flags.use === 'auto' && record.verdict !== 'worse');
  if (isUsed) await history.use(record.run);
  process.stderr.write(`${summary(record)}\n${fate(record, isUsed)}\n`);
  if (flags.report !== undefined) await writeReport(record, flags.report);
  if (flags.json) await writeStandardOutput([`${JSON.stringify(record, null, 2)}\n`]);
}

/** The model to compare with, and the one to start from. */
async function modelsOf(
  choices: ModelChoices,
  history: ModelHistory,
): Promise<Pick<RetrainRequest, 'base' | 'origin'>> {
  const base = path.resolve(servingModel(choices));
  const { refused, ...origin } = await originModel(choices, history);
  if (refused !== undefined) process.stderr.write(`${refused}\n`);
  if (choices.chosen !== undefined || choices.retrained === null) return { base, origin };
  try {
    await history.requireOwn(base);
    await openModelDirectory(base);
    return { base, origin };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const damage = damageOf(base, error.format());
    process.stderr.write(`${damage} The new one is compared with the original model.\n`);
    return { base: origin.directory, origin };
  }
}

async function readSettings(file: string): Promise<RetrainRequest['settings']> {
  try {
    return retrainSettingsSchema.partial().parse(JSON.parse(await readTextFile(file)));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('These are no settings for retraining.', { file }, 'See docs/retraining.md.');
  }
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

function layerLine(record: LayerRecord): string {
  const { layer, change, measuredBy, before, after } = record;
  const what = measureOf(record);
  if (!after) return `${layer.name} (${change}): not measured.`;
  const from = before ? `${percent(before.score)} before, ` : '';
  const unknown = what === 'recall' ? ' Precision is unknown: too few sentences are marked as reviewed.' : '';
  return `${layer.name} (${change}): ${what} ${from}${percent(after.score)} after, by ${measuredBy}.${unknown}`;
}

function fate({ run, verdict, modelId }: RunRecord, isUsed: boolean): string {
  if (isUsed) return `The model ${modelId} serves in this folder from now on (${run}).`;
  const why = verdict === 'worse' ? 'is worse than the old one, which stays' : 'is in the history';
  return `The model ${modelId} ${why} (${run}).`;
}
