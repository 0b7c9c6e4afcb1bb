import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { resolveSource } from '../../models/embedders/embedderSource';
import { pathInside } from '../../models/data/workspaceWalls';
import { InputError } from '../../models/errors';
import { projectFileOf, readProject } from './projectText';

/** What a project says, with absolute paths; what it leaves out is absent. */
export interface ProjectFile {
  readonly model?: string;
  readonly embedder?: string;
}

/** The path without links, as far as it exists. */
function realPath(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  const parent = path.dirname(file);
  return parent === file ? file : path.join(realPath(parent), path.basename(file));
}

/** Told from the names alone: a path on another machine is not even looked at. */
const isNamedInside = (folder: string, file: string): boolean =>
  [folder, realPath(folder)].some((one) => pathInside(one, file) !== undefined);

function isInside(folder: string, file: string): boolean {
  return isNamedInside(folder, file) && pathInside(realPath(folder), realPath(file)) !== undefined;
}

/** A path, and what is directly in it where it is a folder: a link there may lead elsewhere. */
function withFiles(place: string): string[] {
  if (!existsSync(place) || !statSync(place).isDirectory()) return [place];
  return [place, ...readdirSync(place).map((name) => path.join(place, name))];
}

/**
 * Reads the project file of a workspace folder that the user trusts. It came with the folder, perhaps from somebody
 * else, so it may only name what lies inside; the user's own settings may name any path.
 * @returns nothing where there is no such file
 * @throws InputError where it is no JSON, has a wrong value, or names a path that leads out of the folder
 */
export async function readProjectFile(folder: string): Promise<ProjectFile> {
  const file = projectFileOf(folder);
  const project = await readProject(folder);
  const inside = (name: 'model' | 'embedder', value: string | undefined): Record<string, string> => {
    if (!value) return {};
    if (isNamedInside(folder, path.resolve(folder, value))) {
      const resolved = name === 'embedder' ? resolveSource(value, folder) : path.resolve(folder, value);
      const parts = existsSync(resolved) ? [resolved] : resolved.split(',');
      if (parts.flatMap(withFiles).every((part) => isInside(folder, part))) return { [name]: resolved };
    }
    throw new InputError(
      `The ${name} "${value}" lies outside the workspace folder.`,
      { file },
      `Put it into the folder, or name it in the setting glossator.${name} in place of the project file.`,
    );
  };
  return { ...inside('model', project.model), ...inside('embedder', project.embedder) };
}
