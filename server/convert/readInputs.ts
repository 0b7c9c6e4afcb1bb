import { stat } from 'node:fs/promises';
import { InputError } from '../../models/errors';
import { type AnnotatedText, type FormatName, defaultLayer } from '../../models/formats/annotatedText';
import { distinctNames, fileStem } from '../../models/formats/documentNames';
import type { AnnotationFormat, UnnamedDocument } from '../../models/formats/format';
import type { Choices } from '../../models/formats/lossReport';
import { UnclearFormat } from '../../models/formats/recognizeFormat';
import type { ReadingProgress } from './conversion';
import { FileSurvey } from './fileSurvey';
import { type InputPlace, inputFiles } from './inputFiles';
import { type InputOptions, type OpenInput, openInput } from './openInput';

/** A file that was looked through once, and where it was found. */
export interface ConversionInput extends OpenInput, InputPlace {
  readonly survey: FileSurvey;
}

/** The files that could be read, and those that could not. */
export interface ReadInputs {
  readonly inputs: readonly ConversionInput[];
  readonly skipped: readonly { readonly file: string; readonly error: InputError }[];
}

interface ReadingOptions extends Omit<InputOptions, 'layers'> {
  readonly choices: Choices;
  readonly to: FormatName;
  readonly out?: string;
  readonly formats?: ReadonlyMap<string, FormatName>;
  readonly progress?: ReadingProgress;
  readonly mostListed?: number;
}

/**
 * Reads the files for the first time, each on its own: what is wrong with one stops no other. Of their documents nothing
 * is kept but counts, unless their format has to be held as a whole.
 * @param format that they go into, which is tried at the same time where it takes one document after the other
 */
export async function readInputs(
  places: readonly string[],
  { from, formats, unit, columns, elements, choices, to, out, progress, mostListed }: ReadingOptions,
  format?: AnnotationFormat,
): Promise<ReadInputs> {
  const reading = { unit, columns, elements, layers: choices.layers };
  const inputs: ConversionInput[] = [];
  const skipped: { readonly file: string; readonly error: InputError }[] = [];
  const found = await inputFiles(places, out);
  progress?.begin(await bytesOf(found.map(({ file }) => file)));
  for (const place of found) {
    const { file, isFound } = place;
    try {
      const options = { ...reading, from: formats?.get(file) ?? from };
      const open = await openInput(file, options, (bytes) => progress?.read(bytes));
      const documents = (): AsyncGenerator<UnnamedDocument> => inLayer(open.documents(), choices.layers, to);
      const survey = new FileSurvey(format, { ...choices, unit }, mostListed);
      for await (const one of documents()) survey.add(one);
      inputs.push({ ...place, ...open, documents, survey });
      skipped.push(...survey.faults.map((error) => ({ file, error })));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const isOther = isFound && error instanceof UnclearFormat && error.candidates.length === 0;
      if (!isOther) skipped.push({ file, error });
    }
  }
  progress?.end();
  if (inputs.length === 0 && skipped.length === 0)
    throw new InputError(
      'None of the files is of a format that is read here.',
      {},
      'Name them, with --from.',
    );
  return { inputs, skipped };
}

/** Bytes of the files that are there. */
export async function bytesOf(files: readonly string[]): Promise<number> {
  let sum = 0;
  for (const file of files) if (file !== '-') sum += (await stat(file).catch(() => undefined))?.size ?? 0;
  return sum;
}

/** Formats that do not name the layer of their labels, so that a person may. */
const NAMELESS: readonly FormatName[] = [
  ...(['conll2003', 'bilou', 'bioes', 'brat', 'doccano', 'prodigy', 'spacy', 'label-studio'] as const),
];

async function* inLayer(
  documents: Iterable<UnnamedDocument> | AsyncIterable<UnnamedDocument>,
  chosen: readonly string[] | undefined,
  to: FormatName,
): AsyncGenerator<UnnamedDocument> {
  for await (const { id, document } of documents) yield { id, document: inChosenLayer(document, chosen, to) };
}

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

/** A file whose documents have their names. */
export interface NamedInput {
  readonly input: ConversionInput;
  readonly stem: string;
  readonly names: readonly string[];
}

/** The documents of each file, under names of their own; of two in different folders the folders tell which is which. */
export function namedInputs(inputs: readonly ConversionInput[]): NamedInput[] {
  const own = inputs.map((input) => input.names(input.survey.ids));
  const files = new Map<string, Set<string>>();
  if (inputs.some(({ under }) => under !== ''))
    for (const [k, { file }] of inputs.entries())
      for (const name of own[k]) files.set(name, (files.get(name) ?? new Set()).add(file));
  const names = distinctNames(
    inputs.flatMap(({ under }, k) =>
      own[k].map((name) =>
        under !== '' && (files.get(name)?.size ?? 0) > 1 ? `${under.replaceAll('/', '_')}_${name}` : name,
      ),
    ),
  );
  let next = 0;
  return inputs.map((input, k) => ({
    ...{ input, stem: input.file === '-' ? 'text' : fileStem(input.file) },
    names: names.slice(next, (next += own[k].length)),
  }));
}

/** The documents of a file under their names, read again. */
export async function* namedDocuments({ input, names }: NamedInput): AsyncGenerator<AnnotatedText> {
  let next = 0;
  for await (const { document } of input.documents()) yield { ...document, name: names[next++] };
}
