import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { readTextFile } from '../../models/data/textFile';
import { TextPieces } from '../../models/data/textPieces';
import { InputError } from '../../models/errors';
import type { AnnotatedText, FormatName } from '../../models/formats/annotatedText';
import { fileStem, numberedNames } from '../../models/formats/documentNames';
import type { PiecewiseFile, ReadOptions, UnnamedDocument } from '../../models/formats/format';
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

/** A file whose format is known, and whose documents can be read as often as they are asked for. */
export interface OpenInput extends RecognizedFormat {
  /** @throws InputError at the first broken place */
  readonly documents: () => Iterable<UnnamedDocument> | AsyncIterable<UnnamedDocument>;
  /** The names of the documents, by what `documents` calls their ids. */
  names(ids: readonly (string | undefined)[]): string[];
  /** Its documents are read from the file again each time, so that they need not be held. */
  readonly isStreamed: boolean;
}

/**
 * Opens a file, told what it is by its first megabyte. Formats that can be read document by document are; of the others
 * all is held. A text with labels in a project is a text, whatever it looks like.
 * @param file a path, or "-" for standard input
 * @param onRead told how many bytes were read, again and again
 * @throws InputError where it cannot be read, or its format is not clear
 */
export async function openInput(
  file: string,
  { from, ...options }: InputOptions,
  onRead?: (bytes: number) => void,
): Promise<OpenInput> {
  const isStandard = file === '-';
  const name = isStandard ? 'standard input' : file;
  const isDeclared = from === undefined && options.columns !== undefined;
  const told = from ?? (isDeclared ? 'conll2003' : undefined);
  const chosen = told && { format: told, why: 'as you said' };
  if (/\.spacy$/i.test(file)) refuseDocBin(file);
  if (from === 'brat' && !isStandard)
    return held(
      { format: 'brat', why: 'as you said' },
      await readPair(file.replace(/\.txt$/i, '.ann'), options),
    );
  const source: PiecewiseFile = isStandard
    ? textAsFile(name, await readStandardInput())
    : new TextPieces(file, onRead);
  const recognized =
    chosen ?? (isTextFile(file) ? labelledIn(file) : undefined) ?? (await recognizeBeginning(source));
  const { format } = recognized;
  if (isStandard && (format === 'glossator' || format === 'brat'))
    throw new InputError(`The format ${format} needs files.`, {}, 'Name them instead of "-".');
  if (format === 'glossator') {
    const root = projectRoot(file, path.dirname(file));
    const layers = layersOf(await readProject(root));
    return held(recognized, [await readAnnotatedText(root, file, layers)]);
  }
  if (format === 'brat') return held(recognized, await readPair(file, options));
  const reader = annotationFormat(format);
  if (!reader.documents)
    return held(recognized, reader.read({ name, text: await wholeText(source) }, options));
  return {
    ...recognized,
    documents: reader.documents(source, options),
    names: (ids) => numberedNames(ids, fileStem(name)),
    isStreamed: true,
  };
}

function held(recognized: RecognizedFormat, documents: readonly AnnotatedText[]): OpenInput {
  return {
    ...recognized,
    documents: () => documents.map((document) => ({ document })),
    names: () => documents.map(({ name }) => name),
    isStreamed: false,
  };
}

/** By the beginning of a file; by all of it where that leaves it open. */
async function recognizeBeginning(source: PiecewiseFile): Promise<RecognizedFormat> {
  let [head, isAll] = ['', true];
  for await (const piece of source.pieces()) {
    if (head !== '') {
      isAll = false;
      break;
    }
    head = piece;
  }
  if (isAll) return recognizeFormat(source.name, head);
  try {
    // A sentence that is cut off may be a broken one.
    const end = head.lastIndexOf('\n\n') + 1;
    return recognizeFormat(source.name, end > 0 ? head.slice(0, end) : head);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return recognizeFormat(source.name, await wholeText(source));
  }
}

function textAsFile(name: string, text: string): PiecewiseFile {
  return {
    name,
    async *pieces() {
      await Promise.resolve();
      if (text !== '') yield text;
    },
  };
}

async function wholeText(source: PiecewiseFile): Promise<string> {
  const parts: string[] = [];
  for await (const piece of source.pieces()) parts.push(piece);
  return parts.join('');
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
