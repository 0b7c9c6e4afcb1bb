import { isAbbreviation } from './abbreviations';
import { lacksApostrophe, splitClitics, splitRunOn } from './clitics';
import type { Token } from './span';
import * as patterns from './tokenPatterns';
import { urlLength } from './urlLength';

/**
 * Splits text into syntactic words, as the Universal Dependencies English Web Treebank does.
 * Nothing but white space, control and other invisible characters is left out; tokens never overlap and
 * never hold white space. A period of an abbreviation stays on it, also at the end of a sentence, where
 * the sentence splitter takes it off.
 *
 * @param start where to begin in `text`, in UTF-16 code units
 * @param end where to stop; the text behind it is not looked at
 * @returns tokens with offsets into `text`; `form` is always `text.slice(start, end)`
 */
export function tokenize(text: string, start = 0, end = text.length): Token[] {
  const scan = new Scan(end < text.length ? text.slice(0, end) : text, start);
  return scan.run();
}

/** One pass over a text, from left to right; what comes first in `#next` wins. */
class Scan {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #at: number;
  /** An opening single quote waits for its partner, so `parents'` ends a quotation. */
  #quoteOpen = false;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  run(): Token[] {
    while (this.#at < this.#text.length) {
      if (this.#length(patterns.BLANK) > 0) this.#at += this.#length(patterns.BLANK);
      else this.#next();
    }
    return this.#tokens;
  }

  #next(): void {
    const char = this.#text[this.#at];
    if (SIMPLE_LETTER.test(char) && this.#simpleWord()) return;
    const length = WORD_START.test(char) ? this.#special() || this.#number() : this.#symbol();
    if (length > 0) this.#push(length);
    else if (length === DONE) return;
    else if (this.#length(patterns.CORE) > 0) this.#word();
    else this.#push(String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0).length);
  }

  /** The usual case, told at a glance: ASCII letters up to a blank or a comma. */
  #simpleWord(): boolean {
    const length = this.#length(SIMPLE_WORD);
    if (length === 0) return false;
    this.#pushWord(length);
    return true;
  }

