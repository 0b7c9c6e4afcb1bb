import * as path from 'node:path';
import * as z from 'zod';
import { labelSchema } from '../../models/annotations/labelLine';
import type { StillMine } from '../../models/data/fileLock';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { Event } from '../event';
import { Slices } from '../slices';
import { isTextName, localFolder } from '../workspace/workspacePaths';

/** A history from elsewhere may name any path; those outside of the workspace are none. */
const textName = z.string().refine(isTextName);

const step = z.object({ path: textName, before: labelSchema.optional(), after: labelSchema.optional() });

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
  z.object({ rename: z.object({ from: textName, to: textName }) }),
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

/** How long the history file may grow, how much is left of it then, and how much of it is read, in bytes. */
export interface HistorySizes {
  readonly most: number;
  readonly kept: number;
}

const SIZES: HistorySizes = { most: 32 << 20, kept: 16 << 20 };
const LINE_FEED = 0x0a;

/**
 * What was done to the labels of a workspace and can be undone: a file that only grows, on this machine alone.
 * What cannot be read of it is skipped, for it is no work of a person that would be lost; of one that grew beyond all
 * measure, the newest part is read.
 */
export class History {
  /** Why the file could not be read. */
  readonly failed = new Event<unknown>();
  readonly #files: WorkspaceFiles;
  readonly #file: string;
  readonly #sizes: HistorySizes;
  #done: Transaction[] = [];
  #undone: Transaction[] = [];
  /** Lines that are not in the file yet. */
  #unwritten = '';
  /** The file is cut down when it is longer than this. */
  #most: number;

  /** @param root the workspace */
  constructor(root: string, sizes = SIZES) {
    this.#files = new WorkspaceFiles(root);
    this.#file = path.join(localFolder(this.#files.root), 'history.jsonl');
    this.#sizes = sizes;
    this.#most = sizes.most;
  }

  /**
   * Reads the file, a little at a time. Where it cannot be read, what is done from now on can be undone all the same.
   */
  async load(): Promise<void> {
    const bytes = await this.#end(this.#sizes.most).catch((error: unknown) => this.failed.fire(error));
    if (!bytes) return;
    const slices = new Slices();
    for (let start = 0; start < bytes.length;) {
      const lineFeed = bytes.indexOf(LINE_FEED, start);
      const end = lineFeed < 0 ? bytes.length : lineFeed;
      const entry = readEntry(bytes.toString('utf8', start, end));
      if (entry !== undefined) this.#follow(entry);
      start = end + 1;
      await slices.breathe();
    }
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

  /**
   * Appends what the file lacks, and cuts it down where it has grown long. Only for who holds the lock. A failure keeps
   * it for the next time.
   */
  async write(stillMine?: StillMine): Promise<void> {
    const lines = this.#unwritten;
    if (lines === '') return;
    await stillMine?.();
    try {
      await this.#files.append(this.#file, lines);
      this.#unwritten = this.#unwritten.slice(lines.length);
    } catch (error) {
      this.#unwritten = `\n${this.#unwritten}`; // part of a line may have been written
      throw error;
    }
    await this.#cutDown(stillMine);
  }

  /** A long file is no reason not to save a label: where it cannot be cut down, it grows a while before the next try. */
  async #cutDown(check?: StillMine): Promise<void> {
    const size = Number((await this.#files.stat(this.#file))?.size ?? 0);
    if (size <= this.#most) return;
    try {
      const kept = await this.#end(this.#sizes.kept);
      if (kept !== undefined) await this.#files.write(this.#file, kept, { check });
      this.#most = this.#sizes.most;
    } catch {
      this.#most = size + this.#sizes.kept;
    }
  }

  /** The last whole lines of the file, in so many bytes. */
  async #end(bytes: number): Promise<Buffer | undefined> {
    const size = Number((await this.#files.stat(this.#file))?.size ?? 0);
    const end = await this.#files.readEnd(this.#file, bytes);
    if (end === undefined || size <= bytes) return end;
    const lineFeed = end.indexOf(LINE_FEED);
    return lineFeed < 0 ? undefined : end.subarray(lineFeed + 1);
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

/** Makes the folder of local files, hidden from git where that is possible. */
export async function hideLocalFolder(root: string): Promise<void> {
  const files = new WorkspaceFiles(root);
  const ignore = path.join(localFolder(files.root), '.gitignore');
  await files.makeFolder(path.dirname(ignore));
  const isThere = await files.stat(ignore).catch(() => true);
  if (isThere === undefined) await files.write(ignore, '*\n').catch(() => undefined);
}
