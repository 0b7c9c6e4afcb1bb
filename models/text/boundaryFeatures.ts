import type { Token } from './span';

/** log₂ of the number of weights that features are hashed to. */
export const HASH_BITS = 17;

/** At most this many features are active at a gap. */
export const MAX_FEATURES = 64;

/** What kind of token stands beside a gap; the digits are used as numbers in features. */
const enum Kind {
  None,
  Lower,
  Title,
  Upper,
  Mixed,
  Number,
  Abbreviation,
  Stop,
  Ellipsis,
  Comma,
  Colon,
  Opener,
  Closer,
  Dash,
  Address,
  Symbol,
}

/**
 * The features of the gaps between the tokens of one paragraph, for a linear classifier of sentence
 * boundaries: forms, shapes and kinds of the neighbours, their conjunctions, how long the sentence is by
 * now, open brackets and quotes, and how the paragraph is written (with capitals, with final punctuation).
 */
export class BoundaryFeatures {
  readonly #words: Int32Array;
  readonly #shapes: Int32Array;
  readonly #kinds: Int32Array;
  readonly #gaps: Int32Array;
  /** Tokens from each token to the next final punctuation mark, itself included. */
  readonly #untilStop: Int32Array;
  readonly #style: number;
  readonly #count: number;
  #active = 0;

  /** Feature indices of the gap last read; the first `read()` entries hold. */
  readonly indices = new Int32Array(MAX_FEATURES);

  constructor(tokens: readonly Token[]) {
    this.#count = tokens.length;
    this.#words = Int32Array.from(tokens, (token) => hash(token.form.toLowerCase()));
    this.#shapes = Int32Array.from(tokens, (token) => hash(shapeOf(token.form)));
    this.#kinds = Int32Array.from(tokens, (token) => kindOf(token.form));
    this.#gaps = Int32Array.from(tokens, (token, i) => (tokens[i + 1]?.start === token.end ? 0 : 1));
    this.#untilStop = new Int32Array(tokens.length + 1);
    for (let i = tokens.length - 1; i >= 0; i--) {
      this.#untilStop[i] = isStop(this.#kinds[i]) ? 0 : this.#untilStop[i + 1] + 1;
    }
    this.#style = this.#styleOf();
  }

  /**
   * Reads the gap behind token `index` of a sentence that began at token `from`.
   * @returns how many entries of `indices` are set
   */
  read(index: number, from: number): number {
    this.#active = 0;
    const [l3, l2, l1] = [index - 2, index - 1, index];
    const [r1, r2, r3] = [index + 1, index + 2, index + 3];
    const kind = this.#kind(l1) * 2 + this.#gaps[index];
    const next = this.#kind(r1);
    const length = bucket(index + 1 - from);
    const left = bucket(this.#count - r1);
    const stop = bucket(this.#untilStop[r1]);
    const open = this.#openMarks(from, index);
    const first = this.#kind(from) * 64 + this.#kind(from + 1);

    this.#add(1, kind, next);
    this.#add(2, this.#word(l1), kind & 1);
    this.#add(3, this.#word(r1), kind & 1);
    this.#add(4, this.#word(l2));
    this.#add(5, this.#word(r2));
    this.#add(6, this.#shape(l1), this.#shape(r1));
    this.#add(7, this.#shape(l2), this.#shape(l1));
    this.#add(8, this.#shape(r1), this.#shape(r2));
    this.#add(9, this.#word(l1), this.#shape(r1));
    this.#add(10, this.#shape(l1), this.#word(r1));
    this.#add(11, this.#word(l2), this.#word(l1));
    this.#add(12, this.#word(r1), this.#word(r2));
    this.#add(13, this.#kind(l2) * 64 + kind, next * 64 + this.#kind(r2));
    this.#add(14, this.#kind(l3) * 4096 + this.#kind(l2) * 64 + kind, next);
    this.#add(15, kind, next * 4096 + this.#kind(r2) * 64 + this.#kind(r3));
    this.#add(16, kind, this.#word(r1));
    this.#add(17, kind * 64 + next, this.#word(r2));
    this.#add(18, kind * 64 + next, this.#word(l2));
    this.#add(19, kind * 64 + next, length);
    this.#add(20, kind * 64 + next, left);
    this.#add(21, kind * 64 + next, stop);
    this.#add(22, kind * 64 + next, this.#style);
    this.#add(23, kind * 64 + next, open);
    this.#add(24, length * 64 + left, kind);
    this.#add(25, stop * 64 + length, kind * 64 + next);
    this.#add(26, this.#style * 64 + stop, kind * 64 + next);
    this.#add(27, first, kind * 64 + next);
    this.#add(28, first, length);
    this.#add(29, this.#shape(l3), this.#shape(l2) ^ Math.imul(this.#shape(l1), 31));
    this.#add(30, this.#shape(r1), this.#shape(r2) ^ Math.imul(this.#shape(r3), 31));
    this.#add(31, this.#word(l3));
    this.#add(32, this.#word(r3));
    this.#add(33, this.#word(l1), this.#word(r1));
    this.#add(34, this.#style, this.#word(r1));
    this.#add(35, this.#word(from), kind * 64 + next);
    this.#add(36, this.#style * 64 + length, kind * 64 + next);
    return this.#active;
  }

  #add(template: number, first: number, second = 0): void {
    let mixed = Math.imul(template, 0x9e3779b1) ^ Math.imul(first + 0x7f4a7c15, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) ^ Math.imul(second + 0x165667b1, 0x27d4eb2f);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0x9e3779b1);
    this.indices[this.#active++] = (mixed ^ (mixed >>> 16)) & ((1 << HASH_BITS) - 1);
  }

  #word(at: number): number {
    return at >= 0 && at < this.#count ? this.#words[at] : at < 0 ? -1 : -2;
  }

