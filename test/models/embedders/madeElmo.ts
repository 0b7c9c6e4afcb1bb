import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as makeElmoModule from '../../../scripts/makeElmo.mjs' with { 'resolution-mode': 'import' };
import type { ElmoOptions } from '../../../models/nn/elmoOptions';
import { root } from '../../shared';
import { tinyElmo } from '../tinyModel';

/** Two files as ELMo is published, with random weights, in a temporary folder of their own. */
export interface MadeElmo {
  readonly folder: string;
  readonly options: string;
  readonly weights: string;
}

export async function madeElmo(options: ElmoOptions = tinyElmo): Promise<MadeElmo> {
  const folder = await mkdtemp(path.join(tmpdir(), 'glossator-'));
  const file = pathToFileURL(path.join(root, 'scripts', 'makeElmo.mjs')).href;
  const { makeElmo } = (await import(file)) as typeof makeElmoModule;
  await makeElmo(folder, options);
  return { folder, options: path.join(folder, 'options.json'), weights: path.join(folder, 'weights.hdf5') };
}

/** Options of the tiny ELMo with some of their settings changed. */
export function tinyOptions(changes: { lstm?: object; char_cnn?: object }): ElmoOptions {
  return {
    lstm: { ...tinyElmo.lstm, ...changes.lstm },
    char_cnn: { ...tinyElmo.char_cnn, ...changes.char_cnn },
  };
}
