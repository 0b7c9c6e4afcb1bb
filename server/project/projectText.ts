import * as path from 'node:path';
import { parseJson } from '../../models/data/parseJson';
import { tooLarge } from '../../models/data/regularFile';
import { projectLimit } from '../../models/data/sizeLimits';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { InputError } from '../../models/errors';
import { defaultLayers } from './defaultLayers';
import { type Project, type ProjectLayer, projectSchema } from './projectSchema';

/** The project file of a workspace folder. */
export function projectFileOf(root: string): string {
  return path.join(root, '.glossator', 'project.json');
}

/**
 * Reads the text of a project file.
 * @throws InputError where it is too large, is no JSON, or has a wrong value
 */
export function parseProject(text: string, file: string): Project {
  const size = Buffer.byteLength(text);
  if (size > projectLimit.bytes) throw tooLarge(size, projectLimit, file);
  let json: unknown;
  try {
    json = parseJson(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new InputError(`The project file is not JSON: ${(error as Error).message}.`, { file });
  }
  const parsed = projectSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue.path.join('.') || 'the top';
  throw new InputError(`The project file is wrong at "${where}": ${issue.message}.`, { file });
}

/** A project as the text of its file. */
export function formatProject(project: Project): string {
  return `${JSON.stringify(project, null, 2)}\n`;
}

/**
 * The text of the project file, or undefined where there is none.
 * @throws InputError where it may not be read, is no plain file, or no text
 */
export async function readProjectText(root: string): Promise<string | undefined> {
  const files = new WorkspaceFiles(root);
  return files.readText(projectFileOf(files.root), projectLimit).catch((error: unknown) => {
    if (error instanceof InputError) throw error;
    throw new InputError(
      'The project file cannot be read.',
      { file: projectFileOf(root) },
      'Check who may read it.',
    );
  });
}

/**
 * The project of a workspace folder; an empty one where there is no file.
 * @throws InputError as `parseProject`
 */
export async function readProject(root: string): Promise<Project> {
  const text = await readProjectText(root);
  return text === undefined ? {} : parseProject(text, projectFileOf(root));
}

/**
 * Writes the project file; without a text it removes it.
 * @param check awaited just before; where it throws, nothing is written
 */
export async function writeProjectText(
  root: string,
  text: string | undefined,
  check?: () => Promise<void>,
): Promise<void> {
  const files = new WorkspaceFiles(root);
  const file = projectFileOf(files.root);
  if (text !== undefined) return files.write(file, text, { check });
  await check?.();
  await files.remove(file);
}

/** The layers of a project: its own, or the default ones. */
export function layersOf(project: Project): readonly ProjectLayer[] {
  return project.layers ?? defaultLayers;
}
