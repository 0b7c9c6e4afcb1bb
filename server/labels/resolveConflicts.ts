import type { ResolvedConflict } from '../protocol/annotationFiles';
import { textNameOfSidecar } from '../workspace/workspacePaths';
import type { LabelFolder } from './labelFolder';
import { type LabelFolders, uriOfText } from './labelFolders';

/**
 * Merges by id annotation files that git left with conflict markers.
 * @param uri a text or an annotation file: only that one is merged where it has markers; else all are
 * @throws SidecarError where a side cannot be read
 */
export async function resolveConflicts(folders: LabelFolders, uri?: string): Promise<ResolvedConflict[]> {
  const asked = uri === undefined ? undefined : placeOf(folders, uri);
  const only = asked && (await resolve(asked.folder, asked.name));
  if (only !== undefined) return [only];
  const resolved: ResolvedConflict[] = [];
  for (const folder of folders.all)
    for (const name of await folder.store.texts()) {
      const one = await resolve(folder, name);
      if (one !== undefined) resolved.push(one);
    }
  return resolved;
}

function placeOf(folders: LabelFolders, uri: string): { folder: LabelFolder; name: string } | undefined {
  const held = folders.holding(uri);
  if (held === undefined) return undefined;
  const name = textNameOfSidecar(held.folder.path, held.file);
  return name === undefined ? folders.place(uri) : { folder: held.folder, name };
}

async function resolve(folder: LabelFolder, name: string): Promise<ResolvedConflict | undefined> {
  const merged = await folder.store.resolveConflict(name);
  if (merged === undefined) return undefined;
  const { labels, conflicts } = merged;
  return { uri: uriOfText({ folder, name }), name, labels: labels.length, undecided: conflicts.length };
}
