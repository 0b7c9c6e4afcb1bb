/** What a format counts: code units of UTF-16 (JavaScript, Java) or code points (Python 3). */
export type OffsetUnit = 'utf16' | 'codepoints';

/** How a file counts the characters before an offset. */
export interface Counting {
  readonly unit: OffsetUnit;
  /** `as-one` where CR LF counts one, `as-two` where a lone LF counts two: line ends were changed since. */
  readonly lineEnds?: 'as-one' | 'as-two';
  /** `counted` where a byte order mark counts that the text has lost, `skipped` where one in the text does not count. */
  readonly mark?: 'counted' | 'skipped';
}

/** Converts offsets of one text between UTF-16 code units and those of a file; a conversion takes O(log n). */
export interface Offsets {
  /** The length of the text as the file counts. */
  readonly length: number;
  /** The code unit at which the character number `offset` begins. */
  toUtf16(offset: number): number;
  /** The inverse; an offset inside a character counts as its start. */
  fromUtf16(offset: number): number;
}

export function offsetsOf(text: string, counting: OffsetUnit | Counting): Offsets {
  const how = typeof counting === 'string' ? { unit: counting } : counting;
  const odd = oddCharacters(text, how);
  const shift = how.mark === 'counted' ? 1 : how.mark === 'skipped' ? -1 : 0;
  if (odd.length === 0)
    return {
      length: text.length + shift,
      toUtf16: (offset) => offset - shift,
      fromUtf16: (offset) => offset + shift,
    };
  const fromUtf16 = (offset: number): number => {
    const last = odd[countBelow(odd, ({ at }) => at < offset) - 1] as OddCharacter | undefined;
    if (last === undefined) return offset + shift;
    const behind = last.counted + shift + last.counts;
    return offset < last.at + last.units ? last.counted + shift : behind + offset - last.at - last.units;
  };
  const toUtf16 = (offset: number): number => {
    const counted = offset - shift;
    const last = odd[countBelow(odd, (one) => one.counted < counted) - 1] as OddCharacter | undefined;
    if (last === undefined) return counted;
    return last.at + last.units + Math.max(0, counted - last.counted - last.counts);
  };
  return { length: fromUtf16(text.length), toUtf16, fromUtf16 };
}

/** A character whose code units are not what the file counts. */
interface OddCharacter {
  /** Where it stands in code units, and how many it has. */
  readonly at: number;
  readonly units: number;
  /** What the file counts before it, and for it. */
  readonly counted: number;
  readonly counts: number;
}

function oddCharacters(text: string, { unit, lineEnds }: Counting): OddCharacter[] {
  const found: OddCharacter[] = [];
  let surplus = 0;
  const add = (at: number, units: number, counts: number): void => {
    found.push({ at, units, counts, counted: at - surplus });
    surplus += units - counts;
  };
  if (unit === 'utf16' && !lineEnds) return found;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (unit === 'codepoints' && isHigh(code) && isLow(text.charCodeAt(at + 1))) add(at++, 2, 1);
    else if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) {
      if (lineEnds === 'as-one') add(at, 2, 1);
      at++;
    } else if (code === 0x0a && lineEnds === 'as-two') add(at, 1, 2);
  }
  return found;
}

/** True where an offset stands between the halves of a surrogate pair. */
export function splitsCharacter(text: string, offset: number): boolean {
  return isHigh(text.charCodeAt(offset - 1)) && isLow(text.charCodeAt(offset));
}

/** How many of the sorted items hold, where those that hold come first. */
function countBelow<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle])) low = middle + 1;
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
