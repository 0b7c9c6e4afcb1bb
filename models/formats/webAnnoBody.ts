import type { Line } from '../data/lines';
import { InputError } from '../errors';
import type { Sentence, Token } from '../text/span';
import { type OffsetUnit, type Offsets, offsetsOf } from './offsets';
import { type WebAnnoVersion, unescapeText } from './webAnnoEscapes';

/** No text has more white space between its sentences; offsets that ask for it are wrong. */
const MOST_BLANKS = 1_000_000;

/** A token, or a part of one, with the columns of its layers. Without length where a label stands between characters. */
export interface Unit {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly columns: readonly string[];
}

export interface BodyOptions {
  readonly file: string;
  readonly version: WebAnnoVersion;
  /** Columns of all layers. */
  readonly columns: number;
  /** What offsets count: UTF-16 in Java, code points in files that were made in Python. */
  readonly unit: OffsetUnit;
}

/** Puts the text of a file together again from its sentences, and checks every token against it. */
export class WebAnnoBody {
  readonly #options: BodyOptions;
  readonly #sentences: Sentence[] = [];
  readonly #units: Unit[] = [];
  readonly #parts: string[] = [];
  /** Where the open sentence begins: in code units, and as the file counts. */
  #base = 0;
  #counted = 0;
  /** The text of the open sentence. */
  #sentence = '';
  #offsets: Offsets = offsetsOf('', 'utf16');
  /** Characters between sentences, of which the file says only that they are there. */
  #blanks = 0;
  #header: string[] = [];
  #open: Token[] = [];

  constructor(options: BodyOptions) {
    this.#options = options;
  }

  /** @throws InputError where a line is no token of the text */
  add({ number: line, text }: Line): void {
    if (text.startsWith('#') || text.trim() === '') {
      this.#endSentence();
      if (text.startsWith('#Text=')) this.#header.push(unescapeText(text.slice(6), this.#options.version));
    } else this.#unit(text.split('\t'), line);
  }

  end(): { text: string; sentences: Sentence[]; units: Unit[] } {
    this.#endSentence();
    return { text: this.#parts.join(''), sentences: this.#sentences, units: this.#units };
  }

  #unit(fields: readonly string[], line: number): void {
    const { file, columns } = this.#options;
    const [id, offsets = '', form] = fields;
    const place = /^(\d+)-(\d+)$/.exec(offsets);
    if (!/^\d+-\d+(\.\d+)?$/.test(id) || !place || fields.length < 3)
      throw new InputError(
        'The line is not a token: it needs an id such as 1-1, offsets such as 0-4, and the word, between tabs.',
        { file, line },
        'Export the file again from WebAnno or INCEpTION, or correct the line.',
      );
    // Lines end in a tab, but for those of other programs; what is empty behind the last one is no column then.
    const given = fields.length - (fields[fields.length - 1] === '' ? 4 : 3);
    if (given < columns)
      throw new InputError(
        `The line has ${given} ${given === 1 ? 'column' : 'columns'} of layers, and the header names ${columns}.`,
        { file, line },
        'Give the line the missing columns, with "_" where there is no label, or take the layer out of the header.',
      );
    const [from, to] = [Number(place[1]), Number(place[2])];
    const isToken = !id.includes('.');
    if (isToken && !this.#open.length) this.#beginSentence(from, line);
    const [start, end] = [this.#offsetOf(from), this.#offsetOf(to)];
    const found = from < this.#counted ? '' : this.#sentence.slice(start - this.#base, end - this.#base);
    if (found !== form)
      throw new InputError(
        `The text at ${offsets} is "${found}", not "${form}".`,
        { file, line },
        'Offsets count UTF-16 code units; check that the file was not edited by hand.',
      );
    if (isToken) this.#open.push({ start, end, form });
    this.#units.push({ line, start, end, columns: fields.slice(3, 3 + columns) });
  }

  #offsetOf(counted: number): number {
    return this.#base + this.#offsets.toUtf16(counted - this.#counted);
  }

  #beginSentence(start: number, line: number): void {
    const { file, unit } = this.#options;
    let before = this.#counted + this.#offsets.length;
    // A sentence that follows without a gap takes the place of the line feed.
    if (before === start + 1) {
      this.#parts.push(this.#parts.pop()?.slice(0, -1) ?? '');
      before = start;
      this.#base--;
    }
    if (before > start)
      throw new InputError(
        `The sentence begins at ${start}, before the one above ends.`,
        { file, line },
        'Check the offsets of its tokens.',
      );
    this.#blanks += start - before;
    if (this.#blanks > MOST_BLANKS)
      throw new InputError(
        `The sentence begins at ${start}, and the one above ends at ${before}.`,
        { file, line },
        'Check the offsets of its tokens.',
      );
    this.#base += this.#sentence.length + start - before;
    this.#sentence = `${this.#header.join('\n')}\n`;
    this.#offsets = offsetsOf(this.#sentence, unit);
    this.#counted = start;
    this.#parts.push(' '.repeat(start - before), this.#sentence);
    this.#header = [];
  }

  #endSentence(): void {
    const tokens = this.#open;
    if (tokens.length)
      this.#sentences.push({ tokens, start: tokens[0].start, end: tokens[tokens.length - 1].end });
    this.#open = [];
  }
}
