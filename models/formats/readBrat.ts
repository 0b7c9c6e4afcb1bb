import { linesOf } from '../data/lines';
import { InputError } from '../errors';
import type { Span } from '../text/span';
import { type AnnotatedText, type TextLabel, defaultLayer } from './annotatedText';
import { fileStem } from './documentNames';
import type { InputFile, ReadOptions } from './format';
import { type OffsetUnit, offsetsOf, sameQuote, unitOfQuotes } from './offsets';

/** A text-bound annotation: `T1<tab>PER 0 5;8 12<tab>the text`. */
export interface BratLine {
  readonly line: number;
  readonly id: string;
  readonly type: string;
  /** In the unit of the file. */
  readonly parts: readonly Span[];
  readonly quote: string;
}

/**
 * A brat document: `.ann` with its `.txt` as companion (https://brat.nlplab.org/standoff.html). Offsets count code
 * points, as brat does; where the quoted texts fit only UTF-16, that. Parts with nothing but line breaks between them
 * are one label, which brat cannot write in one piece. `AnnotatorNotes` become notes; all other lines are kept for
 * writing brat again.
 * @throws InputError at the first broken line, or where a quote is not the text at its place
 */
export function readBrat(file: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const text = file.companion ?? '';
  const lines = bratLines(file.text, file.name);
  const notes = bratNotes(file.text);
  const unit = bratUnit(text, lines, options.unit);
  const offsets = offsetsOf(text, unit);
  const labels = lines.map(({ line, id, type, parts, quote }): TextLabel => {
    const spans = parts.map(({ start, end }) => ({
      start: offsets.toUtf16(start),
      end: offsets.toUtf16(end),
    }));
    const [first, last] = [parts[0], parts[parts.length - 1]];
    if (last.end > offsets.length)
      throw new InputError(
        `The label ${type} ends at ${last.end}, and the text has ${offsets.length} characters.`,
        { file: file.name, line },
        'Check that the .txt file is the one that was annotated.',
      );
    const found = spans.map(({ start, end }) => text.slice(start, end)).join(' ');
    if (!sameQuote(found, quote))
      throw new InputError(
        `The text at ${first.start}–${last.end} is "${shortened(found)}", not "${shortened(quote)}".`,
        { file: file.name, line },
        'Check that the .txt file is the one that was annotated.',
      );
    const joined = joinOverLineBreaks(text, spans);
    return {
      layer: defaultLayer,
      label: type,
      start: joined[0].start,
      end: joined[joined.length - 1].end,
      ...(joined.length > 1 && { parts: joined }),
      id,
      ...(notes.has(id) && { note: notes.get(id) }),
    };
  });
  return [
    {
      name: fileStem(file.name),
      text,
      layers: [{ name: defaultLayer, kind: 'span' }],
      labels,
      source: { format: 'brat', raw: file.text, labels, more: furtherLines(file.text) },
    },
  ];
}

/** The unit of the offsets of a brat file. */
export function bratUnit(text: string, lines: readonly BratLine[], given?: OffsetUnit): OffsetUnit {
  if (given) return given;
  const quotes = lines.filter(({ parts }) => parts.length === 1);
  return unitOfQuotes(
    text,
    quotes.map(({ parts, quote }) => ({ span: parts[0], quote })),
    'codepoints',
  );
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
    const match = /^(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)$/s.exec(text);
    const parts = match?.[3].split(';').map((part): Span => {
      const [start, end] = part.split(' ').map(Number);
      return { start, end };
    });
    if (!match || !parts?.every(({ start, end }, k) => start < end && start >= (parts[k - 1]?.end ?? 0)))
      throw new InputError(
        'The line is not an id, a type with two offsets, and the text.',
        { file, line },
        'Write it as: T1, tab, PER 0 5, tab, the text.',
      );
    if (ids.has(match[1]))
      throw new InputError(`The id ${match[1]} stands twice.`, { file, line }, 'Give every line its own.');
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
    [/^R\S*\t/m, 'sets of relations'],
    [/^E\S*\t/m, 'sets of events'],
    [/^[AM]\S*\t/m, 'sets of attributes'],
    [/^N\S*\t/m, 'sets of normalizations'],
    [/^\*\t/m, 'sets of equivalences'],
    [/^#\d*\t(?!AnnotatorNotes T)/m, 'sets of other notes'],
  ];
  return kinds.flatMap(([pattern, what]) => (pattern.test(raw) ? [what] : []));
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
