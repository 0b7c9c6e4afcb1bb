import { linesOf } from '../data/lines';
import type { Span } from '../text/span';
import type { AnnotatedText, TextLabel } from './annotatedText';
import type { BeginDocuments, WriteOptions, Written } from './format';
import { type Counting, type Offsets, offsetsOf } from './offsets';
import { nextNumber } from './documentNames';
import { prepareLabels } from './prepare';
import { bratLines } from './readBrat';
import type { LossReport } from './lossReport';
import { isUnchanged } from './sourceRecord';
import { writeDocuments } from './writeDocuments';

/**
 * Every document as a `.txt` and an `.ann` file of brat. A label over a line break is written in parts, since brat
 * shows none otherwise. What was read from brat keeps its ids and all lines that speak of labels still there.
 */
export function writeBrat(documents: readonly AnnotatedText[], options: WriteOptions = {}): Written {
  return writeDocuments(documents, '', options, beginBrat);
}

/** Writes files of brat document by document; see `writeBrat`. */
export const beginBrat: BeginDocuments = (_set, options, report) => ({
  fileNames: (names) => names.flatMap((name) => [`${name}.txt`, `${name}.ann`]),
  add(document) {
    const holds = { format: 'brat', layers: false, parts: true, notes: true, wholeCharacters: true } as const;
    const labels = prepareLabels(document, holds, options, report);
    const content =
      isUnchanged(document, labels, 'brat') && countingOf(document, options) === document.source.counting
        ? document.source.raw
        : annotations(document, labels, options, report);
    return [
      { name: `${document.name}.txt`, content: document.text },
      { name: `${document.name}.ann`, content },
    ];
  },
});

function annotations(
  document: AnnotatedText,
  labels: readonly TextLabel[],
  options: WriteOptions,
  report: LossReport,
): string {
  const raw = document.source?.format === 'brat' ? document.source.raw : '';
  const old = bratLines(raw, document.name);
  const offsets = offsetsOf(document.text, countingOf(document, options));
  const byId = new Map(raw === '' ? [] : labels.flatMap((label) => (label.id ? [[label.id, label]] : [])));
  const known = new Set(old.map(({ id }) => id));
  const lines: string[] = [];
  for (const { text: line } of linesOf(raw)) {
    if (line.trim() === '') continue;
    const id = line.split('\t')[0];
    const note = /^#\d*\tAnnotatorNotes (T\S+)\t/.exec(line);
    const label = byId.get(note?.[1] ?? id);
    if (note) {
      if (label?.note !== undefined) lines.push(`${line.slice(0, note[0].length)}${oneLine(label.note)}`);
    } else if (known.has(id)) {
      if (label) lines.push(textBound(document, label, id, offsets, report));
    } else if (refersTo(line).every((target) => !known.has(target) || byId.has(target))) lines.push(line);
    else report.lose(document.name, 'lines about labels that are left out', 'content');
  }
  let next = nextNumber([...known].map((id) => Number(id.slice(1))));
  let nextNote = nextNumber([...raw.matchAll(/^#(\d+)/gm)].map(([, number]) => Number(number)));
  const noted = new Set([...raw.matchAll(/^#\d*\tAnnotatorNotes (T\S+)\t/gm)].map(([, id]) => id));
  for (const label of labels) {
    const isOld = label.id !== undefined && known.has(label.id);
    const id = isOld && label.id ? label.id : `T${next++}`;
    if (!isOld) lines.push(textBound(document, label, id, offsets, report));
    if (label.note !== undefined && !(isOld && noted.has(id)))
      lines.push(`#${nextNote++}\tAnnotatorNotes ${id}\t${oneLine(label.note)}`);
  }
  const lineEnd = /\r\n/.test(raw) ? '\r\n' : '\n';
  return lines.map((line) => line + lineEnd).join('');
}

/** That of the file that was read, but for a byte order mark, which is not written again. */
function countingOf({ source }: AnnotatedText, { unit }: WriteOptions): Counting {
  const counting = source?.format === 'brat' ? source.counting : undefined;
  if (counting === undefined || (unit !== undefined && unit !== counting.unit))
    return { unit: unit ?? 'codepoints' };
  if (counting.mark === undefined) return counting;
  const { mark: _, ...kept } = counting;
  return kept;
}

function textBound(
  { text, name }: AnnotatedText,
  label: TextLabel,
  id: string,
  offsets: Offsets,
  report: LossReport,
): string {
  const type = label.label.replace(/[^\p{L}\p{M}\p{N}_.:/@-]/gu, '_') || '_';
  if (type !== label.label) report.lose(name, 'signs in names of labels that brat does not allow', 'content');
  const parts = (label.parts ?? [label]).flatMap((part) => withoutLineBreaks(text, part));
  const places = parts.map(({ start, end }) => `${offsets.fromUtf16(start)} ${offsets.fromUtf16(end)}`);
  if (!label.parts && (parts[0].start > label.start || parts[parts.length - 1].end < label.end))
    report.lose(name, 'line breaks at the borders of labels', 'trace');
  const quote = parts.map(({ start, end }) => text.slice(start, end).replace(/[\r\n]/g, ' ')).join(' ');
  return `${id}\t${type} ${places.join(';')}\t${quote}`;
}

/** The parts of a span between its line breaks; the whole of a span that is nothing else. */
function withoutLineBreaks(text: string, { start, end }: Span): Span[] {
  const parts = [...text.slice(start, end).matchAll(/[^\r\n]+/g)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
  return parts.length ? parts : [{ start, end }];
}

/** The ids of labels that a line speaks of. */
function refersTo(line: string): string[] {
  return [...line.slice(line.indexOf('\t')).matchAll(/(?:^|[\s:])(T\d+)(?=\s|$)/g)].map(([, id]) => id);
}

function oneLine(note: string): string {
  return note.replace(/\s+/g, ' ').trim();
}
