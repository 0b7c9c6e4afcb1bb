import * as path from 'node:path';
import * as z from 'zod';
import { type StillMine, withFileLock } from '../data/fileLock';
import { parseJson } from '../data/parseJson';
import { recordLimit } from '../data/sizeLimits';
import type { WorkspaceFiles } from '../data/workspaceFiles';
import { InputError } from '../errors';
import { isRunName } from './newRun';

const run = z.string().refine(isRunName, 'names no model of this folder');

/** What it does not know is kept, for newer versions. */
const choiceSchema = z.looseObject({
  format: z.literal('glossator-models').default('glossator-models'),
  version: z.number().default(1),
  current: run.nullable().default(null),
  /** What served before; it is kept so that one step back is always possible. */
  previous: run.nullable().default(null),
  pinned: z.array(run).default([]),
});

/** `current.json`: which of the retrained models of a folder serves, and which are kept. */
export type ModelChoice = z.infer<typeof choiceSchema>;

export const noChoice: ModelChoice = choiceSchema.parse({});

/**
 * The file `current.json`, which the editor's server and the command line read and write. Whoever changes it reads and
 * writes it under a lock, so that no change of another program is lost.
 */
export class ModelChoiceFile {
  readonly #files: WorkspaceFiles;
  readonly #file: string;
  /** The lock of whoever changes it. */
  readonly lock: string;

  /** @param folder that of the models */
  constructor(files: WorkspaceFiles, folder: string) {
    this.#files = files;
    this.#file = path.join(folder, 'current.json');
    this.lock = path.join(folder, 'current.lock');
  }

  /** @throws InputError where the file cannot be read, or says something else */
  async read(): Promise<ModelChoice> {
    const text = await this.#files.readText(this.#file, recordLimit);
    if (text === undefined) return noChoice;
    const found = choiceSchema.safeParse(jsonIn(text));
    if (found.success) return found.data;
    const [{ path: where, message }] = found.error.issues;
    throw new InputError(
      where.length === 0
        ? 'The file does not say which model is in use.'
        : `The entry "${where.join('.')}" is wrong: ${message}.`,
      { file: this.#file },
      'Mend it, or delete it: then the original model is used.',
    );
  }

  /** Changes it: `change` gives what it is to be, and may do what nobody else is to do meanwhile. */
  async change(change: (choice: ModelChoice) => Promise<ModelChoice>): Promise<void> {
    await this.locked(async (choice, check) => {
      const changed = await change(choice);
      if (changed !== choice)
        await this.#files.write(this.#file, `${JSON.stringify(changed, null, 2)}\n`, { check });
    });
  }

  /** Does `work` while nobody changes it. */
  async locked<T>(work: (choice: ModelChoice, stillMine: StillMine) => Promise<T>): Promise<T> {
    return withFileLock(this.#files, this.lock, async (stillMine) => work(await this.read(), stillMine));
  }
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
