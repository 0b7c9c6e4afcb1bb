import { readRegularFile } from '../data/regularFile';
import { configLimit } from '../data/sizeLimits';
import { decodeText, readingError } from '../data/textFile';
import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';
import { biLmShapes, numbersIn } from '../nn/biLmShapes';
import { type ElmoOptions, elmoOptionsSchema } from '../nn/elmoOptions';
import { type Hdf5File, openHdf5 } from './hdf5';
import { type LoadProgress, type OpenBiLmFile, reporting } from './loadProgress';

/** One array of a published file, or some rows of it, that becomes one of our weights or half of one. */
interface Part {
  readonly dataset: string;
  /** Of the whole dataset. */
  readonly shape: readonly number[];
  readonly rows?: readonly [number, number];
}

/** @throws InputError where the file is no ELMo `options.json` */
export async function readElmoOptions(file: string): Promise<ElmoOptions> {
  const bytes = await readRegularFile(file, configLimit).catch((error: unknown) => {
    throw readingError(error, file);
  });
  const text = decodeText(bytes, file);
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
 * Where a weight of ours stands in a published file (bilm-tf): `W_0` holds the rows of the input and of the
 * recurrent weights one below the other, and each direction is a dataset of its own.
 */
function partsOf(name: string, shape: readonly number[], { lstm }: ElmoOptions): Part[] {
  const layer = /^Layer(\d+)\/(input|recurrent|bias|projection)$/.exec(name);
  if (!layer) return [{ dataset: name, shape }];
  const inputs = lstm.projection_dim;
  return [0, 1].map((direction) => {
    const cell = `RNN_${direction}/RNN/MultiRNNCell/Cell${layer[1]}/LSTMCell`;
    if (layer[2] === 'bias') return { dataset: `${cell}/B`, shape: shape.slice(1) };
    if (layer[2] === 'projection') return { dataset: `${cell}/W_P_0`, shape: shape.slice(1) };
    const rows: [number, number] = layer[2] === 'input' ? [0, inputs] : [inputs, 2 * inputs];
    return { dataset: `${cell}/W_0`, shape: [2 * inputs, 4 * lstm.dim], rows };
  });
}

/** bilm-tf leaves a projection out where both of its sides have the same size. */
function isLeftOut(name: string, { lstm, char_cnn: characters }: ElmoOptions): boolean {
  const filters = characters.filters.reduce((sum, [, count]) => sum + count, 0);
  if (name.startsWith('CNN_proj/')) return filters === lstm.projection_dim;
  // Without a projection nothing is clipped; outputs are smaller than 1, so a bound of 1 changes nothing.
  const clips = (lstm.proj_clip ?? 0) > 0 && (lstm.proj_clip ?? 0) < 1;
  return /^Layer\d+\/projection$/.test(name) && lstm.dim === lstm.projection_dim && !clips;
}

/** Numbers of a matrix that no file need hold; of 8,000 rows and columns. */
const LARGEST_IDENTITY = 2 ** 26;

/** Matrices that change nothing, and zeros for a bias. */
function identity(shape: readonly number[]): Float32Array {
  const data = new Float32Array(numbersIn(shape));
  const size = shape[shape.length - 1];
  if (shape.length > 1)
    for (let k = 0; k < data.length; k++) data[k] = Math.floor(k / size) % size === k % size ? 1 : 0;
  return data;
}

function checkShapes(options: ElmoOptions, hdf5: Hdf5File, optionsFile: string, file: string): void {
  for (const [name, shape] of biLmShapes(options))
    for (const part of partsOf(name, shape, options)) {
      const found = hdf5.shape(part.dataset);
      if (!found && isLeftOut(name, options) && numbersIn(shape) <= LARGEST_IDENTITY) continue;
      if (!found)
        throw new InputError(
          `The dataset "${part.dataset}" is missing.`,
          { file },
          `Is it the weights file that belongs to ${optionsFile}?`,
        );
      if (found.join() !== part.shape.join())
        throw new InputError(
          `The dataset "${part.dataset}" has shape [${found.join(', ')}], but the options say [${part.shape.join(', ')}].`,
          { file },
          `Use the weights that belong to ${optionsFile}.`,
        );
    }
  const next = `RNN_0/RNN/MultiRNNCell/Cell${options.lstm.n_layers}/LSTMCell/W_0`;
  if (hdf5.shape(next))
    throw new InputError(
      `The weights have more than the ${options.lstm.n_layers} LSTM layers that the options say.`,
      { file },
      `Use the weights that belong to ${optionsFile}.`,
    );
}

/**
 * Opens weights in the published format (AllenNLP, bilm-tf) and checks the shape of every dataset before any is read.
 * @throws InputError naming the file, and the dataset that is missing or has another shape than the options say
 */
export async function openPublishedElmo(optionsFile: string, weightsFile: string): Promise<OpenBiLmFile> {
  const options = await readElmoOptions(optionsFile);
  const hdf5 = await openHdf5(weightsFile);
  try {
    checkShapes(options, hdf5, optionsFile, weightsFile);
  } catch (error) {
    hdf5.close();
    throw error;
  }
  return {
    options,
    read(name, shape) {
      const parts = partsOf(name, shape, options);
      if (!hdf5.shape(parts[0].dataset) && isLeftOut(name, options)) return identity(shape);
      if (parts.length === 1) return hdf5.read(parts[0].dataset).data;
      const data = new Float32Array(numbersIn(shape));
      let at = 0;
      for (const { dataset, rows } of parts) {
        const half = hdf5.read(dataset, rows).data;
        data.set(half, at);
        at += half.length;
      }
      return data;
    },
    close: () => hdf5.close(),
  };
}

/**
 * Loads a biLM from weights in the published format (AllenNLP, bilm-tf), one dataset at a time.
 * @throws InputError as `openPublishedElmo` does
 */
export async function loadPublishedElmo(
  optionsFile: string,
  weightsFile: string,
  progress?: LoadProgress,
): Promise<BiLm> {
  const published = await openPublishedElmo(optionsFile, weightsFile);
  try {
    return new BiLm(published.options, reporting(published, progress));
  } finally {
    published.close();
  }
}
