import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { decodeHalf, encodeHalf } from '../data/halfFloat';
import { decodeSafetensors } from '../data/safetensors';
import { readElmoOptions } from '../embedders/publishedElmo';
import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';
import { type NamedArray, type Weights, stored } from '../nn/parameters';
import { openModelDirectory } from '../taggers/modelDirectory';

/** Rounds weights as a model directory will hold them, so that heads learn on just what they will read. */
function rounded(weights: Weights): Map<string, NamedArray> {
  const round = ({ shape, data }: NamedArray): NamedArray => ({ shape, data: decodeHalf(encodeHalf(data)) });
  return new Map([...weights].map(([name, weight]) => [name, round(weight)]));
}

/**
 * The biLM that `pretrain` wrote into a folder, or the one inside a model directory.
 * @throws InputError where the folder holds neither
 */
export async function loadBiLm(directory: string): Promise<BiLm> {
  if (existsSync(path.join(directory, 'config.json'))) {
    const model = await openModelDirectory(directory);
    const { options, weights } = model.config.embedder;
    return new BiLm(options, stored(model.weights(weights)));
  }
  const options = await readElmoOptions(path.join(directory, 'options.json'));
  const file = path.join(directory, 'weights.safetensors');
  const bytes = await readFile(file).catch(() => {
    throw new InputError('There are no weights of a biLM.', { file }, 'Make them with `glossator pretrain`.');
  });
  return new BiLm(options, stored(rounded(decodeSafetensors(bytes, file))));
}
