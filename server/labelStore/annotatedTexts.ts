import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { annotationsFolder, textNameOfSidecar } from '../workspace/workspacePaths';

/**
 * The names of all texts of a workspace that have an annotation file, sorted.
 * @throws InputError where the folder of annotations is a link or no folder
 */
export async function annotatedTexts(root: string): Promise<string[]> {
  const files = new WorkspaceFiles(root);
  const folder = annotationsFolder(files.root);
  const names: string[] = [];
  for await (const file of files.walk(folder)) {
    const name = textNameOfSidecar(files.root, `${folder}/${file}`);
    if (name !== undefined) names.push(name);
  }
  return names.sort();
}
