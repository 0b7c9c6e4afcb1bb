import { type BigIntStats, realpathSync } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import * as path from 'node:path';
import { InputError } from '../errors';
import { isMissing, kindOf } from './regularFile';

/** Something in a workspace that Glossator neither reads nor writes nor deletes: a link, a pipe, a device. */
export class FileRefused extends InputError {}

/** What may stand at a place. */
export type Wanted = 'file' | 'folder';

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
    const isReached = place === this.root || (await realpath(folder).catch(() => undefined)) === folder;
    if (!isReached) await this.#lookDown(folder);
    const found = await lstatOf(place);
    if (found === undefined && isReached && place !== this.root) await this.#lookDown(folder); // it may be no folder
    if (found === undefined) return undefined;
    const isWanted = (wanted !== 'folder' && found.isFile()) || (wanted !== 'file' && found.isDirectory());
    if (!isWanted) throw this.#refusal(place, found, wanted);
    return found;
  }

  /** Makes sure that only folders are on the way to a folder, as far as there is one. */
  async #lookDown(folder: string): Promise<void> {
    let place = this.root;
    for (const part of path.relative(this.root, folder).split(path.sep)) {
      place = path.join(place, part);
      const found = await lstatOf(place);
      if (found === undefined) return;
      if (!found.isDirectory()) throw this.#refusal(place, found, 'folder');
    }
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

async function lstatOf(place: string): Promise<BigIntStats | undefined> {
  return lstat(place, { bigint: true }).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}
