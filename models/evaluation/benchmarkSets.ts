import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { InputError } from '../errors';

/** A file of the benchmark data with its name in tables, for example `ud-ewt/test`. */
export interface BenchmarkSet {
  readonly name: string;
  readonly file: string;
}

export interface BenchmarkSets {
  /** Words with UPOS and the text they come from (CoNLL-U). */
  readonly pos: readonly BenchmarkSet[];
  /** Unions of sources with entities, and each source alone; the unions first. */
  readonly ner: readonly BenchmarkSet[];
}

/** The dev and test parts in a folder, by their place under `root`. */
async function partsIn(root: string, folder: string, extension: string): Promise<BenchmarkSet[]> {
  const names = await readdir(path.join(root, folder)).catch((): string[] => []);
  return ['dev', 'test']
    .filter((part) => names.includes(part + extension))
    .map((part) => ({ name: `${folder}/${part}`, file: path.join(root, folder, part + extension) }));
}

/**
 * Finds the dev and test sets: `ud-ewt/{dev,test}.conllu`, `ner/{dev,test}.tsv` and
 * `ner/sources/SOURCE/{dev,test}.tsv`.
 * @throws InputError where the folder has none of them
 */
export async function findBenchmarkSets(root: string): Promise<BenchmarkSets> {
  const pos = await partsIn(root, 'ud-ewt', '.conllu');
  const ner = await partsIn(root, 'ner', '.tsv');
  const sources = await readdir(path.join(root, 'ner', 'sources')).catch((): string[] => []);
  for (const source of sources.sort()) ner.push(...(await partsIn(root, `ner/sources/${source}`, '.tsv')));
  if (pos.length + ner.length > 0) return { pos, ner };
  throw new InputError(
    'The folder holds no data to evaluate on.',
    { file: root },
    'Name a folder with ud-ewt/test.conllu or ner/test.tsv.',
  );
}
