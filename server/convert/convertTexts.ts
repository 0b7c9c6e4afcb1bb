import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { InputError } from '../../models/errors';
import { distinctNames, fileStem } from '../../models/formats/documentNames';
import type { OutputFile, Written } from '../../models/formats/format';
import { annotationFormat } from '../../models/formats/formats';
import { layersOf, readProject } from '../project/projectText';
import type { Conversion, ConversionOptions } from './conversion';
import { type ImportPlan, offeredLayers, planFile } from './importPlan';
import { intoProject } from './intoProject';
import { planLayers } from './layerPlans';
import { isFolder, writeOutputs } from './outputPlaces';
import { projectRoot } from './projectRoot';
import { namedGroups, readInputs } from './readInputs';

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
  const { out, to, gold = false } = options;
  if (gold && to !== 'glossator')
    throw new InputError(
      'Only a project knows sentences that are reviewed.',
      {},
      'Take --gold with --to glossator.',
    );
  const layers = new Set(documents.flatMap((document) => document.layers.map(({ name }) => name)));
  const plan: ImportPlan = {
    files: inputs.map((input) => planFile(input, options)),
    layers: planLayers(documents, choices.layers, to === 'glossator' ? await projectLayers(out) : undefined),
    gold: gold ? [...layers].filter((layer) => choices.layers?.includes(layer) ?? true) : [],
    offered: offeredLayers(inputs),
  };
  const read = { inputs, skipped, documents, plan };
  if (to === 'glossator')
    return { ...read, ...(await intoProject(documents, plan.layers, plan.gold, options)) };

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
    ...{ ...read, problems, losses, outputs },
    write: (how) => writeOutputs(outputs, folder, how),
  };
}

/** The layers of the project that a folder belongs to, or will. */
async function projectLayers(folder = '.'): Promise<ReturnType<typeof layersOf>> {
  const root = projectRoot(folder, folder);
  return layersOf(existsSync(root) ? await readProject(root) : {});
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
