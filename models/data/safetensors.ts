import { InputError } from '../errors';
import type { NamedArray, Weights } from '../nn/parameters';
import { decodeHalf, encodeHalf } from './halfFloat';

/*
 * The safetensors format (https://github.com/huggingface/safetensors): eight bytes with the length of a JSON
 * header, the header, then the numbers, little-endian. Float32 and float16 tensors only.
 */

type Precision = 'F32' | 'F16';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const bytesPer: Readonly<Record<Precision, number>> = { F32: 4, F16: 2 };

/** The bytes of a safetensors file that holds `weights`, in their order. */
export function encodeSafetensors(weights: Weights, precision: Precision): Uint8Array {
  const header: Record<string, Entry> = {};
  let offset = 0;
  for (const [name, { shape, data }] of weights) {
    const end = offset + data.length * bytesPer[precision];
    header[name] = { dtype: precision, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = JSON.stringify(header);
  const text = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8));
  const bytes = new Uint8Array(8 + text.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const { data } of weights.values()) {
    const encoded = precision === 'F32' ? data : encodeHalf(data);
    bytes.set(new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.byteLength), at);
    at += encoded.byteLength;
  }
  return bytes;
}

/**
 * @param file named in errors
 * @throws InputError where the bytes are no such file, are cut off, or hold other kinds of numbers
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): Map<string, NamedArray> {
  const damaged = (what: string): InputError =>
    new InputError(`The weights are damaged: ${what}.`, { file }, 'Fetch or make the file again.');
  if (bytes.length < 8) throw damaged('the file is too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength); // slices of a Buffer are no copies
  const headerLength = Number(view.getBigUint64(0, true));
  if (8 + headerLength > bytes.length) throw damaged('the header is cut off');
  let header: Record<string, Entry>;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))) as Record<
      string,
      Entry
    >;
  } catch {
    throw damaged('the header is not JSON');
  }
  const weights = new Map<string, NamedArray>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const [from, to] = entry.data_offsets;
    const size = entry.shape.reduce((a, b) => a * b, 1);
    if (entry.dtype !== 'F32' && entry.dtype !== 'F16')
      throw damaged(`"${name}" has numbers of type ${entry.dtype}`);
    if (to - from !== size * bytesPer[entry.dtype]) throw damaged(`"${name}" has the wrong length`);
    if (8 + headerLength + to > bytes.length) throw damaged(`"${name}" is cut off`);
    const part = plain.slice(8 + headerLength + from, 8 + headerLength + to); // a copy, so aligned
    const data =
      entry.dtype === 'F32' ? new Float32Array(part.buffer) : decodeHalf(new Uint16Array(part.buffer));
    weights.set(name, { shape: entry.shape, data });
  }
  return weights;
}
