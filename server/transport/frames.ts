import { InputError } from '../../models/errors';

/** Bytes of one message, and of its header, at most. */
const [MOST_BYTES, MOST_HEADER] = [256 * 2 ** 20, 4096];
const END_OF_HEADER = '\r\n\r\n';
/** What the beginning of a line of a header looks like: a name, then a colon and printable characters. */
const BEGUN_LINE = /^[A-Za-z][A-Za-z0-9-]*(:[\t\x20-\x7e]*\r?)?$/;

/**
 * Cuts the stream of LSP's base protocol into the bodies of its messages.
 * What comes after a header that cannot be read has no beginning any more, so that everything ends there.
 */
export class Frames {
  #header = '';
  /** The length of the body that is being read; undefined in a header. */
  #length: number | undefined;
  #parts: Buffer[] = [];
  #held = 0;

  /** True between two messages. */
  get isBetween(): boolean {
    return this.#length === undefined && this.#header === '';
  }

  /**
   * The bodies that a further piece of the stream completes.
   * @throws InputError at a header that cannot be read
   */
  *take(piece: Buffer): Generator<Buffer, void> {
    let rest = piece;
    while (rest.length > 0) {
      rest = this.#length === undefined ? this.#takeHeader(rest) : this.#takeBody(rest, this.#length);
      if (this.#length !== undefined && this.#held === this.#length) yield this.#body();
    }
  }

  #takeHeader(piece: Buffer): Buffer {
    const before = this.#header.length;
    const header = this.#header + piece.toString('latin1', 0, MOST_HEADER + END_OF_HEADER.length - before);
    const end = header.indexOf(END_OF_HEADER);
    if (end >= 0 ? end > MOST_HEADER : header.length > MOST_HEADER)
      throw broken(`is longer than ${MOST_HEADER} bytes`);
    const lines = (end < 0 ? header : header.slice(0, end)).split('\r\n');
    const begun = end < 0 ? (lines.pop() ?? '') : '';
    if (begun !== '' && begun !== '\r' && !BEGUN_LINE.test(begun)) throw broken('is none');
    const length = lengthIn(lines);
    if (end < 0) {
      this.#header = header;
      return piece.subarray(piece.length);
    }
    if (length === undefined) throw broken('has no Content-Length');
    this.#header = '';
    this.#length = length;
    return piece.subarray(end + END_OF_HEADER.length - before);
  }

  #takeBody(piece: Buffer, length: number): Buffer {
    const part = piece.subarray(0, length - this.#held);
    this.#parts.push(part);
    this.#held += part.length;
    return piece.subarray(part.length);
  }

  #body(): Buffer {
    const body = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#length = undefined;
    this.#parts = [];
    this.#held = 0;
    return body;
  }
}

/** The length that whole lines of a header name, if they do. */
function lengthIn(lines: readonly string[]): number | undefined {
  let length: number | undefined;
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0 || !BEGUN_LINE.test(line)) throw broken('is none');
    if (line.slice(0, colon).toLowerCase() !== 'content-length') continue;
    const value = line.slice(colon + 1).trim();
    if (!/^\d{1,15}$/.test(value)) throw broken('has a Content-Length that is no number of bytes');
    if (Number(value) > MOST_BYTES)
      throw broken(`announces a message of more than ${MOST_BYTES / 2 ** 20} MB`);
    if (length !== undefined && length !== Number(value)) throw broken('has two lengths');
    length = Number(value);
  }
  return length;
}

const broken = (what: string): InputError =>
  new InputError(`The header of a message from the editor ${what}.`);
