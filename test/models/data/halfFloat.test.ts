import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeHalf, encodeHalf } from '../../../models/data/halfFloat';
import { Random } from '../../../models/random';

describe('half floats (IEEE 754 binary16)', () => {
  it('encodes the numbers of the standard’s tables', () => {
    const table: [number, number][] = [
      [0, 0x0000],
      [-0, 0x8000],
      [1, 0x3c00],
      [-2, 0xc000],
      [0.333251953125, 0x3555],
      [65504, 0x7bff], // the largest
      [65519, 0x7bff],
      [65520, 0x7c00], // rounds to infinity
      [-Infinity, 0xfc00],
      [2 ** -14, 0x0400], // the smallest normal
      [2 ** -24, 0x0001], // the smallest of all
      [2 ** -25, 0x0000], // half of it: ties go to even
      [1.5 * 2 ** -24, 0x0002],
      [1 + 2 ** -11, 0x3c00], // a tie, to even
      [1 + 3 * 2 ** -11, 0x3c02], // a tie, to even
    ];
    for (const [value, half] of table) assert.equal(encodeHalf(Float32Array.of(value))[0], half, `${value}`);
    assert.ok(Number.isNaN(decodeHalf(encodeHalf(Float32Array.of(NaN)))[0]));
  });

  it('gives back every half as it was', () => {
    const all = Uint16Array.from({ length: 0x10000 }, (_, half) => half).filter(
      (half) => (half & 0x7c00) !== 0x7c00 || (half & 0x3ff) === 0,
    );
    assert.deepEqual(encodeHalf(decodeHalf(all)), all);
  });

  it('rounds to the nearest', () => {
    const random = new Random(6);
    const values = Float32Array.from({ length: 5000 }, () => random.normal() * 10 ** (random.below(8) - 4));
    decodeHalf(encodeHalf(values)).forEach((half, k) => {
      const unit = Math.max(2 ** -24, 2 ** (Math.floor(Math.log2(Math.abs(values[k]))) - 10));
      assert.ok(Math.abs(half - values[k]) <= unit / 2, `${values[k]} became ${half}`);
    });
  });
});
