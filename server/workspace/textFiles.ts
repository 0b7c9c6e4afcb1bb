import { extname, join } from 'node:path';
import { textLimit } from '../../models/data/sizeLimits';
import type { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { InputError } from '../../models/errors';
import { TEXT_EXTENSIONS } from '../../models/text/textFormat';

/** Folders that hold none of the user's own texts. */
const FOREIGN = new Set(['node_modules', 'dist', 'out']);

/**
 * The texts of a workspace in some languages, by name, in the same order every time. Hidden folders, models, and what
 * lies behind a link are passed over.
 */
export async function* textFiles(
  files: WorkspaceFiles,
  languages: readonly string[],
): AsyncGenerator<string> {
  const extensions = new Set(languages.flatMap((language) => TEXT_EXTENSIONS[language] ?? []));
  if (extensions.size === 0) return;
  const isOwn = (folder: string): boolean => {
    const last = folder.slice(folder.lastIndexOf('/') + 1);
    return !last.startsWith('.') && !FOREIGN.has(last);
  };
  const enters: Parameters<WorkspaceFiles['walk']>[1] = (folder, entries) =>
    isOwn(folder) && !entries.some(({ name }) => name.endsWith('.safetensors')); // word lists of a model are no texts
  for await (const name of files.walk('.', enters))
    if (extensions.has(extname(name).toLowerCase())) yield name;
}

/**
 * A text of a workspace that nobody named.
 * @throws InputError where it is missing, too long, no text, or lies behind a link
 */
export async function readWorkspaceText(files: WorkspaceFiles, name: string): Promise<string> {
  const text = await files.readText(name, textLimit);
  if (text !== undefined) return text;
  throw new InputError(
    'There is no such file.',
    { file: join(files.root, name) },
    'Check its name and folder.',
  );
}
