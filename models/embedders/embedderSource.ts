import { existsSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { InputError } from '../errors';

/** What the words of a user name: where an embedder lies, and in which form. */
export type EmbedderSource =
  /** A model directory, for the biLM inside it. */
  | { readonly kind: 'model'; readonly directory: string }
  /** What `pretrain` or `import-elmo` wrote. */
  | { readonly kind: 'biLm'; readonly directory: string }
  /** ELMo as AllenNLP and bilm-tf publish it. */
  | { readonly kind: 'published'; readonly options: string; readonly weights: string }
  /** An ELMo of TensorFlow Hub: the folder of its SavedModel, or its archive. */
  | { readonly kind: 'hub'; readonly file: string };

const FORMS =
  'Name the folder of a biLM or of a model, an options.json and its weights with a comma between them, or the ' +
  'folder or .tar.gz of a TensorFlow Hub module.';

const isArchive = (file: string): boolean => /\.(tar|tar\.gz|tgz)$/i.test(file);

function kindOfFolder(directory: string): EmbedderSource {
  const has = (name: string): boolean => existsSync(path.join(directory, name));
  if (has('config.json')) return { kind: 'model', directory };
  if (has('saved_model.pb')) return { kind: 'hub', file: directory };
  if (has('options.json') || has('weights.safetensors')) return { kind: 'biLm', directory };
  throw new InputError('The folder holds no embedder.', { file: directory }, FORMS);
}

/**
 * Tells from names and files which form of an embedder `source` names, and reads none of it.
 * @throws InputError where it names none, with the forms that there are
 */
export function embedderSource(source: string): EmbedderSource {
  const found = statSync(source, { throwIfNoEntry: false });
  if (found?.isDirectory()) return kindOfFolder(source);
  if (found && isArchive(source)) return { kind: 'hub', file: source };
  if (found) throw new InputError('This file alone is no embedder.', { file: source }, FORMS);
  const pair = source.split(',').map((name) => name.trim());
  if (pair.length === 2 && pair.every(Boolean))
    return { kind: 'published', options: pair[0], weights: pair[1] };
  throw new InputError('There is no such file or folder.', { file: source }, FORMS);
}

/** The parts of a source that are paths: two for published weights, else one. */
function pathsOf(source: string): string[] {
  const pair = source.split(',');
  return pair.length === 2 && !existsSync(source) ? pair.map((name) => name.trim()) : [source];
}

/** A source whose relative paths are meant from `folder`, with absolute ones. */
export function resolveSource(source: string, folder: string): string {
  if (existsSync(path.resolve(folder, source))) return path.resolve(folder, source);
  return pathsOf(source)
    .map((part) => path.resolve(folder, part))
    .join();
}

/** A short name for people: that of the folder, archive or weights file. */
export function sourceName(source: string): string {
  return path.basename(pathsOf(source).at(-1)!).replace(/\.(tar\.gz|tgz|tar|hdf5)$/i, '');
}
