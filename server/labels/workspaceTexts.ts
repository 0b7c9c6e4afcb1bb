import type { Label } from '../../models/annotations/label';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { InputError } from '../../models/errors';
import { textFiles } from '../workspace/textFiles';
import { type SkippedText, TextReader } from '../workspace/textReader';
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
 * Reads the texts of a folder one by one, those that are open first, as the editor has them. One that cannot be read is
 * told to `skip`, and the others go on.
 * @param languages texts in these languages, beside those that are annotated or open; none for those alone
 * @param maxLength longer texts are left out, in code units
 */
export async function* workspaceTexts(
  folder: LabelFolder,
  open: OpenLabels,
  languages: readonly string[],
  maxLength: number,
  skip?: (skipped: SkippedText) => void,
): AsyncGenerator<TextWithLabels> {
  const names = new Set<string>();
  for (const text of open.all) {
    if (text.place.folder !== folder) continue;
    names.add(text.place.name);
    yield openText(text);
  }
  const reader = new TextReader(folder.path);
  const files = new WorkspaceFiles(folder.path);
  for await (const name of namesIn(folder, files, languages)) {
    if (names.has(name)) continue;
    if (names.add(name).size > MOST_TEXTS) return;
    try {
      const read = await reader.read(name, { labels: await folder.store.labelsOf(name) });
      if (read.text.length <= maxLength) yield { uri: uriOfText({ folder, name }), ...read };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      skip?.({ name, error });
    }
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
