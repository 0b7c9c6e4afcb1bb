import { realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { findAgain } from '../../models/annotations/findAgain';
import { sortLabels } from '../../models/annotations/sortLabels';
import { readTextFile, readingError } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import type { CheckedLayer, CheckedText } from '../../models/lint/finding';
import { segment } from '../../models/text/segmenter';
import { annotatedTexts } from '../labelStore/annotatedTexts';
import { SidecarFile } from '../labelStore/sidecarFile';
import { sidecarOf, textNameOf } from '../workspace/workspacePaths';
import { projectRoot } from '../convert/projectRoot';
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
  const files = new Map<string, Set<string>>(); // by root
  for (const place of places) {
    const isFolder = await stat(place).then(
      (found) => found.isDirectory(),
      (error: unknown) => {
        throw readingError(error, place);
      },
    );
    const real = realpathSync(place);
    const root = projectRoot(real, isFolder ? real : path.dirname(real));
    const known = files.get(root) ?? new Set<string>();
    files.set(root, known);
    if (!isFolder) known.add(textNameOf(root, real));
    else
      for (const name of await annotatedTexts(root)) {
        const inside = path.relative(real, path.join(root, name));
        if (inside !== '..' && !inside.startsWith(`..${path.sep}`)) known.add(name);
      }
  }
  const projects: CheckedProject[] = [];
  for (const [root, names] of files) {
    const layers = layersOf(await readProject(root)).map(({ labels, ...layer }): CheckedLayer => ({
      ...layer,
      labels: labels.map(({ name }) => name),
    }));
    const texts: CheckedText[] = [];
    const problems: InputError[] = [];
    for (const name of names) {
      try {
        texts.push(await readText(root, name, problems));
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
async function readText(root: string, name: string, problems: InputError[]): Promise<CheckedText> {
  const file = path.join(root, ...name.split('/'));
  const document = path.relative(realpathSync('.'), file);
  const sidecar = sidecarOf(root, name);
  const { labels, problems: ofLines } = await new SidecarFile(root, sidecar).read();
  problems.push(...ofLines);
  const text = await readTextFile(file).catch((error: unknown) => {
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
