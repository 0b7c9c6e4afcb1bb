import * as path from 'node:path';
import { InputError } from '../../models/errors';
import type { AnnotatedText } from '../../models/formats/annotatedText';
import type { ConversionOptions, PreparedOutputs } from './conversion';
import type { LayerPlan } from './importPlan';
import { importTexts } from './importTexts';
import { newLayers } from './layerPlans';
import { isFolder } from './outputPlaces';
import { planImport } from './projectTexts';

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
  { out, choices, annotator, storeFor }: ConversionOptions,
): Promise<PreparedOutputs> {
  if (out === undefined || out === '-')
    throw new InputError('Texts with labels go into a folder.', {}, 'Name one with --out.');
  if (!(await isFolder(out, true)))
    throw new InputError('This is a file, not a folder.', { file: out }, 'Name a folder with --out.');
  const folder = path.resolve(out);
  const { texts, report } = planImport(documents, folder, choices, gold);
  const { problems, losses } = report;
  const outputs = problems.length ? [] : texts.map(({ file, text }) => ({ place: file, content: text }));
  const write = async (): Promise<undefined> => {
    await importTexts(await storeFor(folder), texts, annotator, newLayers(layers));
  };
  return { problems, losses, outputs, write };
}
