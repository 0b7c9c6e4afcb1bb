import { InputError } from '../errors';
import type { NamedArray, Weights } from '../nn/parameters';
import { decodeHalf, encodeHalf } from './halfFloat';

/*
 * The safetensors format (https://github.com/huggingface/safetensors): eight bytes with the length of a JSON
 * header, the header, then the numbers, little-endian. Float32 and float16 tensors only.
 */

export type Precision = 'F32' | 'F16';

/** Where a tensor lies: bytes counted from the end of the header. */
export interface TensorEntry {
  readonly dtype: Precision;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const bytesPer: Readonly<Record<Precision, number>> = { F32: 4, F16: 2 };

/** Bytes of a header, as the reference implementation limits them. */
const LONGEST_HEADER = 100_000_000;

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const damaged = (what: string, file: string): InputError =>
  new InputError(`The weights are damaged: ${what}.`, { file }, 'Fetch or make the file again.');

/** The length of the header and the header of a file whose tensors follow each other in this order. */
export function encodeHeader(
  shapes: Iterable<readonly [string, readonly number[]]>,
  precision: Precision,
): Uint8Array {
  const header = new Map<string, TensorEntry>();
  let offset = 0;
  for (const [name, shape] of shapes) {
    const end = offset + sizeOf(shape) * bytesPer[precision];
    header.set(name, { dtype: precision, shape, data_offsets: [offset, end] });
    offset = end;
  }
  const json = JSON.stringify(Object.fromEntries(header));
  const text = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8));
  const bytes = new Uint8Array(8 + text.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

/** The bytes of a tensor; in float32 they are those of `data` itself. */
export function encodeTensor(data: Float32Array, precision: Precision): Uint8Array {
  const encoded = precision === 'F32' ? data : encodeHalf(data);
  return new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.byteLength);
}

/** The bytes of a safetensors file that holds `weights`, in their order. */
export function encodeSafetensors(weights: Weights, precision: Precision): Uint8Array {
  const shapes = [...weights].map(([name, { shape }]) => [name, shape] as const);
  const header = encodeHeader(shapes, precision);
  const numbers = shapes.reduce((sum, [, shape]) => sum + sizeOf(shape), 0);
  const bytes = new Uint8Array(header.length + numbers * bytesPer[precision]);
  bytes.set(header);
  let at = header.length;
  for (const { data } of weights.values()) {
    const encoded = encodeTensor(data, precision);
    bytes.set(encoded, at);
    at += encoded.length;
  }
  return bytes;
}

/**
 * Reads the head of a file.
 * @param read bytes of the file from `at` on, fewer than `length` where it ends
 * @param size bytes of the whole file
 * @param file named in errors
 * @returns where the numbers begin, and every tensor's place and shape
 * @throws InputError where this is no such file, it is cut off, or holds other kinds of numbers
 */
export function decodeHeader(
  read: (at: number, length: number) => Uint8Array,
  size: number,
  file: string,
): { start: number; entries: Map<string, TensorEntry> } {
  if (size < 8) throw damaged('the file is too short', file);
  const head = read(0, 8);
  const length = Number(new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true));
  const start = 8 + length;
  if (start > size) throw damaged('the header is cut off', file);
  if (length > LONGEST_HEADER) throw damaged(`the header has more than ${LONGEST_HEADER} bytes`, file);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read(8, length)));
  } catch {
    throw damaged('the header is not JSON', file);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw damaged('the header is not a JSON object', file);
  const entries = new Map<string, TensorEntry>();
  for (const [name, value] of Object.entries(header))
    if (name !== '__metadata__') entries.set(name, entryOf(name, value, size - start, file));
  checkApart(entries, file);
  return { start, entries };
}

/** @param size bytes of all numbers */
function entryOf(name: string, value: unknown, size: number, file: string): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as { [key in keyof TensorEntry]?: unknown };
  if (dtype !== 'F32' && dtype !== 'F16')
    throw damaged(`"${name}" has numbers of type ${typeof dtype === 'string' ? dtype : 'unknown'}`, file);
  if (!areCounts(shape)) throw damaged(`"${name}" has no shape`, file);
  if (!areCounts(offsets) || offsets.length !== 2) throw damaged(`"${name}" has no place`, file);
  const [from, to] = offsets;
  // A product beyond 2^53 is never equal to a difference of two safe integers that lie inside a file.
  if (to - from !== sizeOf(shape) * bytesPer[dtype]) throw damaged(`"${name}" has the wrong length`, file);
  if (to > size) throw damaged(`"${name}" is cut off`, file);
  return { dtype, shape, data_offsets: [from, to] };
}

/** @throws InputError where two tensors share bytes */
function checkApart(entries: ReadonlyMap<string, TensorEntry>, file: string): void {
  const byPlace = [...entries]
    .filter(([, { data_offsets: offsets }]) => offsets[0] < offsets[1])
    .sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
  for (const [k, [name, { data_offsets: offsets }]] of byPlace.entries()) {
    const before = byPlace[k - 1];
    if (before !== undefined && before[1].data_offsets[1] > offsets[0])
      throw damaged(`"${before[0]}" and "${name}" overlap`, file);
  }
}

const areCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0);

/** The tensor in `bytes`, whose memory is taken over; it must begin at a multiple of four. */
export function decodeTensor({ dtype, shape }: TensorEntry, bytes: Uint8Array): NamedArray {
  const { buffer, byteOffset, byteLength } = bytes;
  const data =
    dtype === 'F32'
      ? new Float32Array(buffer, byteOffset, byteLength / 4)
      : decodeHalf(new Uint16Array(buffer, byteOffset, byteLength / 2));
  return { shape, data };
}

/**
 * @param file named in errors
 * @throws InputError where the bytes are no such file, are cut off, or hold other kinds of numbers
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): Map<string, NamedArray> {
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength); // slices of a Buffer are no copies
  const { start, entries } = decodeHeader((at, length) => plain.slice(at, at + length), bytes.length, file);
  return new Map(
    [...entries].map(([name, entry]) => {
      const [from, to] = entry.data_offsets;
      return [name, decodeTensor(entry, plain.slice(start + from, start + to))]; // a copy, so aligned
    }),
  );
}
