import { existsSync, realpathSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { findAgain } from '../../models/annotations/findAgain';
import { sortLabels } from '../../models/annotations/sortLabels';
import { writeFileAtomically } from '../../models/data/atomicFile';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import type { AnnotatedText, TextLabel, TextLayer } from '../../models/formats/annotatedText';
import { fileStem } from '../../models/formats/documentNames';
import { prepareLabels } from '../../models/formats/prepare';
import { type Choices, Report } from '../../models/formats/report';
import { segment } from '../../models/text/segmenter';
import { LabelStore } from '../annotations/labelStore';
import { SidecarFile } from '../annotations/sidecarFile';
import { sidecarOf, textNameOf } from '../annotations/workspacePaths';

/** Layers whose labels stand on single tokens, in projects that do not say it. */
const TOKEN_LAYERS = ['pos', 'upos', 'xpos'];

/**
 * A text of a project with its labels, found again where the text has changed since. Labels that a person must look at
 * first are left out, and reported by whoever writes the text in another format.
 * @param layers the project's, where it has any
 * @throws InputError where text or annotations cannot be read
 */
export async function readProjectText(
  root: string,
  file: string,
  layers: readonly TextLayer[] = [],
): Promise<AnnotatedText> {
  const text = await readTextFile(file);
  const name = textNameOf(root, realpathSync(file));
  const stored = await new SidecarFile(root, sidecarOf(root, name)).read();
  const found = findAgain(sortLabels(stored.labels), text).map(({ label }) => label);
  const standing = found.filter(({ review }) => review === undefined);
  const kinds = new Map(layers.map((layer) => [layer.name, layer]));
  const names = [...new Set(standing.map(({ layer }) => layer))];
  const format = /\.(md|markdown)$/i.test(file) ? 'markdown' : 'plain';
  const more = standing.length < found.length ? ['sets of labels that wait for review'] : [];
  return {
    name: fileStem(file),
    text,
    sentences: segment(text, format),
    layers: names.map((layer): TextLayer => {
      const kind = TOKEN_LAYERS.includes(layer) ? 'token' : 'span';
      return kinds.get(layer) ?? { name: layer, kind };
    }),
    labels: standing,
    source: { format: 'glossator', raw: '', labels: standing, more },
  };
}

/** A text to bring into a project. */
export interface ImportedText {
  /** The text's file. */
  readonly file: string;
  readonly text: string;
  readonly labels: readonly TextLabel[];
}

/**
 * What documents become in a folder of a project: a `.txt` each, with the labels that the project's own format holds.
 * Nothing is written yet.
 */
export function planImport(
  documents: readonly AnnotatedText[],
  folder: string,
  choices: Choices,
): { readonly texts: readonly ImportedText[]; readonly report: Report } {
  const report = new Report();
  const holds = {
    ...{
      layers: true,
      notes: true,
      confidence: true,
      annotators: true,
      rejected: true,
      wholeCharacters: true,
    },
    format: 'glossator' as const,
  };
  const texts = documents.map((document) => ({
    file: path.join(folder, `${document.name}.txt`),
    text: document.text,
    labels: prepareLabels(document, holds, choices, report),
  }));
  return { texts, report };
}

/**
 * Writes texts and adds their labels, which a later undo takes back. A label that is there already is not added again.
 * @param annotator who stands for labels that name nobody
 * @throws InputError where a file exists with another text, before anything is written
 */
export async function importTexts(
  root: string,
  texts: readonly ImportedText[],
  annotator: string,
): Promise<void> {
  for (const { file, text } of texts)
    if (existsSync(file) && (await readTextFile(file)) !== text)
      throw new InputError(
        'The file exists with another text, which its labels would not fit.',
        { file },
        'Name another folder with --out.',
      );
  for (const { file, text } of texts) {
    await mkdir(path.dirname(file), { recursive: true });
    if (!existsSync(file)) await writeFileAtomically(file, text);
  }
  const annotators = new Set(
    texts.flatMap(({ labels }) => labels.map((label) => label.annotator ?? annotator)),
  );
  for (const who of annotators) {
    const store = new LabelStore(root, { annotator: () => who });
    for (const { file, text, labels } of texts) {
      const own = labels.filter((label) => (label.annotator ?? annotator) === who);
      if (own.length) await addLabels(store, file, text, own);
    }
  }
}

async function addLabels(
  store: LabelStore,
  file: string,
  text: string,
  labels: readonly TextLabel[],
): Promise<void> {
  const name = store.name(realpathSync(file));
  const document = await store.open(name, text);
  const keyOf = ({ layer, label, start, end, state = 'confirmed' }: TextLabel): string =>
    JSON.stringify([layer, label, start, end, state]);
  const known = new Set(document.live.labels.map(keyOf));
  const fresh = labels.filter((label) => !known.has(keyOf(label)));
  if (fresh.length)
    await store.apply(
      name,
      `Import ${fresh.length} label${fresh.length === 1 ? '' : 's'}`,
      fresh.map(({ layer, label, start, end, state, note, confidence }) => ({
        kind: 'add',
        label: { layer, label, start, end, state, note, confidence },
      })),
    );
  await store.close(name);
}
