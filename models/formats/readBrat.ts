import { linesOf } from '../data/lines';
import { InputError } from '../errors';
import type { Span } from '../text/span';
import { type AnnotatedText, type TextLabel, defaultLayer } from './annotatedText';
import { fileStem } from './documentNames';
import { unlessAllFaulty } from './faults';
import type { InputFile, ReadOptions } from './format';
import { spanFault } from './jsonText';
import { type Counting, type OffsetUnit, offsetsOf } from './offsets';
import { countingFits, countingRemark, countingWords, placeApart, quoteFits } from './quotedSpans';
import { unitOfWords } from './unitOfWords';

/** A text-bound annotation: `T1<tab>PER 0 5;8 12<tab>the text`. */
export interface BratLine {
  readonly line: number;
  readonly id: string;
  readonly type: string;
  /** In the unit of the file. */
  readonly parts: readonly Span[];
  /** Left out by some programs. */
  readonly quote?: string;
}

/**
 * A brat document: `.ann` with its `.txt` as companion (https://brat.nlplab.org/standoff.html). Offsets count code
 * points, as brat does, unless the quoted texts show that they count UTF-16, CR LF as one, or a byte order mark. Parts
 * with nothing but line breaks between them are one label, which brat cannot write in one piece. `AnnotatorNotes`
 * become notes; all other lines are kept for writing brat again.
 * @throws InputError at the first broken line, or where a quote is not the text at its place
 */
export function readBrat(file: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const { text, hadMark } = bratText(file.companion ?? '');
  const lines = bratLines(file.text, file.name);
  const notes = bratNotes(file.text);
  const counting = bratCounting(text, lines, file.name, { given: options.unit, hadMark });
  const offsets = offsetsOf(text, counting);
  const faults = lines.flatMap(({ line, type, parts: [first, ...rest] }) =>
    rest.length === 0 && first.start === first.end
      ? (spanFault({ label: type, ...first }, offsets.length, { file: file.name, line }) ?? [])
      : [],
  );
  const labels = lines.flatMap(({ id, type, parts }): TextLabel[] => {
    const spans = parts
      .map(({ start, end }) => ({ start: offsets.toUtf16(start), end: offsets.toUtf16(end) }))
      .filter(({ start, end }) => start < end);
    if (spans.length === 0) return [];
    const joined = joinOverLineBreaks(text, spans);
    return [
      {
        ...{ layer: defaultLayer, label: type, id },
        ...{ start: joined[0].start, end: joined[joined.length - 1].end },
        ...(joined.length > 1 && { parts: joined }),
        ...(notes.has(id) && { note: notes.get(id) }),
      },
    ];
  });
  const source = { format: 'brat', raw: file.text, labels, more: furtherLines(file.text), counting } as const;
  const layers = [{ name: defaultLayer, kind: 'span' }] as const;
  const name = fileStem(file.name);
  const remarks = countingRemark(counting, 'codepoints', { file: file.name });
  const found = { ...(faults.length > 0 && { faults }), ...(remarks.length > 0 && { remarks }) };
  return unlessAllFaulty([{ name, text, layers, labels, source, ...found }]);
}

/** The text without its byte order mark. */
function bratText(companion: string): { text: string; hadMark: boolean } {
  const hadMark = companion.startsWith('\ufeff');
  return { text: hadMark ? companion.slice(1) : companion, hadMark };
}

/**
 * How the offsets of a brat file count.
 * @throws InputError where its quotes fit no way, or two ways that differ
 */
function bratCounting(
  text: string,
  lines: readonly BratLine[],
  file: string,
  how: { readonly given?: OffsetUnit; readonly hadMark: boolean },
): Counting {
  const quotes = lines.filter(({ parts }) => parts.every(({ start, end }) => start < end));
  const fits = countingFits(text, quotes.filter(isQuoted), { usual: 'codepoints', ...how });
  const [usual] = fits;
  const quoted = quotes.filter(isQuoted).length;
  const fitting = fits.filter((one) => one.fits === quoted).map(({ counting }) => counting);
  if (fitting.length === 0) throw misfit(text, quotes.filter(isQuoted), file, usual.counting);
  checkEnds(text, lines, file, fitting[0]);
  const spans = quotes.flatMap(({ parts }) => parts);
  const other = fitting.slice(1).find((one) => placeApart(text, spans, fitting[0], one));
  if (other && !how.given && isOpen(fitting[0], other, usual.counting))
    throw new InputError(
      `The quotes fit whether offsets count ${countingWords(fitting[0])} or ${countingWords(other)}.`,
      { file },
      `Say --unit ${usual.counting.unit} to count every character of the text file.`,
    );
  if (quoted < quotes.length && !how.given && fitting[0] === usual.counting) {
    const unproved = quotes.map(({ line, type, parts }) => ({
      ...{ place: { file, line }, text },
      spans: parts.map((part) => ({ ...part, label: type })),
    }));
    unitOfWords(quoted > 0 ? [] : unproved, 'codepoints', true);
  }
  return fitting[0];
}

