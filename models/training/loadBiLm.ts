import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { decodeHalf, encodeHalf } from '../data/halfFloat';
import { loadBiLmFolder } from '../embedders/biLmFolder';
import type { BiLm } from '../nn/biLm';
import { loadModelBiLm } from '../taggers/loadElmo';

/** Rounds weights as a model directory will hold them, so that heads learn on just what they will read. */
const rounded = (data: Float32Array): Float32Array => decodeHalf(encodeHalf(data));

/**
 * The biLM that `pretrain` or `import-elmo` wrote into a folder, or the one inside a model directory.
 * @throws InputError where the folder holds neither
 */
export function loadBiLm(directory: string): Promise<BiLm> {
  return existsSync(path.join(directory, 'config.json'))
    ? loadModelBiLm(directory)
    : loadBiLmFolder(directory, undefined, rounded);
}
