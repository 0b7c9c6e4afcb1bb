import { realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { readTextFile, readingError } from '../../models/data/textFile';
import { pathInside } from '../../models/data/workspaceWalls';
import type { InputError } from '../../models/errors';
import type { CheckedLayer, CheckedText } from '../../models/lint/finding';
import { segment } from '../../models/text/segmenter';
import { formatOfFile } from '../../models/text/textFormat';
import { annotatedTexts } from '../labelStore/annotatedTexts';
import { type KnownOfText, type ReadText, type SkippedText, TextReader } from '../workspace/textReader';
import { projectRoot, textNameIn } from '../convert/projectRoot';
import { layersOf, readProject } from '../project/projectText';

/** Texts to check, with the layers of the project they belong to. */
export interface CheckedProject {
  readonly texts: readonly CheckedText[];
  readonly layers: readonly CheckedLayer[];
  /** What cannot be read, or whose text is gone. */
  readonly skipped: readonly SkippedText[];
  /** Lines of annotation files that cannot be read. */
  readonly problems: readonly InputError[];
}

/**
 * Reads the labelled texts of files and folders, by project. Labels are found again in texts that changed.
 * @param places files, or folders with all labelled texts in them
 * What cannot be read of texts and annotations is left out and told.
 * @throws InputError where a place or the project file cannot be read
 */
export async function readProjects(places: readonly string[]): Promise<CheckedProject[]> {
  const asked = new Map<string, Map<string, KnownOfText>>(); // by root, then by name
  for (const place of places) {
    const isFolder = await stat(place).then(
      (found) => found.isDirectory(),
      (error: unknown) => {
        throw readingError(error, place);
      },
    );
    const root = projectRoot(place, isFolder ? place : path.dirname(place));
    const known = asked.get(root) ?? new Map<string, KnownOfText>();
    asked.set(root, known);
    if (!isFolder) {
      known.set(textNameIn(root, place), { text: () => readTextFile(place) });
      continue;
    }
    const inside = pathInside(root, path.resolve(place)) ?? pathInside(root, realpathSync(place)) ?? '';
    const prefix = inside === '' ? '' : `${inside.split(path.sep).join('/')}/`;
    const walls = new TextReader(place);
    for (const name of await annotatedTexts(root))
      if (name.startsWith(prefix) && !known.has(name))
        known.set(name, { text: () => walls.textOf(name.slice(prefix.length)) });
  }
  const projects: CheckedProject[] = [];
  for (const [root, known] of asked) {
    const layers = layersOf(await readProject(root)).map(({ labels, ...layer }): CheckedLayer => ({
      ...layer,
      labels: labels.map(({ name }) => name),
    }));
    const texts: CheckedText[] = [];
    const skipped: SkippedText[] = [];
    const problems: InputError[] = [];
    const reader = new TextReader(root);
    for await (const read of reader.readEach(known, (one) => skipped.push(one))) {
      texts.push(checkedText(read, path.relative(realpathSync('.'), reader.fileOf(read.name))));
      problems.push(...read.problems);
    }
    projects.push({ texts, layers, skipped, problems });
  }
  return projects;
}

function checkedText({ name, text, labels }: ReadText, document: string): CheckedText {
  return { document, text, sentences: segment(text, formatOfFile(name)), labels };
}