const isQuoted = (line: BratLine): line is BratLine & { readonly quote: string } => line.quote !== undefined;

/**
 * True where a person has to say which of two ways to count is meant. The usual one is meant where only its unit is in
 * question, or line feeds that nobody wrote as two; but programs differ in how they count CR LF and marks.
 */
function isOpen(first: Counting, other: Counting, usual: Counting): boolean {
  return first !== usual || other.lineEnds === 'as-one' || other.mark !== undefined;
}

function misfit(
  text: string,
  lines: readonly (BratLine & { readonly quote: string })[],
  file: string,
  counting: Counting,
): InputError {
  const offsets = offsetsOf(text, counting);
  const placed = lines.map((line) => ({
    ...line,
    spans: line.parts.map(({ start, end }) => ({
      start: offsets.toUtf16(start),
      end: offsets.toUtf16(end),
    })),
  }));
  checkEnds(text, lines, file, counting);
  const { line, parts, spans, quote } =
    placed.find((one) => !quoteFits(text, one.spans, one.quote)) ?? placed[0];
  const found = spans.map(({ start, end }) => text.slice(start, end)).join(' ');
  return new InputError(
    `The text at ${parts[0].start}–${parts[parts.length - 1].end} is "${shortened(found)}", not "${shortened(quote)}".`,
    { file, line },
    'Check that the .txt file is the one that was annotated; no way to count its line ends or a byte order mark helps.',
  );
}

/** @throws InputError where a label ends behind the text */
function checkEnds(text: string, lines: readonly BratLine[], file: string, counting: Counting): void {
  const { length } = offsetsOf(text, counting);
  for (const { line, type, parts } of lines) {
    const { end } = parts[parts.length - 1];
    if (end > length)
      throw new InputError(
        `The label ${type} ends at ${end}, and the text has ${length} characters.`,
        { file, line },
        'Check that the .txt file is the one that was annotated.',
      );
  }
}

/** @throws InputError at the first line that is none of brat's */
export function bratLines(raw: string, file: string): BratLine[] {
  const found: BratLine[] = [];
  const ids = new Set<string>();
  for (const { number: line, text } of linesOf(raw)) {
    if (text.trim() === '') continue;
    if (!/^([A-Za-z]+\d\S*|#\d*|\*)\t/.test(text))
      throw new InputError(
        'The line does not begin with an id and a tab.',
        { file, line },
        'Give a standoff file of brat.',
      );
    if (!text.startsWith('T')) continue;
    const match = /^(T\S+)\t(\S+)[ \t](\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?$/s.exec(text);
    const parts = match?.[3].split(';').map((part): Span => {
      const [start, end] = part.split(' ').map(Number);
      return { start, end };
    });
    if (!match || !parts?.every(({ start, end }, k) => start <= end && start >= (parts[k - 1]?.end ?? 0)))
      throw new InputError(
        'The line is not an id, a type with two offsets, and the text.',
        { file, line },
        'Write it as: T1, tab, PER 0 5, tab, the text.',
      );
    if (ids.has(match[1]))
      throw new InputError(`Duplicate id ${match[1]}.`, { file, line }, 'Give every line its own.');
    ids.add(match[1]);
    found.push({ line, id: match[1], type: match[2], parts, quote: match[4] });
  }
  return found;
}

/** The notes of annotators by the id of what they speak of. */
export function bratNotes(raw: string): Map<string, string> {
  const notes = new Map<string, string>();
  for (const { text } of linesOf(raw)) {
    const match = /^#\d*\tAnnotatorNotes (T\S+)\t(.*)$/s.exec(text);
    if (!match) continue;
    const before = notes.get(match[1]);
    notes.set(match[1], before === undefined ? match[2] : `${before} ${match[2]}`);
  }
  return notes;
}

function furtherLines(raw: string): string[] {
  const kinds: readonly (readonly [RegExp, string])[] = [
    [/^R\S*\t/gm, 'relations'],
    [/^E\S*\t/gm, 'events'],
    [/^[AM]\S*\t/gm, 'attributes'],
    [/^N\S*\t/gm, 'normalizations'],
    [/^\*\t/gm, 'equivalences'],
    [/^[^\sTREAMN#*]\S*\t/gm, 'lines with an unknown kind of id'],
    [/^#\d*\t(?!AnnotatorNotes T)/gm, 'other notes'],
  ];
  return kinds.flatMap(([pattern, what]) => (raw.match(pattern) ?? []).map(() => what));
}

function joinOverLineBreaks(text: string, spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined[joined.length - 1];
    if (last && /^[\r\n]+$/.test(text.slice(last.end, span.start)))
      joined[joined.length - 1] = { start: last.start, end: span.end };
    else joined.push(span);
  }
  return joined;
}

function shortened(quote: string): string {
  return quote.length > 40 ? `${quote.slice(0, 39)}…` : quote;
}
