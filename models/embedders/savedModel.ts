import { access } from 'node:fs/promises';
import * as path from 'node:path';
import { savedModelRuntime, type tf } from '../backend';
import { InputError } from '../errors';

/** Whether the user trusts where a SavedModel comes from. */
export interface SavedModelTrust {
  /**
   * A SavedModel is a program: its graph may read and write files with the rights of the user. True only where the
   * user trusts the workspace and chose the path; an editor passes its workspace trust here, a command line that was
   * given the path by its user passes true.
   */
  readonly trusted: boolean;
}

/** One function of a SavedModel, with names for its inputs and outputs. */
export interface Signature {
  /**
   * @param inputs a tensor for each input; they remain the caller's
   * @returns every output by its name, owned by the caller
   * @throws InputError where the program fails
   */
  run(inputs: tf.NamedTensorMap): tf.NamedTensorMap;
  dispose(): void;
}

/** A directory that was found to hold a SavedModel. */
export interface SavedModel {
  /**
   * Loads a function. The signatures of one SavedModel share its variables in memory.
   * @throws InputError where the signature, an input or an output is missing, or TensorFlow cannot load the program
   */
  load(signature: string, inputs: readonly string[], outputs: readonly string[]): Promise<Signature>;
}

type Runtime = NonNullable<Awaited<ReturnType<typeof savedModelRuntime>>>;
type Graph = Awaited<ReturnType<Runtime['getMetaGraphsFromSavedModel']>>[number];

const OTHER_MODULE = 'Choose a module in the form of TF-Hub elmo/2 or elmo/3.';

/** The first line of what TensorFlow says, which may be followed by a listing of the graph. */
function reasonOf(error: unknown): string {
  const [line] = String(error instanceof Error ? error.message : error).split('\n');
  return line.replace(/\.$/, '');
}

/**
 * Checks, before anything is read, that the user trusts the workspace.
 * @throws InputError where that is not so
 */
export function requireTrust({ trusted }: SavedModelTrust, place: string): void {
  if (trusted) return;
  throw new InputError(
    'A SavedModel is a program and is not run in a workspace that is not trusted.',
    { file: place },
    'Trust the workspace if you know where the module comes from.',
  );
}

/**
 * Checks, before anything is read, that SavedModels may and can run here.
 * @param place the path that the user chose, for the error
 * @throws InputError in a workspace that is not trusted and on WebAssembly
 */
export async function requireSavedModels(trust: SavedModelTrust, place: string): Promise<Runtime> {
  requireTrust(trust, place);
  const runtime = await savedModelRuntime();
  if (runtime) return runtime;
  throw new InputError(
    'A SavedModel needs the native TensorFlow library, but the backend is WebAssembly.',
    { file: place },
    'Install the native backend and choose it, or use ELMo weights in the published format (options and HDF5), which run on both.',
  );
}

/** The program for use, not for training: Hub modules have no tags, those saved by TensorFlow 2 have "serve". */
function inferenceGraph(graphs: Graph[], signature: string): Graph | undefined {
  const able = graphs.filter((graph) => signature in graph.signatureDefs);
  return (
    able.find(({ tags }) => tags.length === 0) ??
    able.find(({ tags }) => tags.length === 1 && tags[0] === 'serve')
  );
}

/** @throws InputError where an input or output that is wanted is not there, or an input is not wanted */
function checkNames(
  graph: Graph,
  name: string,
  inputs: readonly string[],
  outputs: readonly string[],
  file: string,
) {
  const signature = graph.signatureDefs[name];
  const missing = [
    ...inputs.filter((input) => !(input in signature.inputs)).map((input) => `the input "${input}"`),
    ...outputs.filter((output) => !(output in signature.outputs)).map((output) => `the output "${output}"`),
  ];
  if (missing.length > 0)
    throw new InputError(`The signature "${name}" lacks ${missing.join(' and ')}.`, { file }, OTHER_MODULE);
  const unknown = Object.keys(signature.inputs).find((input) => !inputs.includes(input));
  if (unknown !== undefined)
    throw new InputError(
      `The signature "${name}" wants another input, "${unknown}".`,
      { file },
      OTHER_MODULE,
    );
}

/**
 * Opens the directory of a SavedModel, on the native backend only.
 * @param folder the directory that holds `saved_model.pb` and `variables/`
 * @throws InputError where `trust` is not given, on WebAssembly, and where the folder is not a SavedModel
 */
export async function openSavedModel(folder: string, trust: SavedModelTrust): Promise<SavedModel> {
  const runtime = await requireSavedModels(trust, folder);
  const directory = path.resolve(folder);
  await access(path.join(directory, 'saved_model.pb')).catch(() => {
    throw new InputError(
      'This is not the folder of a SavedModel: it holds no readable saved_model.pb.',
      { file: folder },
      'Choose the folder of an unpacked module, or its .tar.gz.',
    );
  });
  const unreadable = (why: string): InputError =>
    new InputError(`The file saved_model.pb ${why}.`, { file: folder }, 'Fetch the module again.');
  const graphs = await runtime.getMetaGraphsFromSavedModel(directory).catch((error: unknown) => {
    throw unreadable(`cannot be read: ${reasonOf(error)}`);
  });
  if (graphs.length === 0) throw unreadable('is damaged, or holds no program');
  return {
    async load(name, inputs, outputs) {
      const graph = inferenceGraph(graphs, name);
      if (!graph)
        throw new InputError(`The module has no signature "${name}".`, { file: folder }, OTHER_MODULE);
      checkNames(graph, name, inputs, outputs, folder);
      const model = await runtime.loadSavedModel(directory, [...graph.tags], name).catch((error: unknown) => {
        throw new InputError(
          `TensorFlow cannot load the SavedModel: ${reasonOf(error)}.`,
          { file: folder },
          'Fetch the module again.',
        );
      });
      return {
        run(tensors) {
          try {
            return model.predict(tensors) as tf.NamedTensorMap;
          } catch (error) {
            throw new InputError(
              `The signature "${name}" failed: ${reasonOf(error)}.`,
              { file: folder },
              'The module may be incomplete or of another form; fetch it again.',
            );
          }
        },
        dispose: () => model.dispose(),
      };
    },
  };
}
