import { existsSync, realpathSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { writeFileAtomically } from '../../models/data/atomicFile';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import type { TextLabel } from '../../models/formats/annotatedText';
import type { LabelOperation } from '../labelStore/labelOperation';
import type { ProjectChange } from '../labelStore/history';
import type { LabelStore } from '../labelStore/labelStore';
import { addLayer } from '../project/projectEdits';
import type { ProjectLayer } from '../project/projectSchema';
import {
  formatProject,
  layersOf,
  parseProject,
  projectFileOf,
  readProjectText,
} from '../project/projectText';

/** A text to bring into a project. */
export interface ImportedText {
  /** The text's file. */
  readonly file: string;
  readonly text: string;
  readonly labels: readonly TextLabel[];
}

/**
 * Writes texts and adds their labels, as one step of undo. A label that is there already is not added again.
 * @param store of the project that the texts go into
 * @param annotator who stands for labels that name nobody
 * @param layers made in the project where it does not have them, in the same step
 * @throws InputError where a text is there with other words, before anything is written
 */
export async function importTexts(
  store: LabelStore,
  texts: readonly ImportedText[],
  annotator: string,
  layers: readonly ProjectLayer[] = [],
): Promise<void> {
  for (const { file, text } of texts) {
    if (existsSync(file) && (await readTextFile(file)) !== text)
      throw new InputError(
        'The file exists with another text, which its labels would not fit.',
        { file },
        'Name another folder.',
      );
    const open = existsSync(file) ? store.get(store.name(realpathSync(file))) : undefined;
    if (open?.isOpen && open.live.text !== text) throw openWithChanges(file);
  }
  for (const { file, text } of texts) {
    await mkdir(path.dirname(file), { recursive: true });
    if (!existsSync(file)) await writeFileAtomically(file, text);
  }
  const held = texts.map(({ file, text, labels }) => {
    const lease = store.hold(store.name(realpathSync(file)));
    return { lease, file, text, labels };
  });
  try {
    for (const { lease, text } of held) {
      await lease.read;
      lease.document.readText(text);
    }
    const operations = new Map<string, LabelOperation[]>();
    for (const { lease, file, text, labels } of held) {
      const { name, live, problem } = lease.document;
      if (problem !== undefined) throw problem;
      if (live.text !== text) throw openWithChanges(file);
      const added = additions(labels, live.labels, annotator);
      if (added.length > 0) operations.set(name, [...(operations.get(name) ?? []), ...added]);
    }
    const count = [...operations.values()].reduce((sum, all) => sum + all.length, 0);
    const project = await withLayers(store.root, layers);
    if (count > 0 || project !== undefined)
      await store.applyAll(`Import ${count} label${count === 1 ? '' : 's'}`, operations, project);
  } finally {
    for (const { lease } of held) lease.release();
  }
}

/** The project file with layers that it does not have; undefined where it has all. */
async function withLayers(root: string, layers: readonly ProjectLayer[]): Promise<ProjectChange | undefined> {
  const before = (await readProjectText(root)) ?? null;
  const project = before === null ? {} : parseProject(before, projectFileOf(root));
  const missing = layers.filter(({ name }) => !layersOf(project).some((layer) => layer.name === name));
  if (missing.length === 0) return undefined;
  const after = missing.reduce((edited, layer) => addLayer(edited, layer).project, project);
  return { before, after: formatProject(after) };
}

function openWithChanges(file: string): InputError {
  return new InputError('The text is open with unsaved changes.', { file }, 'Save it first.');
}

function additions(
  labels: readonly TextLabel[],
  present: readonly TextLabel[],
  annotator: string,
): LabelOperation[] {
  const keyOf = ({ layer, label, start, end, state = 'confirmed' }: TextLabel, by?: string): string =>
    JSON.stringify([layer, label, start, end, state, ...(by === undefined ? [] : [by])]);
  // Two annotators who agree gave two labels; one that names nobody is anybody's.
  const known = new Set(present.flatMap((label) => [keyOf(label), keyOf(label, label.annotator)]));
  return labels
    .filter((label) => !known.has(keyOf(label, label.annotator)))
    .map(({ layer, label, start, end, state, note, confidence, annotator: who = annotator }) => ({
      kind: 'add',
      label: { layer, label, start, end, state, note, confidence, annotator: who },
    }));
}
