import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { pathInside } from '../../models/data/workspaceWalls';
import { InputError } from '../../models/errors';
import { textNameOf } from '../workspace/workspacePaths';
import { Event } from '../event';
import { LabelFolder, type LabelPlace } from './labelFolder';

/** The folders of the workspace that keep labels. */
export class LabelFolders {
  readonly added = new Event<LabelFolder>();
  #folders: LabelFolder[] = [];
  #isTrusted = false;

  get all(): readonly LabelFolder[] {
    return this.#folders;
  }

  /** The folder whose project the client shows. */
  get first(): LabelFolder | undefined {
    return this.#folders[0];
  }

  /** The user trusts the workspace from now on. */
  async trust(): Promise<void> {
    this.#isTrusted = true;
    await Promise.all(this.#folders.map(({ project }) => project.trust()));
  }

  /** Takes in a folder; one that is not on this machine keeps no labels. */
  add(uri: string): void {
    const folder = pathOf(uri);
    if (folder === undefined || this.#folders.some((one) => one.path === folder)) return;
    let made: LabelFolder;
    try {
      made = new LabelFolder(folder, this.#isTrusted);
    } catch {
      return; // the folder is gone
    }
    this.#folders.push(made);
    this.added.fire(made);
  }

  /** Texts that are opened from now on keep no labels there. */
  remove(uri: string): void {
    const folder = pathOf(uri);
    this.#folders = this.#folders.filter((one) => one.path !== folder);
  }

  /**
   * Where the labels of a text are kept: of folders in each other, the inner one.
   * @throws InputError for a text that is not saved, or in none of the folders
   */
  place(uri: string): LabelPlace {
    let reason: Error | undefined;
    for (const folder of [...this.#folders].sort((a, b) => b.path.length - a.path.length)) {
      try {
        return { folder, name: textNameOf(folder.path, uri) };
      } catch (error) {
        reason = error as Error;
      }
    }
    if (reason !== undefined) throw reason;
    textNameOf('/', uri); // a text without a file has a clearer reason
    throw new InputError(
      'Labels are kept in the folder of the workspace, and none is open.',
      {},
      'Open the folder that holds the text.',
    );
  }

  /** The folder that holds a file or is it, with the file's path. */
  holding(uri: string): { readonly folder: LabelFolder; readonly file: string } | undefined {
    const file = pathOf(uri);
    if (file === undefined) return undefined;
    const holds = ({ path: folder }: LabelFolder): boolean => pathInside(folder, file) !== undefined;
    const inner = [...this.#folders].sort((a, b) => b.path.length - a.path.length).find(holds);
    return inner && { folder: inner, file };
  }
}

/** The URI of a text of a folder. */
export function uriOfText({ folder, name }: LabelPlace): string {
  return pathToFileURL(path.join(folder.path, ...name.split('/'))).href;
}

function pathOf(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    return path.resolve(fileURLToPath(uri));
  } catch {
    return undefined; // a share of another machine, where none can be
  }
}
