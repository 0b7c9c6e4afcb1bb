import { appendFile, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as z from 'zod';
import { labelSchema } from '../../models/annotations/labelLine';
import { linesOf } from '../../models/data/lines';
import { writeFileAtomically } from '../../models/data/atomicFile';
import { localFolder } from '../workspace/workspacePaths';

const step = z.object({ path: z.string(), before: labelSchema.optional(), after: labelSchema.optional() });

/** The text of the project file before and after; null where there was none. */
const project = z.object({ before: z.string().nullable(), after: z.string().nullable() });

const entrySchema = z.union([
  z.object({
    do: z.string(),
    title: z.string(),
    time: z.string(),
    steps: z.array(step),
    project: project.optional(),
  }),
  z.object({ undo: z.string() }),
  z.object({ redo: z.string() }),
  z.object({ rename: z.object({ from: z.string(), to: z.string() }) }),
]);

type Entry = z.infer<typeof entrySchema>;

/** What one command did to the labels of one text or of many; undone and done again as a whole. */
export interface Transaction {
  readonly id: string;
  /** For a person: "Rename PER to PERSON". */
  readonly title: string;
  readonly time: string;
  readonly steps: readonly z.infer<typeof step>[];
  /** What it did to the project file. */
  readonly project?: ProjectChange;
}

/** The text of the project file before and after a change; null where there was none. */
export type ProjectChange = z.infer<typeof project>;

/** Sizes of the history file, in bytes: above the first it is cut down to the second, newest transactions first. */
const [MAX_SIZE, KEPT_SIZE] = [32 << 20, 16 << 20];

/**
 * What was done to the labels of a workspace and can be undone: a file that only grows, on this machine alone.
 * What cannot be read of it is skipped, for it is no work of a person that would be lost.
 */
export class History {
  readonly #file: string;
  #done: Transaction[] = [];
  #undone: Transaction[] = [];
  /** Lines that are not in the file yet. */
  #unwritten = '';

  /** @param root the workspace */
  constructor(root: string) {
    this.#file = path.join(localFolder(root), 'history.jsonl');
  }

  /** Reads the file, and cuts it down where it has grown large. */
  async load(): Promise<void> {
    const content = await readFile(this.#file, 'utf8').catch(() => '');
    for (const { text } of linesOf(content)) {
      const entry = readEntry(text);
      if (entry !== undefined) this.#follow(entry);
    }
    if (content.length > MAX_SIZE) await this.#compact();
  }

  /** The transaction that undo takes back next, in `path` or anywhere. */
  nextUndo(path?: string): Transaction | undefined {
    return lastTouching(this.#done, path);
  }

  /** The transaction that redo does again next. */
  nextRedo(path?: string): Transaction | undefined {
    return lastTouching(this.#undone, path);
  }

  /** Remembers what was done; what was undone in the same texts cannot be done again after it. */
  add({ id, steps, ...rest }: Transaction): void {
    this.#record({ do: id, ...rest, steps: [...steps] });
  }

  markUndone(id: string): void {
    this.#record({ undo: id });
  }

  markRedone(id: string): void {
    this.#record({ redo: id });
  }

  /** Follows a text or a folder of texts to its new name. */
  rename(from: string, to: string): void {
    const isThere = [...this.#done, ...this.#undone].some(({ steps }) =>
      steps.some((step) => renamedPath(step.path, from, to) !== step.path),
    );
    if (isThere) this.#record({ rename: { from, to } });
  }

  /** Appends what the file lacks. Only for who holds the lock. A failure keeps it for the next time. */
  async write(): Promise<void> {
    const lines = this.#unwritten;
    if (lines === '') return;
    try {
      await appendFile(this.#file, lines);
      this.#unwritten = this.#unwritten.slice(lines.length);
    } catch (error) {
      this.#unwritten = `\n${this.#unwritten}`; // part of a line may have been written
      throw error;
    }
  }

  #record(entry: Entry): void {
    this.#follow(entry);
    this.#unwritten += `${JSON.stringify(entry)}\n`;
  }

  #follow(entry: Entry): void {
    if ('do' in entry) {
      const { do: id, ...rest } = entry;
      const paths = new Set(rest.steps.map(({ path }) => path));
      this.#undone = this.#undone.filter((one) => !one.steps.some((step) => paths.has(step.path)));
      this.#done.push({ id, ...rest });
    } else if ('undo' in entry) [this.#done, this.#undone] = moved(this.#done, this.#undone, entry.undo);
    else if ('redo' in entry) [this.#undone, this.#done] = moved(this.#undone, this.#done, entry.redo);
    else {
      const { from, to } = entry.rename;
      const follow = (all: Transaction[]): Transaction[] => all.map((one) => renamed(one, from, to));
      [this.#done, this.#undone] = [follow(this.#done), follow(this.#undone)];
    }
  }

  async #compact(): Promise<void> {
    const lines: string[] = [];
    let size = 0;
    for (const { id, ...rest } of [...this.#done].reverse()) {
      const line = JSON.stringify({ do: id, ...rest });
      size += line.length;
      if (size > KEPT_SIZE && lines.length > 0) break;
      lines.push(line);
    }
    this.#done = this.#done.slice(this.#done.length - lines.length);
    this.#undone = [];
    await writeFileAtomically(this.#file, lines.reverse().join('\n') + '\n');
  }
}

function readEntry(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // a line that was cut off
  }
}

function lastTouching(all: readonly Transaction[], path: string | undefined): Transaction | undefined {
  // A change of the project concerns every text.
  const touches = ({ steps, project }: Transaction): boolean =>
    project !== undefined || steps.some((step) => step.path === path);
  return path === undefined ? all[all.length - 1] : [...all].reverse().find(touches);
}

function moved(from: Transaction[], to: Transaction[], id: string): [Transaction[], Transaction[]] {
  const one = from.find((transaction) => transaction.id === id);
  return one === undefined ? [from, to] : [from.filter((other) => other !== one), [...to, one]];
}

function renamed(transaction: Transaction, from: string, to: string): Transaction {
  const steps = transaction.steps.map((step) => ({ ...step, path: renamedPath(step.path, from, to) }));
  return { ...transaction, steps };
}

/** A path after the file or folder `from` has become `to`. */
export function renamedPath(path: string, from: string, to: string): string {
  return path === from ? to : path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
}

/** Makes the folder of local files, hidden from git. */
export async function hideLocalFolder(root: string): Promise<void> {
  await writeFile(path.join(localFolder(root), '.gitignore'), '*\n', { flag: 'wx' }).catch(() => undefined);
}
