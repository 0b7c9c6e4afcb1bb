import type { Span } from '../text/span';

/** What a format counts: code units of UTF-16 (JavaScript, Java) or code points (Python 3). */
export type OffsetUnit = 'utf16' | 'codepoints';

/** Converts offsets of one text between UTF-16 code units and another unit; a conversion takes O(log n). */
export interface Offsets {
  /** The length of the text in the unit. */
  readonly length: number;
  /** The code unit at which the character number `offset` begins. */
  toUtf16(offset: number): number;
  /** The inverse; an offset inside a character counts as its start. */
  fromUtf16(offset: number): number;
}

export function offsetsOf(text: string, unit: OffsetUnit): Offsets {
  if (unit === 'utf16')
    return { length: text.length, toUtf16: (offset) => offset, fromUtf16: (offset) => offset };
  const pairs = surrogatePairs(text);
  return {
    length: text.length - pairs.length,
    // Pair k begins at the code point pairs[k] - k.
    toUtf16: (offset) => offset + countBelow(pairs, (pair, k) => pair - k < offset),
    // A pair that `offset` lies in or behind has one unit more than points.
    fromUtf16: (offset) => offset - countBelow(pairs, (pair) => pair < offset),
  };
}

/** True where an offset stands between the halves of a surrogate pair. */
export function splitsCharacter(text: string, offset: number): boolean {
  return isHigh(text.charCodeAt(offset - 1)) && isLow(text.charCodeAt(offset));
}

/**
 * The unit under which a file's own quotes stand where it says: `preferred` unless some of its quotes fit only the
 * other. White space and escaped line breaks in quotes count as blanks.
 */
export function unitOfQuotes(
  text: string,
  quotes: readonly { readonly span: Span; readonly quote: string }[],
  preferred: OffsetUnit,
): OffsetUnit {
  const other: OffsetUnit = preferred === 'utf16' ? 'codepoints' : 'utf16';
  const fits = (unit: OffsetUnit): number => {
    const offsets = offsetsOf(text, unit);
    return quotes.filter(({ span, quote }) => {
      const [start, end] = [offsets.toUtf16(span.start), offsets.toUtf16(span.end)];
      return isLikely(end - start, quote) && sameQuote(text.slice(start, end), quote);
    }).length;
  };
  const most = fits(preferred);
  return most < quotes.length && fits(other) > most ? other : preferred;
}

/**
 * False where a span is far too long for its quote, whatever its white space. Without this a file with many labels over
 * all of a long text would be compared for minutes.
 */
function isLikely(length: number, quote: string): boolean {
  return length <= 4 * quote.length + 1000;
}

/** True where two quotes differ in white space at most. */
export function sameQuote(a: string, b: string): boolean {
  return blanks(a) === blanks(b);
}

function blanks(quote: string): string {
  return quote
    .replace(/\\n|\s+/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

function surrogatePairs(text: string): number[] {
  const pairs: number[] = [];
  for (let i = 0; i + 1 < text.length; i++)
    if (isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))) pairs.push(i++);
  return pairs;
}

/** How many of the sorted items hold, where those that hold come first. */
function countBelow(items: readonly number[], holds: (item: number, index: number) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle], middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
