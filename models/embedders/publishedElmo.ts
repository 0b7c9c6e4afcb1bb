import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';
import type { ElmoOptions } from '../nn/elmoOptions';
import { elmoOptionsSchema } from '../nn/elmoOptions';
import type { NamedArray, ParameterSource } from '../nn/parameters';
import { readTextFile } from '../data/textFile';
import { openHdf5 } from './hdf5';

const cell = (direction: number, layer: number): string =>
  `RNN_${direction}/RNN/MultiRNNCell/Cell${layer}/LSTMCell`;

/** Joins the arrays of both directions on a new first axis. */
function stackDirections([forward, backward]: NamedArray[]): NamedArray {
  const data = new Float32Array(forward.data.length * 2);
  data.set(forward.data);
  data.set(backward.data, forward.data.length);
  return { shape: [2, ...forward.shape], data };
}

function sliceRows({ shape, data }: NamedArray, from: number, to: number): NamedArray {
  const width = shape[1];
  return { shape: [to - from, width], data: data.slice(from * width, to * width) };
}

/**
 * Maps the names of our weights to those of the published files (bilm-tf): `W_0` holds the rows of the input and
 * of the recurrent weights one below the other, and each direction is a dataset of its own.
 */
function readWeight(name: string, options: ElmoOptions, read: (name: string) => NamedArray): NamedArray {
  const layer = /^Layer(\d+)\/(input|recurrent|bias|projection)$/.exec(name);
  if (!layer) return read(name);
  const inputs = options.lstm.projection_dim;
  const part = (direction: number): NamedArray => {
    const prefix = cell(direction, Number(layer[1]));
    if (layer[2] === 'bias') return read(`${prefix}/B`);
    if (layer[2] === 'projection') return read(`${prefix}/W_P_0`);
    const both = read(`${prefix}/W_0`);
    return layer[2] === 'input' ? sliceRows(both, 0, inputs) : sliceRows(both, inputs, both.shape[0]);
  };
  return stackDirections([part(0), part(1)]);
}

/** @throws InputError where the file is no ELMo `options.json` */
export async function readElmoOptions(file: string): Promise<ElmoOptions> {
  const text = await readTextFile(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new InputError('The file is not JSON.', { file }, 'Name the options.json of an ELMo.');
  }
  const parsed = elmoOptionsSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(
    `The setting "${issue.path.join('.')}" is wrong: ${issue.message}.`,
    { file },
    'Name the options.json that came with the weights.',
  );
}

/**
 * Loads a biLM from weights in the published format (AllenNLP, bilm-tf).
 * @throws InputError naming the file, and the dataset that is missing or has another shape than the options say
 */
export async function loadPublishedElmo(optionsFile: string, weightsFile: string): Promise<BiLm> {
  const options = await readElmoOptions(optionsFile);
  const hdf5 = await openHdf5(weightsFile);
  const source: ParameterSource = {
    get(name, shape) {
      const found = readWeight(name, options, (dataset) => hdf5.read(dataset));
      if (found.shape.join() === shape.join()) return found.data;
      throw new InputError(
        `The weight "${name}" has shape [${found.shape.join(', ')}], but the options say [${shape.join(', ')}].`,
        { file: weightsFile },
        `Use the weights that belong to ${optionsFile}.`,
      );
    },
  };
  try {
    return new BiLm(options, source);
  } finally {
    hdf5.close();
  }
}
