import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { annotationsFolder, textNameOfSidecar } from '../workspace/workspacePaths';

/** The names of all texts of a workspace that have an annotation file, sorted. */
export async function annotatedTexts(root: string): Promise<string[]> {
  const folder = annotationsFolder(root);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .flatMap((entry) => textNameOfSidecar(root, path.join(entry.parentPath ?? entry.path, entry.name)) ?? [])
    .sort();
}
