import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../models/errors';

/** The folder of a workspace that holds everything Glossator writes into it. */
export const PROJECT_FOLDER = '.glossator';

const ANNOTATIONS = path.join(PROJECT_FOLDER, 'annotations');
const EXTENSION = '.jsonl';

/** The folder of what belongs to this machine alone; git ignores it. */
export function localFolder(root: string): string {
  return path.join(root, PROJECT_FOLDER, 'local');
}

/** The folder of all annotation files. */
export function annotationsFolder(root: string): string {
  return path.join(root, ANNOTATIONS);
}

/**
 * A text's path relative to the workspace, with `/` between folders.
 * @param text a `file:` URI or a path
 * @throws InputError for texts that are not saved, not in the workspace, or Glossator's own
 */
export function textNameOf(root: string, text: string): string {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1].toLowerCase();
  if (scheme === 'untitled')
    throw new InputError('A text without a file cannot keep labels.', { file: text }, 'Save it first.');
  if (scheme !== undefined && scheme !== 'file')
    throw new InputError('Only texts in files on this machine can keep labels.', { file: text });
  const file = path.resolve(root, scheme === 'file' ? fileURLToPath(text) : text);
  const name = path.relative(root, file);
  if (name === '' || name === '..' || name.startsWith(`..${path.sep}`) || path.isAbsolute(name))
    throw new InputError(
      'The text is outside the workspace, where no labels can be kept.',
      { file },
      'Open its folder as the workspace, or move it into this one.',
    );
  if (name.split(path.sep)[0] === PROJECT_FOLDER)
    throw new InputError("Glossator's own files take no labels.", { file });
  return name.split(path.sep).join('/');
}

/** The annotation file of a text. */
export function sidecarOf(root: string, textName: string): string {
  return path.join(annotationsFolder(root), ...`${textName}${EXTENSION}`.split('/'));
}

/** The text that an annotation file belongs to, or undefined for another file. */
export function textNameOfSidecar(root: string, sidecar: string): string | undefined {
  const name = path.relative(annotationsFolder(root), sidecar);
  if (name.startsWith('..') || path.isAbsolute(name) || !name.endsWith(EXTENSION)) return undefined;
  return name.slice(0, -EXTENSION.length).split(path.sep).join('/');
}

/**
 * Makes sure that a file to be written lies in the workspace even when links are followed.
 * @throws InputError where a link leads out of it
 */
export async function checkInside(root: string, file: string): Promise<void> {
  const inside = await realpath(root);
  for (let folder = path.dirname(file); folder.startsWith(root); folder = path.dirname(folder)) {
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined) continue;
    if (real === inside || real.startsWith(inside + path.sep)) return;
    throw new InputError(
      'A link leads out of the workspace here, so nothing is written.',
      { file: folder },
      'Replace the link by a folder.',
    );
  }
}
