/** IEEE 754 binary16 ("half") numbers, which JavaScript of today's editors has no array for. */

const floatView = new Float32Array(1);
const bitsView = new Uint32Array(floatView.buffer);

/** Rounds to the nearest half, ties to even; too large becomes infinity. */
function halfOf(value: number): number {
  floatView[0] = value;
  const bits = bitsView[0];
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude >= 0x7f800000) return sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00); // NaN, infinity
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Subnormal: the unit in the last place is 2⁻²⁴.
    const scaled = Math.abs(value) * 0x1000000;
    const floor = Math.floor(scaled);
    const rest = scaled - floor;
    return sign | (floor + (rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? 1 : 0));
  }
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}

function floatOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

export function encodeHalf(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length);
  for (let k = 0; k < values.length; k++) halves[k] = halfOf(values[k]);
  return halves;
}

export function decodeHalf(halves: Uint16Array): Float32Array {
  const table = Float32Array.from({ length: 0x10000 }, (_, half) => floatOf(half));
  const values = new Float32Array(halves.length);
  for (let k = 0; k < halves.length; k++) values[k] = table[halves[k]];
  return values;
}

/** Numbers as a file of halves gives them back. */
export const roundToHalf = (values: Float32Array): Float32Array => decodeHalf(encodeHalf(values));
