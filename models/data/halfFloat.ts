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

export function encodeHalf(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length);
  for (let k = 0; k < values.length; k++) halves[k] = halfOf(values[k]);
  return halves;
}

/** Every half is a single, too; normal numbers need only their bits moved, which is what makes this fast. */
export function decodeHalf(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  const bits = new Uint32Array(values.buffer);
  for (let k = 0; k < halves.length; k++) {
    const half = halves[k];
    const exponent = half & 0x7c00;
    const sign = (half & 0x8000) << 16;
    if (exponent === 0)
      values[k] = (half & 0x3ff) * (sign ? -(2 ** -24) : 2 ** -24); // subnormals and zeros
    else if (exponent === 0x7c00)
      bits[k] = sign | 0x7f800000 | ((half & 0x3ff) << 13); // infinity, NaN
    else bits[k] = sign | (((half & 0x7fff) << 13) + 0x38000000);
  }
  return values;
}

/** Numbers as a file of halves gives them back. */
export const roundToHalf = (values: Float32Array): Float32Array => decodeHalf(encodeHalf(values));
