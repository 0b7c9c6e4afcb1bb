import { InputError } from '../../models/errors';
import type { MovedAnnotations } from '../protocol/annotationFiles';
import { placeOfMoved } from '../workspace/movedTexts';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { textFiles } from '../workspace/textFiles';
import { TextReader } from '../workspace/textReader';
import type { LabelFolder } from './labelFolder';
import { uriOfText } from './labelFolders';

/**
 * Labels of a folder whose texts are no longer in their places, each with the text that it seems to have become.
 * @param languages those that texts are written in
 * @param only looked at as a text that one may have become; left out: all that have no labels of their own
 */
export async function movedAnnotations(
  folder: LabelFolder,
  languages: readonly string[],
  only?: string,
): Promise<MovedAnnotations[]> {
  const reader = new TextReader(folder.path);
  const annotated = await folder.store.texts();
  const gone: string[] = [];
  for (const name of annotated) if (!(await reader.hasText(name))) gone.push(name);
  if (gone.length === 0) return [];
  const candidates = only === undefined ? await withoutLabels(folder, languages, annotated) : [only];
  const moved: MovedAnnotations[] = [];
  for (const name of gone) {
    const labels = await folder.store.labelsOf(name).catch((error: unknown) => {
      if (error instanceof InputError) return undefined; // told where its file is looked at
      throw error;
    });
    if (labels === undefined || labels.length === 0) continue;
    const place = await placeOfMoved(name, labels, candidates, reader);
    moved.push({
      ...{ uri: uriOfText({ folder, name }), name, labels: labels.length },
      ...(place === undefined ? {} : { found: { uri: uriOfText({ folder, name: place }), name: place } }),
    });
  }
  return moved;
}

async function withoutLabels(
  folder: LabelFolder,
  languages: readonly string[],
  annotated: readonly string[],
): Promise<string[]> {
  const taken = new Set(annotated);
  const names: string[] = [];
  for await (const name of textFiles(new WorkspaceFiles(folder.path), languages))
    if (!taken.has(name)) names.push(name);
  return names;
}
