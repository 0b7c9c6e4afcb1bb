import { realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { findAgain } from '../../models/annotations/findAgain';
import { sortLabels } from '../../models/annotations/sortLabels';
import { readTextFile, readingError } from '../../models/data/textFile';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { pathInside } from '../../models/data/workspaceWalls';
import { InputError } from '../../models/errors';
import type { CheckedLayer, CheckedText } from '../../models/lint/finding';
import { segment } from '../../models/text/segmenter';
import { annotatedTexts } from '../labelStore/annotatedTexts';
import { SidecarFile } from '../labelStore/sidecarFile';
import { readWorkspaceText } from '../workspace/textFiles';
import { sidecarOf } from '../workspace/workspacePaths';
import { projectRoot, textNameIn } from '../convert/projectRoot';
import { layersOf, readProject } from '../project/projectText';

/** Texts to check, with the layers of the project they belong to. */
export interface CheckedProject {
  readonly texts: readonly CheckedText[];
  readonly layers: readonly CheckedLayer[];
  /** What could not be read and was left out, by file and line. */
  readonly problems: readonly InputError[];
}

/**
 * Reads the labelled texts of files and folders, by project. Labels are found again in texts that changed.
 * @param places files, or folders with all labelled texts in them
 * What cannot be read of texts and annotations is left out and told.
 * @throws InputError where a place or the project file cannot be read
 */
export async function readProjects(places: readonly string[]): Promise<CheckedProject[]> {
  const asked = new Map<string, Map<string, () => Promise<string>>>(); // by root, then by name: what reads the text
  for (const place of places) {
    const isFolder = await stat(place).then(
      (found) => found.isDirectory(),
      (error: unknown) => {
        throw readingError(error, place);
      },
    );
    const root = projectRoot(place, isFolder ? place : path.dirname(place));
    const known = asked.get(root) ?? new Map<string, () => Promise<string>>();
    asked.set(root, known);
    if (!isFolder) {
      known.set(textNameIn(root, place), () => readTextFile(place));
      continue;
    }
    const inside = pathInside(root, path.resolve(place)) ?? pathInside(root, realpathSync(place)) ?? '';
    const prefix = inside === '' ? '' : `${inside.split(path.sep).join('/')}/`;
    const walls = new WorkspaceFiles(place);
    for (const name of await annotatedTexts(root))
      if (name.startsWith(prefix) && !known.has(name))
        known.set(name, () => readWorkspaceText(walls, name.slice(prefix.length)));
  }
  const projects: CheckedProject[] = [];
  for (const [root, known] of asked) {
    const layers = layersOf(await readProject(root)).map(({ labels, ...layer }): CheckedLayer => ({
      ...layer,
      labels: labels.map(({ name }) => name),
    }));
    const texts: CheckedText[] = [];
    const problems: InputError[] = [];
    for (const [name, read] of known) {
      try {
        texts.push(await readText(root, name, read, problems));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        problems.push(error);
      }
    }
    projects.push({ texts, layers, problems });
  }
  return projects;
}

/** A text with its labels; lines of its annotations that cannot be read are added to `problems`. */
async function readText(
  root: string,
  name: string,
  read: () => Promise<string>,
  problems: InputError[],
): Promise<CheckedText> {
  const document = path.relative(realpathSync('.'), path.join(realpathSync(root), ...name.split('/')));
  const sidecar = sidecarOf(root, name);
  const { labels, problems: ofLines } = await new SidecarFile(root, sidecar).read();
  problems.push(...ofLines);
  const text = await read().catch((error: unknown) => {
    if (error instanceof InputError && labels.length)
      throw new InputError(
        `The text of these annotations cannot be read: ${error.message}`,
        { file: sidecar },
        `Restore ${document}, or move its annotations to where it is now.`,
      );
    throw error;
  });
  const format = /\.(md|markdown)$/i.test(name) ? 'markdown' : 'plain';
  const found = findAgain(sortLabels(labels), text).map(({ label }) => label);
  return { document, text, sentences: segment(text, format), labels: found };
}
