import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import type { Label } from '../../models/annotations/label';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { InputError } from '../../models/errors';
import type { RetrainingText } from '../../models/retraining/retrainingText';
import { segment } from '../../models/text/segmenter';
import { formatOfFile, TEXT_EXTENSIONS } from '../../models/text/textFormat';
import { annotatedTexts } from '../labelStore/annotatedTexts';
import { textFiles } from '../workspace/textFiles';
import { type SkippedText, TextReader } from '../workspace/textReader';
import { sidecarOf } from '../workspace/workspacePaths';

/** Texts without labels that are read, too: the model before teaches what it knows on them. */
const unlabelledTexts = 50;
const longestText = 1_000_000;
/** Of each of them this many code units: a hundred of their sentences are used, of all texts together. */
const sampleLength = 10_000;
const languages = Object.keys(TEXT_EXTENSIONS);

/** What is learnt from, and what is left out. */
export interface RetrainingTexts {
  readonly texts: readonly RetrainingText[];
  readonly skipped: readonly SkippedText[];
  /** Lines of annotation files that cannot be read. */
  readonly problems: readonly InputError[];
}

/**
 * The texts of a folder with their labels, found again where a text has changed: all that have labels, and some others.
 * @throws InputError where there is no such folder
 */
export async function readRetrainingTexts(folder: string): Promise<RetrainingTexts> {
  const root = await realpath(folder).catch(() => {
    throw new InputError('There is no such folder.', { file: folder }, 'Check its name.');
  });
  const files = new WorkspaceFiles(root);
  const reader = new TextReader(root);
  const labelled = await annotatedTexts(root);
  const [texts, others]: RetrainingText[][] = [[], []];
  const skipped: SkippedText[] = [];
  const problems: InputError[] = [];
  for (const name of labelled) {
    try {
      const { labels, problems: ofLines, lineOf } = await reader.stored(name);
      problems.push(...ofLines);
      const read = await reader.read(name, { labels });
      const sidecar = path.relative(root, sidecarOf(root, name));
      texts.push(textOf(name, read.text, read.labels, ({ id }) => `${sidecar}:${lineOf.get(id) ?? 1}`));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      skipped.push({ name, error });
    }
  }
  const seen = new Set(labelled);
  for await (const name of textFiles(files, languages)) {
    if (others.length >= unlabelledTexts) break;
    if (seen.has(name)) continue;
    const text = await reader.textOf(name).catch(() => undefined);
    if (text !== undefined && text.length <= longestText)
      others.push(textOf(name, sampleOf(text), [], () => name));
  }
  return { texts: [...texts, ...others], skipped, problems };
}

function textOf(
  name: string,
  text: string,
  labels: readonly Label[],
  placeOf: RetrainingText['placeOf'],
): RetrainingText {
  return { name, text, sentences: segment(text, formatOfFile(name)), labels, placeOf };
}

/** The beginning of a text, up to the end of a paragraph, or of a line, where there is one. */
function sampleOf(text: string): string {
  if (text.length <= sampleLength) return text;
  const end = [/\r?\n[ \t]*\r?\n/g, /\r?\n/g, /\s/g]
    .map((pattern) => [...text.slice(0, sampleLength).matchAll(pattern)].at(-1)?.index)
    .find((at) => at !== undefined);
  return text.slice(0, end ?? sampleLength);
}
