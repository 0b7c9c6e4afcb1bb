import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import type { AnnotatedText, FormatName } from '../../models/formats/annotatedText';
import { guessFormat, annotationFormat } from '../../models/formats/formats';
import { refuseDocBin } from '../../models/formats/spacy';
import type { ReadOptions } from '../../models/formats/format';
import { layersOf, readProject } from '../project/projectText';
import { readStandardInput } from '../standardStreams';
import { projectRoot } from './projectRoot';
import { readAnnotatedText } from './projectTexts';

export interface InputOptions extends ReadOptions {
  readonly from?: FormatName;
}

/**
 * The documents of a file.
 * @param file a path, or "-" for standard input
 * @throws InputError where it cannot be read, or its format is not clear
 */
export async function readInput(file: string, { from, ...options }: InputOptions): Promise<AnnotatedText[]> {
  if (file === '-') {
    const text = await readStandardInput();
    const format = from ?? guessFormat('standard input', text);
    if (format === 'glossator' || format === 'brat')
      throw new InputError(`The format ${format} needs files.`, {}, 'Name them instead of "-".');
    return annotationFormat(format).read({ name: 'standard input', text }, options);
  }
  if (/\.spacy$/i.test(file)) refuseDocBin(file);
  if (from === 'brat') return readPair(file.replace(/\.txt$/i, '.ann'), options);
  const text = await readTextFile(file);
  const format = from ?? guessFormat(file, text);
  if (format === 'glossator') {
    const root = projectRoot(file, path.dirname(file));
    return [await readAnnotatedText(root, file, layersOf(await readProject(root)))];
  }
  if (format === 'brat') return readPair(file, options);
  return annotationFormat(format).read({ name: file, text }, options);
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
