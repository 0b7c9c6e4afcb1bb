import { mkdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { writeFileAtomically } from '../data/atomicFile';
import { decodeSafetensors, encodeSafetensors } from '../data/safetensors';
import type { NamedArray } from '../nn/parameters';

/** Where a run stands: enough, with the arrays, to go on exactly. */
export interface LmPosition {
  readonly steps: number;
  readonly tokens: number;
  /** Number of the bucket in reading, counted over all passes. */
  readonly bucket: number;
  /** The next batch of it. */
  readonly batch: number;
  /** State of the random generator. */
  readonly random: readonly number[];
  readonly curve: readonly { readonly tokens: number; readonly forward: number; readonly backward: number }[];
}

export interface LmCheckpoint {
  readonly position: LmPosition;
  readonly arrays: Map<string, NamedArray>;
}

const positionFile = (out: string): string => path.join(out, 'checkpoint', 'position.json');
const arraysFile = (out: string, step: number): string =>
  path.join(out, 'checkpoint', `step-${step % 2}.safetensors`);

/**
 * Two files of arrays take turns, and the position names the one that is whole, so that a crash at any moment
 * leaves a usable checkpoint.
 */
export async function writeCheckpoint(out: string, { position, arrays }: LmCheckpoint): Promise<void> {
  await mkdir(path.join(out, 'checkpoint'), { recursive: true });
  const turn = position.curve.length;
  await writeFileAtomically(arraysFile(out, turn), encodeSafetensors(arrays, 'F32'));
  await writeFileAtomically(positionFile(out), `${JSON.stringify(position, null, 1)}\n`);
  const rows = position.curve.map(({ tokens, forward, backward }) => `${tokens},${forward},${backward}`);
  await writeFileAtomically(path.join(out, 'curve.csv'), ['tokens,forward,backward', ...rows, ''].join('\n'));
}

/** The last checkpoint, or null where there is none. */
export async function readCheckpoint(out: string): Promise<LmCheckpoint | null> {
  const text = await readFile(positionFile(out), 'utf8').catch(() => null);
  if (text === null) return null;
  const position = JSON.parse(text) as LmPosition;
  const file = arraysFile(out, position.curve.length);
  return { position, arrays: decodeSafetensors(await readFile(file), file) };
}
