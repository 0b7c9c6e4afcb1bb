import { readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { findAgain } from '../../models/annotations/findAgain';
import type { Label } from '../../models/annotations/label';
import { sortLabels } from '../../models/annotations/sortLabels';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import type { LabelFolder } from './labelFolder';
import { uriOfText } from './labelFolders';
import type { OpenText } from './openText';
import type { OpenLabels } from './openLabels';

/** A text with its labels at their places in it. */
export interface TextWithLabels {
  readonly uri: string;
  /** Of an open document. */
  readonly version?: number;
  readonly name: string;
  readonly text: string;
  readonly labels: readonly Label[];
}

/** File name extensions of the languages that texts are written in. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  plaintext: ['.txt', '.text'],
  markdown: ['.md', '.markdown'],
  latex: ['.tex'],
  restructuredtext: ['.rst'],
  asciidoc: ['.adoc', '.asciidoc'],
};
/** Texts that are looked through at most; folders that hold none of the user's own. */
const MOST_TEXTS = 5000;
const FOREIGN = new Set(['node_modules', 'dist', 'out']);

/**
 * Reads the texts of a folder one by one, those that are open first, as the editor has them. What cannot be read is
 * left out.
 * @param languages texts in these languages, beside those that are annotated or open; none for those alone
 * @param maxLength longer texts are left out, in code units
 */
export async function* workspaceTexts(
  folder: LabelFolder,
  open: OpenLabels,
  languages: readonly string[],
  maxLength: number,
): AsyncGenerator<TextWithLabels> {
  const names = new Set<string>();
  for (const text of open.all) {
    if (text.place.folder !== folder) continue;
    names.add(text.place.name);
    yield openText(text);
  }
  const extensions = languages.flatMap((language) => EXTENSIONS[language] ?? []);
  for await (const name of namesIn(folder, extensions)) {
    if (names.has(name)) continue;
    if (names.add(name).size > MOST_TEXTS) return;
    const read = await readText(folder, name, maxLength);
    if (read !== undefined) yield read;
  }
}

/** An open text, as the editor has it. */
export function openText({ document, place, labels }: OpenText): TextWithLabels {
  return { uri: document.uri, version: document.version, name: place.name, text: document.text, labels };
}

async function* namesIn(folder: LabelFolder, extensions: readonly string[]): AsyncGenerator<string> {
  yield* await folder.store.texts();
  if (extensions.length === 0) return;
  const queue = [''];
  for (let below = queue.shift(); below !== undefined; below = queue.shift()) {
    const entries = await readdir(path.join(folder.path, below), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith('.') && !FOREIGN.has(entry.name)) queue.push(name);
      if (entry.isFile() && extensions.includes(path.extname(entry.name).toLowerCase())) yield name;
    }
  }
}

async function readText(
  folder: LabelFolder,
  name: string,
  maxLength: number,
): Promise<TextWithLabels | undefined> {
  const file = path.join(folder.path, ...name.split('/'));
  try {
    if ((await stat(file)).size > 4 * maxLength) return undefined;
    const text = await readTextFile(file);
    const labels = findAgain(sortLabels(await folder.store.labelsOf(name)), text).map(({ label }) => label);
    return { uri: uriOfText({ folder, name }), name, text, labels };
  } catch (error) {
    if (error instanceof InputError || isGone(error)) return undefined;
    throw error;
  }
}

const isGone = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '');
