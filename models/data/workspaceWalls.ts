import { type BigIntStats, constants, realpathSync } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';
import * as path from 'node:path';
import { InputError } from '../errors';
import { isMissing, kindOf } from './regularFile';

/** Something in a workspace that Glossator neither reads nor writes nor deletes: a link, a pipe, a device. */
export class FileRefused extends InputError {}

/** What may stand at a place. */
export type Wanted = 'file' | 'folder';

/** From so many folders on a path is asked for by a handle: the C library looks at each folder, from the root on. */
const MANY_FOLDERS = 50;
/** Opens a folder only to ask where it is, on Linux. Node does not name this flag. */
const O_PATH = 0x200000;

/** Where a workspace ends: outside of its folder, and at every link below it. */
export class WorkspaceWalls {
  readonly #named: string;
  #real: string | undefined;

  /** @param root the workspace folder */
  constructor(root: string) {
    this.#named = path.resolve(root);
  }

  /** The workspace folder, links resolved. */
  get root(): string {
    try {
      return (this.#real ??= realpathSync(this.#named));
    } catch (error) {
      if (isMissing(error)) return this.#named; // it may come yet
      throw error;
    }
  }

  /** The place of a file below the real root. @throws FileRefused for a path outside */
  place(file: string): string {
    for (const base of [this.#named, this.root]) {
      const name = pathInside(base, path.resolve(base, file));
      if (name !== undefined && !name.includes('\0')) return path.join(this.root, name);
    }
    throw new FileRefused(
      `"${file}" lies outside the workspace, where Glossator touches nothing.`,
      {},
      'Put it into the workspace folder.',
    );
  }

  /** What is at a place; undefined where there is nothing. @throws FileRefused where it is something else */
  async find(place: string, wanted: Wanted | 'file or folder'): Promise<BigIntStats | undefined> {
    const folder = path.dirname(place);
    const isReached = place === this.root || (await realPathOf(folder)) === folder;
    if (!isReached) await this.missingFolder(folder);
    const found = await lstatOf(place);
    if (found === undefined && isReached && place !== this.root) await this.#isFolder(folder); // it may be no folder
    if (found === undefined) return undefined;
    const isWanted = (wanted !== 'folder' && found.isFile()) || (wanted !== 'file' && found.isDirectory());
    if (!isWanted) throw this.#refusal(place, found, wanted);
    return found;
  }

  /**
   * The first folder that is missing on the way from the root to a folder, itself included; undefined where all are
   * there. It is looked for by halves: what is behind a missing one is missing, too.
   * @throws FileRefused where something else than a folder is on the way
   */
  async missingFolder(folder: string): Promise<string | undefined> {
    const parts = path.relative(this.root, folder).split(path.sep).filter(Boolean);
    const upTo = (count: number): string => path.join(this.root, ...parts.slice(0, count));
    let [there, missing] = [-1, parts.length + 1];
    while (missing - there > 1) {
      const middle = (there + missing) >> 1;
      if (await lstat(upTo(middle)).catch(() => undefined)) there = middle;
      else missing = middle; // or behind a link that leads nowhere
    }
    if (there > 0 && (await realPathOf(upTo(there))) !== upTo(there))
      for (let count = 1; count < there; count++) await this.#isFolder(upTo(count));
    if (there > 0) await this.#isFolder(upTo(there));
    return missing > parts.length ? undefined : upTo(missing);
  }

  /** Whether there is a folder. @throws FileRefused where there is something else, a link among them */
  async #isFolder(place: string): Promise<boolean> {
    const found = await lstatOf(place);
    if (found !== undefined && !found.isDirectory()) throw this.#refusal(place, found, 'folder');
    return found !== undefined;
  }

  /** Whether what was opened is the file that a place leads to without links. */
  async isStill(place: string, opened: BigIntStats): Promise<boolean> {
    const found = await this.find(place, 'file');
    return found?.ino === opened.ino && found.dev === opened.dev;
  }

  /** A place as sentences name it: from the root on, with `/`. */
  quoted(place: string): string {
    return `"${path.relative(this.root, place).split(path.sep).join('/')}"`;
  }

  #refusal(place: string, found: BigIntStats, wanted: string): FileRefused {
    const is = found.isSymbolicLink()
      ? 'is a link; Glossator follows no links there.'
      : `is ${kindOf(found)}, not a ${wanted}.`;
    return new FileRefused(`${this.quoted(place)} ${is}`, {}, `Replace it by a ${wanted}.`);
  }
}

/** The path of a file from a folder that holds it, empty for the folder itself; undefined for one outside. */
export function pathInside(folder: string, file: string): string | undefined {
  const name = path.relative(folder, file);
  const isOutside = name === '..' || name.startsWith(`..${path.sep}`) || path.isAbsolute(name);
  return isOutside ? undefined : name;
}

/** What a folder is called without links; undefined where it cannot be reached. */
async function realPathOf(folder: string): Promise<string | undefined> {
  const isDeep = process.platform === 'linux' && folder.split(path.sep).length > MANY_FOLDERS;
  const real = isDeep ? await pathByHandle(folder).catch(() => undefined) : undefined;
  return real ?? realpath(folder).catch(() => undefined);
}

/** The same, from the system's own list of what is open. */
async function pathByHandle(folder: string): Promise<string> {
  const handle = await open(folder, O_PATH | constants.O_DIRECTORY);
  try {
    return await readlink(`/proc/self/fd/${handle.fd}`);
  } finally {
    await handle.close();
  }
}

async function lstatOf(place: string): Promise<BigIntStats | undefined> {
  return lstat(place, { bigint: true }).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}