  #shape(at: number): number {
    return at >= 0 && at < this.#count ? this.#shapes[at] : at < 0 ? -1 : -2;
  }

  #kind(at: number): number {
    return at >= 0 && at < this.#count ? this.#kinds[at] : Kind.None;
  }

  /** 2 where a bracket is open in the sentence up to `index`, plus 1 where a straight quote is. */
  #openMarks(from: number, index: number): number {
    let [brackets, quotes] = [0, 0];
    for (let i = Math.max(from, index - 60); i <= index; i++) {
      if (this.#kinds[i] === Kind.Opener) brackets++;
      else if (this.#kinds[i] === Kind.Closer && brackets > 0) brackets--;
      else if (this.#words[i] === STRAIGHT_QUOTE) quotes ^= 1;
    }
    return (brackets > 0 ? 2 : 0) + quotes;
  }

  /** How the paragraph is written: starts in lower case, has capitals, how much of it is final punctuation. */
  #styleOf(): number {
    const count = (test: (kind: number) => boolean): number => this.#kinds.filter(test).length;
    const stops = count(isStop);
    const titles = count((kind) => kind === Kind.Title || kind === Kind.Upper);
    const lowers = count((kind) => kind === Kind.Lower);
    const lowerStart = this.#kind(0) === Kind.Lower ? 1 : 0;
    const capitals = titles > 2 * lowers ? 3 : titles > lowers ? 2 : titles > 0 ? 1 : 0;
    return (lowerStart * 4 + capitals) * 4 + Math.min(3, stops);
  }
}

const STRAIGHT_QUOTE = hash('"');

/** Counts in steps that grow: 0, 1, 2, 3, 4, 5–6, 7–9, 10–14, 15–22, 23–35, 36 and more. */
function bucket(count: number): number {
  const bounds = [1, 2, 3, 4, 5, 7, 10, 15, 23, 36];
  let step = 0;
  while (step < bounds.length && count >= bounds[step]) step++;
  return step;
}

function isStop(kind: number): boolean {
  return kind === Kind.Stop || kind === Kind.Ellipsis;
}

/** The form with classes for letters and digits, runs cut to two: `Xxx` is `Xx`, `12:30` is `dd:dd`. */
function shapeOf(form: string): string {
  let shape = '';
  for (let i = 0; i < form.length && i < 24; i++) {
    const sign = classOf(form.charCodeAt(i), form[i]);
    if (sign !== shape[shape.length - 1] || sign !== shape[shape.length - 2]) shape += sign;
  }
  return shape;
}

function classOf(code: number, char: string): string {
  if (code >= 97 && code <= 122) return 'x';
  if (code >= 65 && code <= 90) return 'X';
  if (code >= 48 && code <= 57) return 'd';
  if (code < 128) return char;
  return /\p{Ll}/u.test(char) ? 'x' : /\p{Lu}/u.test(char) ? 'X' : /\p{N}/u.test(char) ? 'd' : char;
}

function kindOf(form: string): Kind {
  if (/^[a-z]+$/.test(form)) return Kind.Lower;
  if (/^[A-Z][a-z]+$/.test(form)) return Kind.Title;
  if (/^\p{L}[\p{L}\p{M}'’-]*$/u.test(form)) return caseOf(form);
  if (/^[!?]+$|^\.$/u.test(form) || /^\.?[!?]+\.?$/u.test(form)) return Kind.Stop;
  if (/^[.…]+$/u.test(form)) return Kind.Ellipsis;
  if (/^[,;،、]+$/u.test(form)) return Kind.Comma;
  if (form === ':') return Kind.Colon;
  if (/^(?:[([{“‘«<]|``|<<)$/u.test(form)) return Kind.Opener;
  if (/^(?:[)\]}”’»>]|''|’’|>>)$/u.test(form)) return Kind.Closer;
  if (/^[-–—]+$/u.test(form)) return Kind.Dash;
  if (/^[\p{L}.-]+\.$/u.test(form)) return Kind.Abbreviation;
  if (/^[\d.,:/-]+$/u.test(form)) return Kind.Number;
  if (/^\w.*(?:@|\.\w|:\/\/)/u.test(form)) return Kind.Address;
  return /[\p{L}\p{N}]/u.test(form) ? Kind.Mixed : Kind.Symbol;
}

function caseOf(form: string): Kind {
  if (/^\p{Ll}/u.test(form)) return Kind.Lower;
  if (form.length > 1 && form === form.toUpperCase()) return Kind.Upper;
  return Kind.Title;
}

/** FNV-1a over code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}
