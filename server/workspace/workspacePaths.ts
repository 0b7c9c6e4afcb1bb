import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathInside } from '../../models/data/workspaceWalls';
import { InputError } from '../../models/errors';

/** The folder of a workspace that holds everything Glossator writes into it. */
export const PROJECT_FOLDER = '.glossator';

const ANNOTATIONS = path.join(PROJECT_FOLDER, 'annotations');
const EXTENSION = '.jsonl';

/** The folder of what belongs to this machine alone; git ignores it. */
export function localFolder(root: string): string {
  return path.join(root, PROJECT_FOLDER, 'local');
}

/** The lock of whoever writes below `.glossator`. */
export function lockOf(root: string): string {
  return path.join(localFolder(root), 'lock');
}

/** The folder of all annotation files. */
export function annotationsFolder(root: string): string {
  return path.join(root, ANNOTATIONS);
}

/** Whether this is that folder, or one that holds it. */
export function isFolderOfAnnotations(root: string, folder: string): boolean {
  return [annotationsFolder(root), path.join(root, PROJECT_FOLDER)].includes(path.normalize(folder));
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
  const name = pathInside(root, file);
  if (name === undefined || name === '')
    throw new InputError(
      'The text is outside the workspace, where no labels can be kept.',
      { file },
      'Open its folder as the workspace, or move it into this one.',
    );
  if (isOwn(name.split(path.sep)[0])) throw new InputError("Glossator's own files take no labels.", { file });
  return name.split(path.sep).join('/');
}

/** Whether this names a text of a workspace, as `textNameOf` does: a path that leads neither out nor into our folder. */
export function isTextName(name: string): boolean {
  const parts = name.split('/');
  const isPart = (part: string): boolean => !['', '.', '..'].includes(part) && !NO_PART.test(part);
  return parts.every(isPart) && !isOwn(parts[0]);
}

/** What no name of a file holds on this system. */
const NO_PART = path.sep === '/' ? /\0/ : /[\0\\:]/;

/** Whether a name is that of our folder, on disks that tell small letters from capitals and on those that do not. */
const isOwn = (name: string): boolean => name.toLowerCase() === PROJECT_FOLDER;

/**
 * The annotation file of a text.
 * @throws InputError for what names no text
 */
export function sidecarOf(root: string, textName: string): string {
  if (!isTextName(textName))
    throw new InputError(`"${textName}" is not the name of a text in this workspace.`);
  return path.join(annotationsFolder(root), ...`${textName}${EXTENSION}`.split('/'));
}

/** The text that an annotation file belongs to, or undefined for another file. */
export function textNameOfSidecar(root: string, sidecar: string): string | undefined {
  const file = pathInside(annotationsFolder(root), path.normalize(sidecar));
  if (!file?.endsWith(EXTENSION)) return undefined;
  const name = file.slice(0, -EXTENSION.length).split(path.sep).join('/');
  return isTextName(name) ? name : undefined;
}
