import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import type { AnnotatedText, FormatName } from '../../models/formats/annotatedText';
import type { ReadOptions } from '../../models/formats/format';
import { annotationFormat } from '../../models/formats/formats';
import { type RecognizedFormat, isTextFile, recognizeFormat } from '../../models/formats/recognizeFormat';
import { refuseDocBin } from '../../models/formats/spacy';
import { layersOf, readProject } from '../project/projectText';
import { readStandardInput } from '../standardStreams';
import { sidecarOf } from '../workspace/workspacePaths';
import { projectRoot, textNameIn } from './projectRoot';
import { readAnnotatedText } from './projectTexts';

export interface InputOptions extends ReadOptions {
  readonly from?: FormatName;
}

/** What was read from a file. */
export interface ReadInput extends RecognizedFormat {
  readonly documents: readonly AnnotatedText[];
}

/**
 * The documents of a file. A text with labels in a project is a text, whatever it looks like.
 * @param file a path, or "-" for standard input
 * @throws InputError where it cannot be read, or its format is not clear
 */
export async function readInput(file: string, { from, ...options }: InputOptions): Promise<ReadInput> {
  const isStandard = file === '-';
  const name = isStandard ? 'standard input' : file;
  const isDeclared = from === undefined && options.columns !== undefined;
  const told = from ?? (isDeclared ? 'conll2003' : undefined);
  const chosen = told && { format: told, why: 'as you said' };
  if (/\.spacy$/i.test(file)) refuseDocBin(file);
  if (from === 'brat' && !isStandard)
    return {
      ...{ format: 'brat', why: 'as you said' },
      documents: await readPair(file.replace(/\.txt$/i, '.ann'), options),
    };
  const text = isStandard ? await readStandardInput() : await readTextFile(file);
  const recognized =
    chosen ?? (isTextFile(file) ? labelledIn(file) : undefined) ?? recognizeFormat(name, text);
  const { format } = recognized;
  if (isStandard && (format === 'glossator' || format === 'brat'))
    throw new InputError(`The format ${format} needs files.`, {}, 'Name them instead of "-".');
  if (format === 'glossator') {
    const root = projectRoot(file, path.dirname(file));
    const layers = layersOf(await readProject(root));
    return { ...recognized, documents: [await readAnnotatedText(root, file, layers)] };
  }
  if (format === 'brat') return { ...recognized, documents: await readPair(file, options) };
  return { ...recognized, documents: annotationFormat(format).read({ name, text }, options) };
}

/** A text that has labels in a project. */
function labelledIn(file: string): RecognizedFormat | undefined {
  const root = projectRoot(file, path.dirname(file));
  try {
    const hasLabels = existsSync(sidecarOf(root, textNameIn(root, file)));
    return hasLabels ? { format: 'glossator', why: 'by its labels in the project' } : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined; // it can have no labels
    throw error;
  }
}

/** A brat file with the text it speaks of. */
async function readPair(file: string, options: ReadOptions): Promise<AnnotatedText[]> {
  const text = await readTextFile(file);
  const companion = file.replace(/\.[^.]*$/, '.txt');
  if (!existsSync(companion))
    throw new InputError(
      'The text of the annotations is missing.',
      { file },
      `Put ${path.basename(companion)} beside it.`,
    );
  return annotationFormat('brat').read(
    { name: file, text, companion: await readTextFile(companion, 'keep') },
    options,
  );
}
