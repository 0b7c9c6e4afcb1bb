import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { writeFileAtomically } from '../data/atomicFile';
import { decodeSafetensors, encodeSafetensors } from '../data/safetensors';
import type { NamedArray } from '../nn/parameters';
import { curveCsv, type CurvePoint } from './lmCurve';

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
  readonly curve: readonly CurvePoint[];
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
 * @param measured what to add to the curve
 * @returns the position with the longer curve, whose last point names the SHA-256 of the arrays
 */
export async function writeCheckpoint(
  out: string,
  { position, arrays }: LmCheckpoint,
  measured: CurvePoint,
): Promise<LmPosition> {
  await mkdir(path.join(out, 'checkpoint'), { recursive: true });
  const bytes = encodeSafetensors(arrays, 'F32');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const curve = [...position.curve, { ...measured, sha256 }];
  const reached = { ...position, curve };
  await writeFileAtomically(arraysFile(out, curve.length), bytes);
  await writeFileAtomically(positionFile(out), `${JSON.stringify(reached, null, 1)}\n`);
  await writeFileAtomically(path.join(out, 'curve.csv'), curveCsv(curve));
  return reached;
}

/** Where the run in a folder stands, or null where there is no checkpoint. */
export async function readPosition(out: string): Promise<LmPosition | null> {
  const text = await readFile(positionFile(out), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as LmPosition);
}

/** The last checkpoint, or null where there is none. */
export async function readCheckpoint(out: string): Promise<LmCheckpoint | null> {
  const position = await readPosition(out);
  if (!position) return null;
  const file = arraysFile(out, position.curve.length);
  return { position, arrays: decodeSafetensors(await readFile(file), file) };
}
