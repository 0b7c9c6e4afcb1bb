import assert from 'node:assert/strict';
import type { ElmoOptions } from '../models/nn/elmoOptions';
import type { HeadOptions } from '../models/taggers/headOptions';

/** Unit roundoffs: the largest relative error of one operation. */
export const FLOAT16 = 2 ** -11;
export const FLOAT32 = 2 ** -24;
export const FLOAT64 = 2 ** -53;

/** λ below: roundings spread evenly over ±u deviate by u/√3, so that 4·√n·u is almost seven standard deviations. */
const LAMBDA = 4;

export interface Sums {
  /** Numbers added up on the longest way from an input to a result: all sums on it, one behind another. */
  readonly terms: number;
  /** Largest magnitude of what is added up. Left out: that of the numbers expected, but at least 1. */
  readonly scale?: number;
  /** Left out: that of float32, in which every backend computes. */
  readonly unit?: number;
}

/**
 * How far apart two results may lie that are equal but for rounding. Which products of a sum are added first depends
 * on the shape of a batch, the backend and the processor, so equality to the last bit may be asked for only where
 * the same operations run on the same shapes.
 *
 * A sum of n products is off by at most γ = n·u / (1 - n·u) times the sum of their magnitudes, in whatever order they
 * are added (Higham 2002, Accuracy and Stability of Numerical Algorithms, §3.1). Roundings are as often up as down, so
 * that n may be taken for λ·√n where that is less (Higham and Mary 2019, A New Approach to Probabilistic Rounding
 * Error Analysis). Both results are off, hence twice that.
 *
 * In a network the sums of all layers on the way count, not the steps of a recurrent layer: its gates forget an
 * error as they forget what carries it.
 */
export function rounding({ terms, scale = 1, unit = FLOAT32 }: Sums): number {
  const roundings = Math.min(terms, LAMBDA * Math.sqrt(terms)) * unit;
  return (2 * scale * roundings) / (1 - roundings);
}

/** @throws AssertionError where a number differs from the one expected by more than rounding */
export function assertClose(
  actual: number | ArrayLike<number>,
  expected: number | ArrayLike<number>,
  sums: Sums,
  what = 'number',
): void {
  const [found, wanted] = [actual, expected].map((side) => (typeof side === 'number' ? [side] : side));
  assert.equal(found.length, wanted.length, what);
  const tolerance = rounding({ scale: Math.max(1, largest(wanted)), ...sums });
  Array.from(found).forEach((value, k) =>
    assert.ok(
      Math.abs(value - wanted[k]) <= tolerance,
      `${what} ${k}: ${value}, expected ${wanted[k]} within ${tolerance}`,
    ),
  );
}

const largest = (numbers: ArrayLike<number>): number =>
  Array.from(numbers).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Terms of the sums of a biLM, from characters to its top layer. */
export function biLmTerms({ lstm, char_cnn: characters }: ElmoOptions): number {
  const filters = characters.filters.reduce((sum, [, count]) => sum + count, 0);
  const widest = Math.max(...characters.filters.map(([width]) => width * characters.embedding.dim));
  const layer = 2 * lstm.projection_dim + lstm.dim; // from below, from the step before, down to the projection
  return widest + (characters.n_highway + 1) * filters + lstm.n_layers * layer;
}

/** Terms of the sums of a token or span layer's head, from vectors of `size` numbers to its scores. */
export function headTerms(options: HeadOptions, size: number): number {
  const { cells, layers, wordSize, characterFilters } = options;
  const inputs = size + wordSize + characterFilters.reduce((sum, [, count]) => sum + count, 0);
  return inputs + cells + (layers - 1) * 3 * cells + 2 * cells;
}
