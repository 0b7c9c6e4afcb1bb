import type { BigIntStats, Dirent } from 'node:fs';
import { type FileHandle, lutimes, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import * as path from 'node:path';
import { type AtomicFile, type AtomicWriting, createWhole, openAtomicFile, syncFolder } from './atomicFile';
import { isMissing, openToAppend, openUnblocked, readAtMost, readSlice, type SizeLimit } from './regularFile';
import { decodeText } from './textFile';
import { FileRefused, WorkspaceWalls } from './workspaceWalls';

/** How often a file may be replaced while it is being opened. */
const ATTEMPTS = 100;

/**
 * The one door to the files of a workspace that nobody named one by one: all below `.glossator`, and the texts that are
 * looked through unasked. A workspace may come from a stranger, so nothing leads out of it: below the root, which may
 * itself be reached by a link, no link is followed, only regular files are opened, and no more is read than a limit.
 *
 * Paths are absolute, or relative to the root. Each method throws `FileRefused` with one sentence at a link, at what is
 * neither file nor folder, and at a path outside; and the error of the file system where that fails.
 */
export class WorkspaceFiles {
  readonly #walls: WorkspaceWalls;

  /** @param root the workspace folder */
  constructor(root: string) {
    this.#walls = new WorkspaceWalls(root);
  }

  /** The workspace folder, links resolved. */
  get root(): string {
    return this.#walls.root;
  }

  /** All of a file; undefined where there is none. @throws InputError where it is larger than the limit */
  async read(file: string, limit: SizeLimit): Promise<Buffer | undefined> {
    return this.#reading(file, (handle, size, place) => readAtMost(handle, size, limit, place));
  }

  /** The text of a file, strictly UTF-8, as `read`. @throws InputError where it is binary or not UTF-8, too */
  async readText(file: string, limit: SizeLimit): Promise<string | undefined> {
    const bytes = await this.read(file, limit);
    return bytes && decodeText(bytes, this.#walls.place(file));
  }

  /** The end of a file, as many bytes as that at most; undefined where there is none. */
  async readEnd(file: string, bytes: number): Promise<Buffer | undefined> {
    return this.#reading(file, (handle, size) => {
      const length = Math.min(size, bytes);
      return readSlice(handle, size - length, length);
    });
  }

  /** What is known of a regular file without opening it; undefined where there is none. */
  async stat(file: string): Promise<BigIntStats | undefined> {
    return this.#walls.find(this.#walls.place(file), 'file');
  }

  /** Whether there is a folder. */
  async hasFolder(folder: string): Promise<boolean> {
    return (await this.#walls.find(this.#walls.place(folder), 'folder')) !== undefined;
  }

  /**
   * Begins a file that takes its name when it is whole; its folder is made.
   * What has the name then must be a regular file, or nothing.
   */
  async begin(file: string, writing?: AtomicWriting): Promise<AtomicFile> {
    const place = this.#walls.place(file);
    await this.makeFolder(path.dirname(place));
    await this.stat(place);
    const begun = await openAtomicFile(place, writing);
    return {
      ...begun,
      commit: (check) =>
        begun.commit(async () => {
          await this.stat(place);
          await check?.();
        }),
    };
  }

  /**
   * Writes a file whole or not at all, and forces it to disk.
   * @param check awaited before the file takes its name; where it throws, nothing is replaced
   */
  async write(
    file: string,
    content: string | Uint8Array,
    { check, ...writing }: AtomicWriting & { readonly check?: () => Promise<void> } = {},
  ): Promise<void> {
    const begun = await this.begin(file, writing);
    try {
      await begun.write(content);
      await begun.commit(check);
    } finally {
      await begun.abandon();
    }
  }

  /** Appends to a file, which is made where it is missing. One that has a second name elsewhere is refused. */
  async append(file: string, content: string): Promise<void> {
    const place = this.#walls.place(file);
    await this.makeFolder(path.dirname(place));
    await this.stat(place);
    const handle = await openToAppend(place);
    try {
      const opened = await handle.stat({ bigint: true });
      if (!(await this.#walls.isStill(place, opened)))
        throw new FileRefused(`${this.#walls.quoted(place)} was exchanged while it was being opened.`);
      if (opened.nlink > 1n)
        throw new FileRefused(
          `${this.#walls.quoted(place)} has a second name somewhere (a hard link), so nothing is appended to it.`,
          {},
          'Replace it by a copy.',
        );
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
  }

  /**
   * Makes a file with its content, unless there is one: of several processes that try, one succeeds.
   * @returns whether it was made
   */
  async create(file: string, content: string): Promise<boolean> {
    const place = this.#walls.place(file);
    if ((await this.stat(place)) !== undefined) return false;
    await this.makeFolder(path.dirname(place));
    return createWhole(place, content);
  }

  /** Removes a file, for good unless it is said otherwise; of a link, the link. Nothing happens where there is none. */
  async remove(file: string, { isForced = true }: AtomicWriting = {}): Promise<void> {
    const place = this.#walls.place(file);
    if (!(await this.hasFolder(path.dirname(place)))) return;
    await rm(place, { force: true });
    if (isForced) await syncFolder(path.dirname(place));
  }

  /** Removes a folder with all that is in it; of links, the links. */
  async removeFolder(folder: string): Promise<void> {
    const place = this.#walls.place(folder);
    if (place === this.root) throw new Error('The workspace itself is never removed');
    if (!(await this.hasFolder(path.dirname(place)))) return;
    await rm(place, { recursive: true, force: true });
  }

  /** Removes a folder that holds nothing. @returns false where it stays */
  async removeIfEmpty(folder: string): Promise<boolean> {
    const place = this.#walls.place(folder);
    if (place === this.root || !(await this.hasFolder(place))) return false;
    return rmdir(place).then(
      () => true,
      () => false,
    );
  }

  /** Gives a file or folder another name; the folder for it is made. What has that name is replaced as by `rename`. */
  async rename(from: string, to: string): Promise<void> {
    const [source, target] = [this.#walls.place(from), this.#walls.place(to)];
    await this.#walls.find(source, 'file or folder');
    await this.makeFolder(path.dirname(target));
    await this.#walls.find(target, 'file or folder');
    await rename(source, target);
    await syncFolder(path.dirname(target));
    if (path.dirname(source) !== path.dirname(target)) await syncFolder(path.dirname(source));
  }

  /** Makes a folder, and those above it; of the root none is made. */
  async makeFolder(folder: string): Promise<void> {
    const place = this.#walls.place(folder);
    if (await this.hasFolder(place)) return;
    const missing = (await this.#walls.missingFolder(place)) ?? place;
    if (missing === this.root)
      throw new FileRefused('The folder of the workspace is gone.', { file: missing }, 'Put it back.');
    await this.hasFolder(path.dirname(missing));
    const below = path.relative(missing, place).split(path.sep).filter(Boolean);
    for (let depth = 0; depth <= below.length; depth++) {
      const next = path.join(missing, ...below.slice(0, depth));
      await mkdir(next).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      await this.hasFolder(next); // before anything is made in it
    }
  }

  /** What is in a folder; nothing where there is none. */
  async list(folder: string): Promise<Dirent[]> {
    const place = this.#walls.place(folder);
    if (!(await this.hasFolder(place))) return [];
    return readdir(place, { withFileTypes: true }).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
  }

  /**
   * The regular files below a folder, by their paths from it with `/` between folders, always in the same order.
   * Links are passed over, and folders that may not be read.
   * @param enters says whether to look into a folder, from its path and what is in it
   */
  async *walk(
    folder: string,
    enters: (below: string, entries: readonly Dirent[]) => boolean = () => true,
  ): AsyncGenerator<string> {
    const queue = [''];
    for (let below = queue.shift(); below !== undefined; below = queue.shift()) {
      const entries =
        below === '' ? await this.list(folder) : await this.list(path.join(folder, below)).catch(() => []); // exchanged since, or not ours to read
      if (!enters(below, entries)) continue;
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const name = below === '' ? entry.name : `${below}/${entry.name}`;
        if (entry.isDirectory()) queue.push(name);
        else if (entry.isFile()) yield name;
      }
    }
  }

  /** Says of a file that it was used just now. */
  async touch(file: string): Promise<void> {
    const place = this.#walls.place(file);
    await this.stat(place);
    const now = new Date();
    await lutimes(place, now, now);
  }

  async #reading<T>(
    file: string,
    work: (handle: FileHandle, size: number, place: string) => Promise<T>,
  ): Promise<T | undefined> {
    const place = this.#walls.place(file);
    for (let attempt = 1; (await this.stat(place)) !== undefined; attempt++) {
      const handle = await openUnblocked(place, { followsLinks: false }).catch((error: unknown) => {
        if (isMissing(error) || (error as NodeJS.ErrnoException).code === 'ELOOP') return undefined;
        throw error;
      });
      try {
        const opened = await handle?.stat({ bigint: true });
        if (handle && opened?.isFile() && (await this.#walls.isStill(place, opened)))
          return await work(handle, Number(opened.size), place);
      } finally {
        await handle?.close();
      }
      if (attempt === ATTEMPTS)
        throw new FileRefused(`${this.#walls.quoted(place)} is replaced again and again.`);
    }
    return undefined;
  }
}
