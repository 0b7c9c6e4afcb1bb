import * as path from 'node:path';
import { InputError } from '../../models/errors';
import type { AnnotatedText } from '../../models/formats/annotatedText';
import type { ConversionOptions, PreparedOutputs } from './conversion';
import type { LayerPlan } from './importPlan';
import { importTexts } from './importTexts';
import { newLayers } from './layerPlans';
import { type OutputPart, conflictsOf, isFolder } from './outputPlaces';
import { planImport } from './projectTexts';
import { FitTally, sumLosses } from './reportLines';

/**
 * Prepares documents as texts of a project, with labels beside them.
 * @param layers those that the labels go into; new ones are made
 * @param gold layers for which all sentences become reviewed
 * @throws InputError where `out` is no place for texts
 */
export async function intoProject(
  documents: readonly AnnotatedText[],
  layers: readonly LayerPlan[],
  gold: readonly string[],
  { out, choices, annotator, storeFor, mostListed = Infinity }: ConversionOptions,
): Promise<PreparedOutputs> {
  if (out === undefined || out === '-')
    throw new InputError('Texts with labels go into a folder.', {}, 'Name one with --out.');
  if (!(await isFolder(out, true)))
    throw new InputError('This is a file, not a folder.', { file: out }, 'Name a folder with --out.');
  const folder = path.resolve(out);
  const { texts, report } = planImport(documents, folder, choices, gold);
  const fit = new FitTally(mostListed);
  const names = documents.map(({ name }) => name);
  const numbers = new Map(names.map((name, k) => [name, k]));
  for (const problem of report.problems) {
    const number = numbers.get(problem.document) ?? 0;
    fit.add(number, documents[number], { problems: [problem], losses: [] });
  }
  const problems = fit.problems(names);
  const outputs = problems.length ? [] : texts.map(({ file }) => file);
  const parts = (): OutputPart[] => texts.map(({ file, text }) => ({ place: file, content: text }));
  return {
    ...{ problems, losses: sumLosses(report.losses), outputs },
    conflicts: () => conflictsOf({ places: outputs, parts }),
    write: async () => importTexts(await storeFor(folder), texts, annotator, newLayers(layers)),
  };
}
