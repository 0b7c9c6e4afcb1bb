import { InputError, type Place } from '../errors';
import type { Span } from '../text/span';
import { type Counting, type OffsetUnit, offsetsOf } from './offsets';

/** A label of a file that quotes the words it stands on. */
export interface QuotedSpans {
  /** One for each part, as the file counts. */
  readonly parts: readonly Span[];
  readonly quote: string;
}

/** A way to count, and how many quotes stand where the file says under it. */
export interface CountingFit {
  readonly counting: Counting;
  readonly fits: number;
}

export interface CountingChoice {
  /** What the format counts. */
  readonly usual: OffsetUnit;
  /** What a person says it counts. */
  readonly given?: OffsetUnit;
  /** True where the text's file began with a byte order mark, which the text here has no more. */
  readonly hadMark?: boolean;
}

/** The ways in which a file may count, the usual one first, and how well its quotes fit under each. */
export function countingFits(
  text: string,
  quotes: readonly QuotedSpans[],
  choice: CountingChoice,
): CountingFit[] {
  return countingsFor(text, choice).map((counting) => {
    const offsets = offsetsOf(text, counting);
    const fits = quotes.filter(({ parts, quote }) => {
      const spans = parts.map(({ start, end }) => ({
        start: offsets.toUtf16(start),
        end: offsets.toUtf16(end),
      }));
      return spans.every(({ start }) => start >= 0) && quoteFits(text, spans, quote);
    });
    return { counting, fits: fits.length };
  });
}

function countingsFor(text: string, { usual, given, hadMark = false }: CountingChoice): Counting[] {
  const other: OffsetUnit = usual === 'utf16' ? 'codepoints' : 'utf16';
  const hasPairs = /[\ud800-\udbff][\udc00-\udfff]/.test(text);
  const units = given ? [given] : hasPairs ? [usual, other] : [usual];
  const lineEnds = [
    undefined,
    ...(text.includes('\r\n') ? (['as-one'] as const) : []),
    ...(/(?:^|[^\r])\n/.test(text) ? (['as-two'] as const) : []),
  ];
  const marks = [
    undefined,
    ...(hadMark ? (['counted'] as const) : []),
    ...(text.startsWith('\ufeff') ? (['skipped'] as const) : []),
  ];
  return marks.flatMap((mark) =>
    lineEnds.flatMap((ends) =>
      units.map((unit) => ({ unit, ...(ends && { lineEnds: ends }), ...(mark && { mark }) })),
    ),
  );
}

/** True where spans of a text say what a file quotes, but for white space. */
export function quoteFits(text: string, spans: readonly Span[], quote: string): boolean {
  const length = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  // Without this a file with many labels over all of a long text would be compared for minutes.
  if (length > 4 * quote.length + 1000) return false;
  return sameQuote(spans.map(({ start, end }) => text.slice(start, end)).join(' '), quote);
}

/** True where two quotes differ in white space at most; escaped line breaks count as blanks. */
export function sameQuote(a: string, b: string): boolean {
  return blanks(a) === blanks(b);
}

function blanks(quote: string): string {
  return quote
    .replace(/\\n|\s+/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** True where two ways to count give some of the spans another place in the text. */
export function placeApart(text: string, spans: readonly Span[], a: Counting, b: Counting): boolean {
  const [one, two] = [offsetsOf(text, a), offsetsOf(text, b)];
  return spans.some(
    ({ start, end }) => one.toUtf16(start) !== two.toUtf16(start) || one.toUtf16(end) !== two.toUtf16(end),
  );
}

/**
 * What a person is told where quotes show that a file counts in another way than its format.
 * @param texts of the file that it holds for
 */
export function countingRemark(counting: Counting, usual: OffsetUnit, place: Place, texts = 1): InputError[] {
  if (counting.unit === usual && !counting.lineEnds && !counting.mark) return [];
  const where = texts === 1 ? '' : ` of ${texts} texts`;
  return [
    new InputError(`The offsets${where} count ${countingWords(counting)}, as the quoted words show.`, place),
  ];
}

/** A way to count in words that follow "The offsets count". */
export function countingWords({ unit, lineEnds, mark }: Counting): string {
  return [
    unit === 'utf16' ? 'UTF-16 code units' : 'code points',
    ...(lineEnds === 'as-one' ? ['CR LF as one'] : lineEnds === 'as-two' ? ['line ends as two'] : []),
    ...(mark === 'counted'
      ? ['the byte order mark too']
      : mark === 'skipped'
        ? ['not the byte order mark']
        : []),
  ].join(', ');
}
