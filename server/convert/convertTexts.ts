import * as path from 'node:path';
import { type AnnotatedText, type FormatName, defaultLayer } from '../../models/formats/annotatedText';
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
import { type InputPlace, inputFiles } from './inputFiles';
import { type ReadInput, readInput } from './readInput';
import { UnclearFormat } from '../../models/formats/recognizeFormat';

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

/** A file that was read, and where it was found. */
export interface ConversionInput extends ReadInput, InputPlace {}

/** A conversion that has read everything and written nothing. */
export interface Conversion {
  /** Files, and labels of files, that cannot be read, and why: the others are converted. */
  readonly skipped: readonly { readonly file: string; readonly error: InputError }[];
  /** The files that were read. */
  readonly inputs: readonly ConversionInput[];
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
  const { choices, unit } = options;
  const { inputs, skipped } = await readInputs(files, options);
  if (inputs.length === 0 && skipped.length > 0) throw skipped[0].error;
  const groups = namedGroups(inputs);
  const documents = groups.flatMap((group) => group.documents);
  if (options.to === 'glossator') return { ...(await intoProject(documents, options)), inputs, skipped };

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
    ...{ inputs, documents, skipped, problems, losses, outputs },
    write: (how) => writeOutputs(outputs, folder, how),
  };
}

/** Reads the files, each on its own: what is wrong with one stops no other. */
async function readInputs(
  places: readonly string[],
  { from, unit, columns, elements, choices, to, out }: ConversionOptions,
): Promise<Pick<Conversion, 'inputs' | 'skipped'>> {
  const reading = { from, unit, columns, elements, layers: choices.layers };
  const inputs: ConversionInput[] = [];
  const skipped: { readonly file: string; readonly error: InputError }[] = [];
  for (const place of await inputFiles(places, out)) {
    const { file, isFound } = place;
    try {
      const read = await readInput(file, reading);
      const documents = read.documents.map((document) => inChosenLayer(document, choices.layers, to));
      inputs.push({ ...place, ...read, documents });
      for (const { faults = [] } of documents) skipped.push(...faults.map((error) => ({ file, error })));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const isOther = isFound && error instanceof UnclearFormat && error.candidates.length === 0;
      if (!isOther) skipped.push({ file, error });
    }
  }
  if (inputs.length === 0 && skipped.length === 0)
    throw new InputError(
      'None of the files is of a format that is read here.',
      {},
      'Name them, with --from.',
    );
  return { inputs, skipped };
}

/** Formats that do not name the layer of their labels, so that a person may. */
const NAMELESS: readonly FormatName[] = [
  ...(['conll2003', 'bilou', 'bioes', 'brat', 'doccano', 'prodigy', 'spacy', 'label-studio'] as const),
];

/** A document whose labels are in no layer but the usual one, with them in the one that was chosen. */
function inChosenLayer(
  document: AnnotatedText,
  chosen: readonly string[] | undefined,
  to: FormatName,
): AnnotatedText {
  const { source, layers, labels } = document;
  const [layer] = chosen ?? [];
  const isNameless =
    chosen?.length === 1 &&
    source !== undefined &&
    source.format !== to &&
    NAMELESS.includes(source.format) &&
    layers.length === 1 &&
    layers[0].name === defaultLayer;
  if (!isNameless || layer === defaultLayer) return document;
  return {
    ...document,
    layers: [{ ...layers[0], name: layer }],
    labels: labels.map((label) => ({ ...label, layer })),
  };
}

/** The documents of each file, under names of their own; of two in different folders the folders tell which is which. */
function namedGroups(
  inputs: readonly ConversionInput[],
): { readonly stem: string; readonly documents: readonly AnnotatedText[] }[] {
  const files = new Map<string, Set<string>>();
  for (const { file, documents } of inputs)
    for (const { name } of documents) files.set(name, (files.get(name) ?? new Set()).add(file));
  const names = distinctNames(
    inputs.flatMap(({ under, documents }) =>
      documents.map(({ name }) =>
        under !== '' && (files.get(name)?.size ?? 0) > 1 ? `${under.replaceAll('/', '_')}_${name}` : name,
      ),
    ),
  );
  let next = 0;
  return inputs.map(({ file, documents }) => ({
    stem: file === '-' ? 'text' : fileStem(file),
    documents: documents.map((document) => ({ ...document, name: names[next++] })),
  }));
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
): Promise<Omit<Conversion, 'skipped' | 'inputs'>> {
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
