import type { StillMine } from '../../models/data/fileLock';
import { readProjectText, writeProjectText } from './projectText';
import type { ProjectChange } from '../labelStore/history';

/**
 * Writes the project file as a change of labels wants it.
 * @param root the workspace
 * @returns false, and nothing is written, where somebody has changed the file since
 */
export async function changeProjectFile(
  root: string,
  { before, after }: ProjectChange,
  stillMine?: StillMine,
): Promise<boolean> {
  if (((await readProjectText(root)) ?? null) !== before) return false;
  await writeProjectText(root, after ?? undefined, stillMine);
  return true;
}
