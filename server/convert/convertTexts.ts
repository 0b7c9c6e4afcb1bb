import { existsSync } from 'node:fs';
import { InputError } from '../../models/errors';
import type { AnnotatedText } from '../../models/formats/annotatedText';
import { annotationFormat } from '../../models/formats/formats';
import { layersOf, readProject } from '../project/projectText';
import type { Conversion, ConversionOptions } from './conversion';
import { type ImportPlan, offeredLayers, planFile } from './importPlan';
import { intoFiles } from './intoFiles';
import { intoProject } from './intoProject';
import { LayerTally, planLayers } from './layerPlans';
import { projectRoot } from './projectRoot';
import { namedDocuments, namedInputs, readInputs } from './readInputs';

/**
 * Reads annotated texts and prepares them in another format. The files are read once to know what is in them, and again
 * to be written, so that few documents are in memory at a time.
 * @throws InputError where none of the files can be read, and where `out` does not suit what is to be written
 */
export async function convertTexts(
  files: readonly string[],
  options: ConversionOptions,
): Promise<Conversion> {
  const { choices, out, to, gold = false } = options;
  const format = to === 'glossator' ? undefined : annotationFormat(to);
  const { inputs, skipped } = await readInputs(files, options, format);
  if (inputs.length === 0 && skipped.length > 0) throw skipped[0].error;
  const named = namedInputs(inputs);
  if (gold && to !== 'glossator')
    throw new InputError(
      'Only a project knows sentences that are reviewed.',
      {},
      'Take --gold with --to glossator.',
    );
  const tally = new LayerTally();
  for (const { survey } of inputs) tally.merge(survey.tally);
  const plan: ImportPlan = {
    files: inputs.map((input) => planFile(input, options)),
    layers: planLayers(tally, choices.layers, to === 'glossator' ? await projectLayers(out) : undefined),
    gold: gold ? [...tally.kinds.keys()].filter((layer) => choices.layers?.includes(layer) ?? true) : [],
    offered: offeredLayers(inputs),
  };
  const texts = named.reduce((sum, { names }) => sum + names.length, 0);
  const read = { inputs, skipped, texts, plan };
  if (format) return { ...read, ...(await intoFiles(named, format, options)) };
  const documents: AnnotatedText[] = [];
  for (const one of named) for await (const document of namedDocuments(one)) documents.push(document);
  return { ...read, ...(await intoProject(documents, plan.layers, plan.gold, options)) };
}

/** The layers of the project that a folder belongs to, or will. */
async function projectLayers(folder = '.'): Promise<ReturnType<typeof layersOf>> {
  const root = projectRoot(folder, folder);
  return layersOf(existsSync(root) ? await readProject(root) : {});
}
