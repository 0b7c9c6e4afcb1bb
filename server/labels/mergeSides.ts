import { readFile } from 'node:fs/promises';
import { InputError } from '../../models/errors';
import { resolveConflict } from '../labelStore/resolveConflict';
import { SidecarFile } from '../labelStore/sidecarFile';
import { textNameOfSidecar } from '../workspace/workspacePaths';
import type { LabelFolders } from './labelFolders';

/**
 * Merges by id the two sides of an annotation file that git could not, and writes it.
 * @throws InputError where it is no annotation file of the workspace, and SidecarError where a side cannot be read
 */
export async function mergeSides(folders: LabelFolders, uri: string): Promise<void> {
  const held = folders.holding(uri);
  const name = held && textNameOfSidecar(held.folder.path, held.file);
  if (held === undefined || name === undefined)
    throw new InputError('This is no annotation file of the workspace.', { file: uri });
  const sidecar = new SidecarFile(held.folder.path, held.file);
  const stamp = await sidecar.stamp();
  const { labels } = resolveConflict(await readFile(held.file, 'utf8'), held.file);
  await sidecar.write(labels, stamp);
  await held.folder.store.reload(name);
}
