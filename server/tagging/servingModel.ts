import * as path from 'node:path';
import { InputError } from '../../models/errors';
import type { ModelHistory } from '../../models/retraining/modelHistory';
import { modelIdOf, modelRemedy } from '../../models/taggers/modelDirectory';

/** Directories of models that might serve in a folder. */
export interface ModelChoices {
  /** What a setting or a flag names: it counts before all else. */
  readonly chosen?: string;
  /** The retrained one in use, null for none: whoever retrains wants to see what came of it. */
  readonly retrained: string | null;
  /** What the project file names. */
  readonly project?: string;
  readonly builtIn: string;
}

/** The model that serves; the editor's server and the command line agree on it. */
export function servingModel({ chosen, retrained, project, builtIn }: ModelChoices): string {
  return chosen ?? retrained ?? project ?? builtIn;
}

/** The model that retraining starts from. */
export interface Origin {
  readonly directory: string;
  /** Whether a setting or a flag named it once: then later retrainings start from it, too. */
  readonly isChosen: boolean;
  /** Why it is not the model that the record of the retrained one names: one sentence for the user. */
  readonly refused?: string;
}

/**
 * The model that retraining starts from, and that serves where the retrained one cannot: what a setting or a flag names
 * or named when the retrained model was made; else what the project file names now; else the built-in one. What was
 * named then stands in a file of the workspace, which may come from a stranger: it counts where it lies in the workspace.
 */
export async function originModel(choices: ModelChoices, history: ModelHistory): Promise<Origin> {
  const { chosen, retrained, project, builtIn } = choices;
  const directory = chosen ?? retrained;
  const record = directory === null ? null : await history.recordOf(directory);
  if (chosen !== undefined && record === null) return { directory: path.resolve(chosen), isChosen: true };
  const usual: Origin = { directory: path.resolve(project ?? builtIn), isChosen: false };
  const { origin, isOriginChosen } = record?.settings ?? {};
  if (record === null || isOriginChosen !== true || typeof origin !== 'string') return usual;
  const named: Origin = { directory: path.resolve(history.root, origin), isChosen: true };
  if (named.directory === usual.directory || named.directory === path.resolve(builtIn)) return named;
  try {
    return (await history.hasModel(named.directory)) ? named : usual;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...usual, refused: refusalOf(record.run) };
  }
}

const refusalOf = (run: string): string =>
  `The run.json of the retrained model ${run} names a model outside this folder to start from, which is not used unless you name it in the setting glossator.model or with --base.`;

/**
 * One sentence where the retrained model that serves was made from another model than the one that would be taken now;
 * undefined where all is well.
 */
export async function otherOrigin(choices: ModelChoices, history: ModelHistory): Promise<string | undefined> {
  const { chosen, retrained, project } = choices;
  if (chosen !== undefined || retrained === null) return undefined;
  const record = await history.recordOf(retrained);
  const { directory, isChosen, refused } = await originModel(choices, history);
  if (refused !== undefined) return refused;
  const id = await modelIdOf(directory).catch((error: unknown) => {
    if (error instanceof InputError) return undefined; // nobody asked for it yet
    throw error;
  });
  if (record === null || id === undefined || record.baseId === id) return undefined;
  const now = isChosen
    ? `the one that lies in ${directory} now`
    : project === undefined
      ? 'the one built in now'
      : 'the one that the project file names now';
  return `The retrained model ${record.run} serves, which was made from another model than ${now}. Retrain to start from that one.`;
}

/**
 * What is said where the retrained model in use cannot be loaded.
 * @param why the sentence of whoever tried
 */
export function damageOf(retrained: string, why: string): string {
  const run = path.basename(retrained);
  const reason = why
    .replace(modelRemedy, '')
    .replace(`${retrained}${path.sep}`, '')
    .replace(`${retrained}: `, '');
  return `The retrained model ${run} cannot be loaded (${reason.trim().replace(/\.$/, '')}).`;
}
