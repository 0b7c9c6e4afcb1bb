import { InputError } from '../../models/errors';
import { type AnnotatedText, type FormatName, defaultLayer } from '../../models/formats/annotatedText';
import { distinctNames, fileStem } from '../../models/formats/documentNames';
import type { Choices } from '../../models/formats/lossReport';
import { UnclearFormat } from '../../models/formats/recognizeFormat';
import { type InputPlace, inputFiles } from './inputFiles';
import { type InputOptions, type ReadInput, readInput } from './readInput';

/** A file that was read, and where it was found. */
export interface ConversionInput extends ReadInput, InputPlace {}

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
}

/** Reads the files, each on its own: what is wrong with one stops no other. */
export async function readInputs(
  places: readonly string[],
  { from, formats, unit, columns, elements, choices, to, out }: ReadingOptions,
): Promise<ReadInputs> {
  const reading = { unit, columns, elements, layers: choices.layers };
  const inputs: ConversionInput[] = [];
  const skipped: { readonly file: string; readonly error: InputError }[] = [];
  for (const place of await inputFiles(places, out)) {
    const { file, isFound } = place;
    try {
      const read = await readInput(file, { ...reading, from: formats?.get(file) ?? from });
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
export function namedGroups(
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
