import * as path from 'node:path';
import type { Label } from '../../models/annotations/label';
import { formatLabelLine, labelSchema } from '../../models/annotations/labelLine';
import type { StillMine } from '../../models/data/fileLock';
import { sidecarLimit } from '../../models/data/sizeLimits';
import { readingError } from '../../models/data/textFile';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { InputError } from '../../models/errors';
import { Slices } from '../slices';
import { hasConflict, type MergedSides, resolveConflict } from './resolveConflict';
import {
  formatSidecar,
  type ParsedSidecar,
  parsingSidecar,
  type SidecarContent,
  SidecarError,
} from './sidecarText';

/** Tells one content of a file from the next; empty where there is no file. */
export type FileStamp = string;

/** The text of a file, and the stamp of what was read. */
export interface StoredText {
  readonly text: string;
  readonly stamp: FileStamp;
}

/** What was read of a file, and its stamp. */
export interface StoredLabels extends ParsedSidecar {
  readonly stamp: FileStamp;
}

/** The annotation file changed between looking and writing; look again. */
export class ChangedMeanwhile extends Error {}

/** The annotation file of one text. */
export class SidecarFile {
  readonly #files: WorkspaceFiles;
  /** Lines by label: of thousands of labels one has changed since the last time. */
  readonly #lines = new WeakMap<Label, string>();

  /** @param root the workspace; `file` is in it */
  constructor(
    root: string,
    readonly file: string,
  ) {
    this.#files = new WorkspaceFiles(root);
  }

  /**
   * The stamp of the file as it is now.
   * @throws SidecarError where it is no plain file
   */
  async stamp(): Promise<FileStamp> {
    return this.#asked(async () => {
      const found = await this.#files.stat(this.file);
      return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeNs}`;
    });
  }

  /**
   * The labels in the file; none where there is no file.
   * @throws SidecarError where it cannot be read as annotations
   */
  async read(): Promise<StoredLabels> {
    const { text, stamp } = await this.readText();
    return { ...(await new Slices().all(parsingSidecar(text, this.file))), stamp };
  }

  /**
   * What the file says; nothing where there is no file.
   * @throws SidecarError where it may not be read, or is no text
   */
  async readText(): Promise<StoredText> {
    return this.#asked(async () => {
      for (;;) {
        const stamp = await this.stamp();
        if (stamp === '') return { text: '', stamp };
        const text = await this.#files.readText(this.file, sidecarLimit);
        if (text !== undefined && (await this.stamp()) === stamp) return { text, stamp };
      } // else it was being written
    });
  }

  /**
   * Replaces the file as a whole; without labels there is none afterwards. When the promise resolves the labels
   * are on disk.
   * @param expected the stamp of what the labels were made from
   * @param stillMine throws where the lock was lost, and then nothing is written
   * @throws ChangedMeanwhile where the file is another one now, which then stays as it is
   */
  async write(
    { labels, unread }: SidecarContent,
    expected: FileStamp,
    stillMine?: StillMine,
  ): Promise<FileStamp> {
    const check = async (): Promise<void> => {
      await stillMine?.();
      if ((await this.stamp()) !== expected) throw new ChangedMeanwhile();
    };
    if (labels.length === 0 && unread.length === 0) {
      await check();
      await this.#files.remove(this.file);
    } else {
      const content = formatSidecar(labels, (label) => this.#lineOf(label) ?? '', unread);
      checkSize(content, this.file);
      await this.#files.write(this.file, content, { check });
    }
    return this.stamp();
  }

  /** True where git left conflict markers in the file. */
  async hasConflict(): Promise<boolean> {
    return hasConflict((await this.readText()).text);
  }

  /**
   * Merges by id the two sides that git left in the file; undefined where it has no conflict. For who holds the lock.
   * @throws SidecarError where a side cannot be read, and ChangedMeanwhile; the file then stays as it is
   */
  async mergeSides(stillMine?: StillMine): Promise<MergedSides | undefined> {
    const { text, stamp } = await this.readText();
    if (!hasConflict(text)) return undefined;
    const merged = resolveConflict(text, this.file);
    await this.write(merged, stamp, stillMine);
    return merged;
  }

  /** Whether the line of a label could be read again. */
  holds(label: Label): boolean {
    return this.#lineOf(label) !== undefined;
  }

  #lineOf(label: Label): string | undefined {
    const known = this.#lines.get(label);
    if (known !== undefined || !labelSchema.safeParse(label).success) return known;
    const line = formatLabelLine(label);
    this.#lines.set(label, line);
    return line;
  }

  /** What cannot be read is a fault of the annotation file, which is never written over then. */
  async #asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      const error = readingError(thrown, this.file);
      if (error instanceof SidecarError || !(error instanceof InputError)) throw error;
      throw new SidecarError('unreadable', error.message, { file: this.file, ...error.place }, error.remedy);
    }
  }
}

/** @throws InputError for a file that would be too large to read */
function checkSize(content: string, file: string): void {
  if (Buffer.byteLength(content) > sidecarLimit.bytes)
    throw new InputError(
      `The annotation file would be larger than ${sidecarLimit.bytes >> 20} MB.`,
      { file },
      sidecarLimit.remedy,
    );
}

/**
 * Removes temporary files that killed programs left beside annotation files; a folder is listed once, however many of
 * its files are asked for. Only for who holds the lock.
 */
export async function sweepBeside(root: string, sidecars: Iterable<string>): Promise<void> {
  const files = new WorkspaceFiles(root);
  const names = new Map<string, Set<string>>();
  for (const file of sidecars) {
    const folder = path.dirname(file);
    names.set(folder, (names.get(folder) ?? new Set<string>()).add(path.basename(file)));
  }
  for (const [folder, known] of names)
    for (const { name } of await files.list(folder).catch(() => [])) {
      const sidecar = /^\.(.+)\.[^.]+\.tmp$/.exec(name)?.[1] ?? '';
      if (known.has(sidecar)) await files.remove(path.join(folder, name));
    }
}
