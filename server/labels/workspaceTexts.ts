import { findAgain } from '../../models/annotations/findAgain';
import type { Label } from '../../models/annotations/label';
import { sortLabels } from '../../models/annotations/sortLabels';
import { textLimit } from '../../models/data/sizeLimits';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { InputError } from '../../models/errors';
import { textFiles } from '../workspace/textFiles';
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

/** Texts that are looked through at most. */
const MOST_TEXTS = 5000;

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
  const files = new WorkspaceFiles(folder.path);
  for await (const name of namesIn(folder, files, languages)) {
    if (names.has(name)) continue;
    if (names.add(name).size > MOST_TEXTS) return;
    const read = await readText(folder, files, name, maxLength);
    if (read !== undefined) yield read;
  }
}

/** An open text, as the editor has it. */
export function openText({ document, place, labels }: OpenText): TextWithLabels {
  return { uri: document.uri, version: document.version, name: place.name, text: document.text, labels };
}

async function* namesIn(
  folder: LabelFolder,
  files: WorkspaceFiles,
  languages: readonly string[],
): AsyncGenerator<string> {
  yield* await folder.store.texts().catch((error: unknown) => {
    if (error instanceof InputError) return []; // told to whoever opens a text
    throw error;
  });
  yield* textFiles(files, languages);
}

async function readText(
  folder: LabelFolder,
  files: WorkspaceFiles,
  name: string,
  maxLength: number,
): Promise<TextWithLabels | undefined> {
  try {
    const text = await files.readText(name, {
      ...textLimit,
      bytes: Math.min(textLimit.bytes, 4 * maxLength),
    });
    if (text === undefined) return undefined;
    const labels = findAgain(sortLabels(await folder.store.labelsOf(name)), text).map(({ label }) => label);
    return { uri: uriOfText({ folder, name }), name, text, labels };
  } catch (error) {
    if (error instanceof InputError || isForbidden(error)) return undefined;
    throw error;
  }
}

const isForbidden = (error: unknown): boolean =>
  ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
