import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { Label } from '../../models/annotations/label';
import type { MergedLabels } from '../../models/annotations/mergeLabels';
import { formatLabelLine } from '../../models/annotations/labelLine';
import { openAtomicFile } from '../../models/data/atomicFile';
import { decodeText } from '../../models/data/textFile';
import { formatSidecar, parseSidecar } from './sidecarText';
import { hasConflict, resolveConflict } from './resolveConflict';
import { checkInside } from '../workspace/workspacePaths';

/** Tells one content of a file from the next; empty where there is no file. */
export type FileStamp = string;

/** The labels in a file, and the stamp of what was read. */
export interface StoredLabels {
  readonly labels: readonly Label[];
  readonly stamp: FileStamp;
}

/** The annotation file changed between looking and writing; look again. */
export class ChangedMeanwhile extends Error {}

/** The annotation file of one text. */
export class SidecarFile {
  readonly #root: string;
  /** Lines by label: of thousands of labels one has changed since the last time. */
  readonly #lines = new WeakMap<Label, string>();

  /** @param root the workspace; `file` is in it */
  constructor(
    root: string,
    readonly file: string,
  ) {
    this.#root = root;
  }

  /** The stamp of the file as it is now. */
  async stamp(): Promise<FileStamp> {
    try {
      const { ino, size, mtimeNs } = await stat(this.file, { bigint: true });
      return `${ino} ${size} ${mtimeNs}`;
    } catch (error) {
      if (isMissing(error)) return '';
      throw error;
    }
  }

  /**
   * The labels in the file; none where there is no file.
   * @throws SidecarError where it cannot be read as annotations
   */
  async read(): Promise<StoredLabels> {
    for (;;) {
      const stamp = await this.stamp();
      if (stamp === '') return { labels: [], stamp };
      let bytes: Buffer;
      try {
        bytes = await readFile(this.file);
      } catch (error) {
        if (isMissing(error)) continue;
        throw error;
      }
      if ((await this.stamp()) !== stamp) continue; // it was being written
      return { labels: parseSidecar(decodeText(bytes, this.file), this.file), stamp };
    }
  }

  /**
   * Replaces the file as a whole; without labels there is none afterwards. When the promise resolves the labels
   * are on disk.
   * @param expected the stamp of what the labels were made from
   * @throws ChangedMeanwhile where the file is another one now, which then stays as it is
   */
  async write(labels: readonly Label[], expected: FileStamp): Promise<FileStamp> {
    await checkInside(this.#root, this.file);
    const check = async (): Promise<void> => {
      if ((await this.stamp()) !== expected) throw new ChangedMeanwhile();
    };
    if (labels.length === 0) {
      await check();
      await rm(this.file, { force: true });
    } else {
      await mkdir(path.dirname(this.file), { recursive: true });
      const file = await openAtomicFile(this.file);
      try {
        await file.write(formatSidecar(labels, (label) => this.#lineOf(label)));
        await file.commit(check);
      } finally {
        await file.abandon();
      }
    }
    await syncFolder(path.dirname(this.file));
    return this.stamp();
  }

  /** True where git left conflict markers in the file. */
  async hasConflict(): Promise<boolean> {
    return (await this.stamp()) !== '' && hasConflict(decodeText(await readFile(this.file), this.file));
  }

  /**
   * Merges by id the two sides that git left in the file; undefined where it has no conflict. For who holds the lock.
   * @throws SidecarError where a side cannot be read, and ChangedMeanwhile; the file then stays as it is
   */
  async mergeSides(): Promise<MergedLabels | undefined> {
    const stamp = await this.stamp();
    if (stamp === '') return undefined;
    const content = decodeText(await readFile(this.file), this.file);
    if (!hasConflict(content)) return undefined;
    const merged = resolveConflict(content, this.file);
    await this.write(merged.labels, stamp);
    return merged;
  }

  #lineOf(label: Label): string {
    const line = this.#lines.get(label) ?? formatLabelLine(label);
    this.#lines.set(label, line);
    return line;
  }

  /** Removes temporary files that a killed program left beside this one. Only for who holds the lock. */
  async sweep(): Promise<void> {
    const [folder, name] = [path.dirname(this.file), path.basename(this.file)];
    for (const entry of await readdir(folder).catch(() => []))
      if (entry.startsWith(`.${name}.`) && entry.endsWith('.tmp'))
        await rm(path.join(folder, entry), { force: true });
  }
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Forces a rename or a removal to disk, where the system can do that. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Windows has no such thing; the rename itself is safe there.
  } finally {
    await handle?.close();
  }
}
