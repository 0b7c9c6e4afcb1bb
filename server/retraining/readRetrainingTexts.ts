import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import { findAgain } from '../../models/annotations/findAgain';
import type { Label } from '../../models/annotations/label';
import { sortLabels } from '../../models/annotations/sortLabels';
import { textLimit } from '../../models/data/sizeLimits';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { InputError } from '../../models/errors';
import type { RetrainingText } from '../../models/retraining/retrainingText';
import { segment } from '../../models/text/segmenter';
import { annotatedTexts } from '../labelStore/annotatedTexts';
import { SidecarFile } from '../labelStore/sidecarFile';
import { readWorkspaceText, textFiles } from '../workspace/textFiles';
import { sidecarOf } from '../workspace/workspacePaths';

/** Texts without labels that are read, too: the model before teaches what it knows on them. */
const unlabelledTexts = 50;
const longestText = 1_000_000;
/** Of each of them this many code units: a hundred of their sentences are used, of all texts together. */
const sampleLength = 10_000;
const languages = ['plaintext', 'markdown'];

/**
 * The texts of a folder with their labels, found again where a text has changed: all that have labels, and some others.
 * @throws InputError where a labelled text or its annotations cannot be read
 */
export async function readRetrainingTexts(folder: string): Promise<RetrainingText[]> {
  const root = await realpath(folder).catch(() => {
    throw new InputError('There is no such folder.', { file: folder }, 'Check its name.');
  });
  const files = new WorkspaceFiles(root);
  const labelled = await annotatedTexts(root);
  const texts: RetrainingText[] = [];
  for (const name of labelled) texts.push(await readLabelled(files, name));
  const seen = new Set(labelled);
  for await (const name of textFiles(files, languages)) {
    if (texts.length >= labelled.length + unlabelledTexts) break;
    if (seen.has(name)) continue;
    const text = await files.readText(name, textLimit).catch(() => undefined);
    if (text !== undefined && text.length <= longestText)
      texts.push(textOf(name, sampleOf(text), [], () => name));
  }
  return texts;
}

async function readLabelled(files: WorkspaceFiles, name: string): Promise<RetrainingText> {
  const { root } = files;
  const sidecar = sidecarOf(root, name);
  const { labels: stored } = await new SidecarFile(root, sidecar).read();
  const text = await readWorkspaceText(files, name).catch((error: unknown) => {
    if (error instanceof InputError)
      throw new InputError(
        `The text of these annotations cannot be read: ${error.message}`,
        { file: sidecar },
        `Restore ${name}, or move its annotations to where it is now.`,
      );
    throw error;
  });
  const sorted = sortLabels(stored);
  const lines = new Map(sorted.map(({ id }, index) => [id, index + 2])); // the first line is the header
  const labels = findAgain(sorted, text).map(({ label }) => label);
  return textOf(name, text, labels, ({ id }) => `${path.relative(root, sidecar)}:${lines.get(id) ?? 1}`);
}

function textOf(
  name: string,
  text: string,
  labels: readonly Label[],
  placeOf: RetrainingText['placeOf'],
): RetrainingText {
  const format = /\.(md|markdown)$/i.test(name) ? 'markdown' : 'plain';
  return { name, text, sentences: segment(text, format), labels, placeOf };
}

/** The beginning of a text, up to the end of a paragraph, or of a line, where there is one. */
function sampleOf(text: string): string {
  if (text.length <= sampleLength) return text;
  const end = [/\r?\n[ \t]*\r?\n/g, /\r?\n/g, /\s/g]
    .map((pattern) => [...text.slice(0, sampleLength).matchAll(pattern)].at(-1)?.index)
    .find((at) => at !== undefined);
  return text.slice(0, end ?? sampleLength);
}