  /** Tokens that look like words but follow rules of their own. */
  #special(): number {
    const before = this.#before();
    return (
      urlLength(this.#text, this.#at) ||
      this.#length(patterns.MAIL) ||
      this.#length(patterns.HOST) ||
      this.#length(patterns.FILE_NAME) ||
      this.#length(patterns.EMOJI) ||
      (ALNUM.test(before) ? 0 : this.#length(patterns.EMOTICON)) ||
      this.#length(patterns.CURRENCY) ||
      (ALNUM.test(before) ? 0 : this.#length(patterns.NAMED)) ||
      this.#acronym()
    );
  }

  #acronym(): number {
    const length = this.#length(patterns.ACRONYM);
    return length > 0 && !ALNUM.test(this.#before()) ? length : 0;
  }

  #symbol(): number {
    const before = this.#before();
    const loose = before === '' || BLANK.test(before);
    const char = this.#text[this.#at];
    const emoji = this.#length(patterns.EMOJI);
    if (emoji > 0) return emoji;
    if (loose && this.#length(patterns.DRAWING) > 0) return this.#length(patterns.DRAWING);
    if (!ALNUM.test(before) || char === ':' || char === ';' || char === '=') {
      if (this.#length(patterns.EMOTICON) > 0) return this.#length(patterns.EMOTICON);
      if (!ALNUM.test(before)) {
        const length =
          this.#length(patterns.MENTION) ||
          this.#length(patterns.SHORT_YEAR) ||
          (loose ? this.#length(patterns.CALLING_CODE) : 0) ||
          (char === '.' ? this.#length(patterns.NUMBER) || this.#length(patterns.EXTENSION) : 0) ||
          (char === "'" || char === '’' ? this.#length(LEADING_APOSTROPHE) : 0);
        if (length > 0) return this.#leading(length);
      }
    }
    const run = this.#length(patterns.RUN);
    if (run > 0) return run;
    if (char === "'" || char === '‘' || char === '’' || char === '`') this.#quote(char, before);
    return 0;
  }

  /** `'tis` and `'s` after a blank; everything else that was found is one token. */
  #leading(length: number): number {
    const word = this.#text.slice(this.#at, this.#at + length);
    const pieces = splitClitics(word);
    if (pieces.length === 1) return length;
    this.#pushPieces(pieces);
    return DONE;
  }

  #quote(char: string, before: string): void {
    const after = this.#text[this.#at + 1] ?? '';
    if (char !== '’' && !ALNUM.test(before) && after !== '' && !BLANK.test(after)) this.#quoteOpen = true;
    else if (char !== '`') this.#quoteOpen = false;
  }

  #number(): number {
    if (!DIGIT.test(this.#text[this.#at])) return 0;
    const whole =
      this.#length(patterns.DIGIT_GROUPS) ||
      this.#length(patterns.ORDINAL) ||
      (this.#isDate() ? this.#length(patterns.MONTH_DAY) : 0);
    if (whole > 0) return whole;
    const number = this.#length(patterns.NUMBER);
    const after = this.#at + number;
    const unit = this.#lengthAt(patterns.UNIT, after);
    if (unit > 0) {
      this.#push(number);
      return unit;
    }
    // `3143C`, `2x4`: digits that go on in letters are one code.
    return number > 0 && LETTER.test(this.#text[after] ?? '') ? 0 : number;
  }

  #isDate(): boolean {
    patterns.MONTH_DAY.lastIndex = this.#at;
    const match = patterns.MONTH_DAY.exec(this.#text);
    if (match === null || this.#before() === '/') return false;
    const [first, second] = [Number(match[1]), Number(match[2])];
    const isFraction = first < second && second <= 10 && !match[2].startsWith('0');
    return first >= 1 && first <= 12 && second >= 1 && second <= 31 && !isFraction;
  }

  /** A word: stretches of letters and digits with what may join them; then its period, if it keeps one. */
  #word(): void {
    let end = this.#at + this.#length(patterns.CORE);
    for (;;) {
      const joint = this.#lengthAt(patterns.JOINT, end) || this.#hyphen(end);
      if (joint === 0) break;
      const core = this.#lengthAt(patterns.CORE, end + joint);
      if (core === 0) break;
      end += joint + core;
    }
    const word = this.#text.slice(this.#at, end);
    const next = this.#text[end];
    if (next === '.' && !/^\.\.+(?!\.)/u.test(this.#text.slice(end, end + 3)) && this.#takesPeriod(word, end))
      end++;
    else if ((next === "'" || next === '’') && this.#takesApostrophe(word, end)) {
      this.#pushApostrophe(word);
      return;
    }
    this.#pushWord(end - this.#at);
  }

  #hyphen(at: number): number {
    if (this.#text[at] !== '-' || !ALNUM.test(this.#text[at + 1] ?? '')) return 0;
    const word = this.#text.slice(this.#at, at).toLowerCase();
    if (word === 'e' && this.#lengthAt(LOWER_CASE, at + 1) < 3) return 0;
    if (patterns.PREFIXES.has(word)) return LETTER.test(this.#text[at + 1]) || word === 'mid' ? 1 : 0;
    const end = this.#lengthAt(patterns.CORE, at + 1);
    return patterns.ENDINGS.has(this.#text.slice(at + 1, at + 1 + end)) && this.#text[at + 1 + end] !== '-'
      ? 1
      : 0;
  }

  #takesPeriod(word: string, end: number): boolean {
    return isAbbreviation(word, this.#text.slice(end + 1, end + 40));
  }

  /** `parents'`, `cookin'`: not while a quotation is open, and not before a letter. */
  #takesApostrophe(word: string, end: number): boolean {
    if (this.#quoteOpen || ALNUM.test(this.#text[end + 1] ?? '') || this.#text[end + 1] === this.#text[end])
      return false;
    return /\p{L}[sxz]$|[a-z]in$/iu.test(word) && word.length > 2;
  }

  #pushApostrophe(word: string): void {
    if (/in$/iu.test(word)) this.#push(word.length + 1);
    else this.#pushPieces([word.length, 1]);
  }

  #pushWord(length: number): void {
    const word = this.#text.slice(this.#at, this.#at + length);
    for (const part of splitRunOn(word)) this.#pushSurfaceWord(part);
  }

  #pushSurfaceWord(length: number): void {
    const end = this.#at + length;
    const word = this.#text.slice(this.#at, end);
    const pieces = splitClitics(word);
    if (pieces.length > 1) this.#pushPieces(pieces);
    else if (lacksApostrophe(word, this.#text, end)) this.#pushPieces([length - 1, 1]);
    else this.#push(length);
  }

  #pushPieces(lengths: readonly number[]): void {
    lengths.forEach((length, index) => this.#push(length, index > 0));
  }

  #push(length: number, joined = false): void {
    if (length <= 0) return;
    const start = this.#at;
    const end = start + length;
    const form = this.#text.slice(start, end);
    this.#tokens.push(joined ? { start, end, form, joined } : { start, end, form });
    this.#at = end;
  }

  #before(): string {
    return this.#text[this.#at - 1] ?? '';
  }

  #length(pattern: RegExp): number {
    return this.#lengthAt(pattern, this.#at);
  }

  #lengthAt(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    return pattern.test(this.#text) ? pattern.lastIndex - at : 0;
  }
}

/** Instead of a length: the tokens were already added. */
const DONE = -1;

const SIMPLE_LETTER = /[A-Za-z]/;
const SIMPLE_WORD = /[A-Za-z]+(?=[ \n,])/y;
const WORD_START = /[\p{L}\p{N}\uD800-\uDFFF]/u;
const LEADING_APOSTROPHE =
  /['’](?:n['’]|tis|twas|twere|em|til|cause|bout|s|m|re|ve|ll|d|n)(?![\p{L}\p{N}'’])/iuy;
const LOWER_CASE = /\p{Ll}+/uy;
const DIGIT = /\d/;
const LETTER = /\p{L}/u;
const ALNUM = /[\p{L}\p{M}\p{N}]/u;
const BLANK = /\s/u;
