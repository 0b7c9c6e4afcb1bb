import * as path from 'node:path';
import type { AnnotatedText, FormatName } from '../../models/formats/annotatedText';
import { distinctNames, fileStem } from '../../models/formats/documentNames';
import type { OutputFile, Written } from '../../models/formats/format';
import { annotationFormat } from '../../models/formats/formats';
import type { OffsetUnit } from '../../models/formats/offsets';
import type { Choices, Loss, Problem } from '../../models/formats/lossReport';
import { InputError } from '../../models/errors';
import type { LabelStore } from '../labelStore/labelStore';
import { type WriteChoices, isFolder, writeOutputs } from './outputPlaces';
import { importTexts } from './importTexts';
import { planImport } from './projectTexts';
import { readInput } from './readInput';

export interface ConversionOptions {
  /** Told by name and content of each file where it is left out. */
  readonly from?: FormatName;
  readonly to: FormatName;
  /** A file, a folder (one that exists, or ends in a slash), or "-" and nothing for standard output. */
  readonly out?: string;
  readonly unit?: OffsetUnit;
  /** What the columns of column files are; see `declaredColumns`. */
  readonly columns?: string;
  /** Elements of TEI files that are labels besides names and dates. */
  readonly elements?: readonly string[];
  /** Who stands for imported labels that name nobody. */
  readonly annotator: string;
  readonly choices: Choices;
  /** The labels of the project that a folder belongs to; the folder may be new. */
  readonly storeFor: (folder: string) => LabelStore | Promise<LabelStore>;
}

/** A conversion that has read everything and written nothing. */
export interface Conversion {
  /** Files, and labels of files, that cannot be read, and why: the others are converted. */
  readonly skipped: readonly { readonly file: string; readonly error: InputError }[];
  readonly documents: readonly AnnotatedText[];
  /** While there are any, there are no outputs. */
  readonly problems: readonly Problem[];
  readonly losses: readonly Loss[];
  readonly outputs: readonly { readonly place: string; readonly content: string }[];
  /**
   * Writes the outputs.
   * @returns what goes to standard output, if anything does
   * @throws InputError where a file exists with other content, before anything is written
   */
  write(choices: WriteChoices): Promise<string | undefined>;
}

/**
 * Reads annotated texts and prepares them in another format.
 * @throws InputError where none of the files can be read, and where `out` does not suit what is to be written
 */
export async function convertTexts(
  files: readonly string[],
  options: ConversionOptions,
): Promise<Conversion> {
  const { from, unit, columns, elements, choices } = options;
  const reading = { from, unit, columns, elements, layers: choices.layers };
  const inputs = [];
  const skipped: { readonly file: string; readonly error: InputError }[] = [];
  for (const file of files) {
    try {
      const documents = await readInput(file, reading);
      inputs.push({ file, documents });
      for (const { faults = [] } of documents) skipped.push(...faults.map((error) => ({ file, error })));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      skipped.push({ file, error });
    }
  }
  if (inputs.length === 0 && skipped.length > 0) throw skipped[0].error;
  const names = distinctNames(inputs.flatMap(({ documents }) => documents.map(({ name }) => name)));
  let next = 0;
  const groups = inputs.map(({ file, documents }) => ({
    stem: file === '-' ? 'text' : fileStem(file),
    documents: documents.map((document) => ({ ...document, name: names[next++] })),
  }));
  const documents = groups.flatMap((group) => group.documents);
  if (options.to === 'glossator') return { ...(await intoProject(documents, options)), skipped };

  const { out } = options;
  const format = annotationFormat(options.to);
  const folder = out !== undefined && out !== '-' && (await isFolder(out)) ? out : undefined;
  const written: Written[] =
    folder === undefined
      ? [
          format.write(documents, out === undefined || out === '-' ? 'text' : fileStem(out), {
            ...choices,
            unit,
          }),
        ]
      : groups.map((group) => format.write(group.documents, group.stem, { ...choices, unit }));
  const problems = written.flatMap((one) => one.problems);
  const losses = written.flatMap((one) => one.losses);
  const outputs = problems.length ? [] : placed(distinct(written.flatMap((one) => one.files)), folder, out);
  return {
    ...{ documents, skipped, problems, losses, outputs },
    write: (how) => writeOutputs(outputs, folder, how),
  };
}

/** Two inputs of one name in different folders give two files. */
function distinct(files: readonly OutputFile[]): OutputFile[] {
  const extensions = [...new Set(files.map(({ name }) => path.extname(name)))];
  return extensions.flatMap((extension) => {
    const own = files.filter(({ name }) => path.extname(name) === extension);
    const names = distinctNames(own.map(({ name }) => name.slice(0, name.length - extension.length)));
    return own.map(({ content }, k) => ({ name: names[k] + extension, content }));
  });
}

function placed(
  files: readonly OutputFile[],
  folder: string | undefined,
  out: string | undefined,
): { place: string; content: string }[] {
  if (folder !== undefined)
    return files.map(({ name, content }) => ({ place: path.join(folder, name), content }));
  if (files.length !== 1)
    throw new InputError(
      `This makes ${files.length} files.`,
      {},
      'Name a folder with --out, ending in a slash where it is new.',
    );
  return [{ place: out ?? '-', content: files[0].content }];
}

async function intoProject(
  documents: readonly AnnotatedText[],
  { out, choices, annotator, storeFor }: ConversionOptions,
): Promise<Omit<Conversion, 'skipped'>> {
  if (out === undefined || out === '-')
    throw new InputError('Texts with labels go into a folder.', {}, 'Name one with --out.');
  if (!(await isFolder(out, true)))
    throw new InputError('This is a file, not a folder.', { file: out }, 'Name a folder with --out.');
  const { texts, report } = planImport(documents, path.resolve(out), choices);
  const { problems, losses } = report;
  const outputs = problems.length ? [] : texts.map(({ file, text }) => ({ place: file, content: text }));
  const write = async (): Promise<undefined> => {
    await importTexts(await storeFor(path.resolve(out)), texts, annotator);
  };
  return { documents, problems, losses, outputs, write };
}
