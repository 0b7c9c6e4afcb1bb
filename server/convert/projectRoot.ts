import { existsSync, realpathSync } from 'node:fs';
import * as path from 'node:path';
import { pathInside } from '../../models/data/workspaceWalls';
import { PROJECT_FOLDER, textNameOf } from '../workspace/workspacePaths';

/**
 * The project that a file or folder belongs to: the nearest folder above that has a `.glossator`, or `fallback`. The
 * path is followed as it is written, since editors keep labels under it; then as links lead.
 */
export function projectRoot(place: string, fallback: string): string {
  const real = (file: string): string => (existsSync(file) ? realpathSync(file) : path.resolve(file));
  return rootAbove(path.resolve(place)) ?? rootAbove(real(place)) ?? real(fallback);
}

/**
 * The name of a text in the project that it belongs to.
 * @throws InputError where it can have none
 */
export function textNameIn(root: string, file: string): string {
  const isInside = pathInside(root, path.resolve(file)) !== undefined;
  return textNameOf(root, isInside ? path.resolve(file) : realpathSync(file));
}

function rootAbove(place: string): string | undefined {
  for (let folder = place; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, PROJECT_FOLDER))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}
