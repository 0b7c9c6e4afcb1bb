import { atOnce } from '../../models/atOnce';
import { InputError, type Place } from '../../models/errors';
import type { Label } from '../../models/annotations/label';
import { formatLabelLine, parseLabelLine } from '../../models/annotations/labelLine';
import { compareLabels, sortLabels } from '../../models/annotations/sortLabels';
import { linesOf } from '../../models/data/lines';

/** The version of the format that this program writes, and the newest it reads. */
export const FORMAT_VERSION = 1;

/** The first line of every annotation file: always the same, so that merges never stumble over it. */
export const HEADER = `{"format":"glossator-annotations","version":${FORMAT_VERSION}}`;

/**
 * What is wrong with an annotation file: with the whole of it (`version`, `conflict`, `unreadable`), with one line of
 * it (`line`, `duplicate`), or with its first line (`header`), which costs the file only where no label follows.
 */
export type SidecarFault = 'header' | 'version' | 'conflict' | 'line' | 'duplicate' | 'unreadable';

/** An annotation file, or a line of one, that cannot be read and is therefore never written over. */
export class SidecarError extends InputError {
  /** @param other the line that this one contradicts, counted from 1 */
  constructor(
    readonly fault: SidecarFault,
    message: string,
    place: Place,
    remedy: string,
    readonly other?: number,
  ) {
    super(message, place, remedy);
  }
}

/** A line that is no label, or that contradicts another one. It is written back as it is, where it was. */
export interface UnreadLine {
  readonly text: string;
  /** The label before it; none at the beginning of the file. */
  readonly after: Label | undefined;
  readonly problem: SidecarError;
}

/** What an annotation file holds. */
export interface SidecarContent {
  readonly labels: readonly Label[];
  readonly unread: readonly UnreadLine[];
}

/** What was read of an annotation file. */
export interface ParsedSidecar extends SidecarContent {
  /** What is wrong with it, by line. */
  readonly problems: readonly SidecarError[];
  /** The line of each label by its id, counted from 1. */
  readonly lineOf: ReadonlyMap<string, number>;
}

/** Lines that are read in one step. */
const LINES_A_STEP = 100;

/** What git writes into a file that it could not merge: seven signs or more, by `conflict-marker-size`. */
export const MARKER = /^(<{7,}|\|{7,}|={7,}|>{7,})(?= |$)/;

/**
 * The content of an annotation file: the header, then one label a line, sorted.
 * @param lineOf gives the line of a label, for who keeps lines
 * @param unread lines to write back
 */
export function formatSidecar(
  labels: Iterable<Label>,
  lineOf: (label: Label) => string = formatLabelLine,
  unread: readonly UnreadLine[] = [],
): string {
  const sorted = sortLabels(labels);
  const lines = sorted.map(lineOf);
  if (unread.length > 0) {
    const at = new Map(sorted.map(({ id }, i) => [id, i]));
    const behind = unread.map(({ after, text }) => ({
      text,
      index: after ? indexOf(after, at, sorted) : -1,
    }));
    // From the end on, so that the places of those before it stay.
    for (const { text, index } of behind.reverse().sort((a, b) => b.index - a.index))
      lines.splice(index + 1, 0, text);
  }
  return `${[HEADER, ...lines].join('\n')}\n`;
}

/** Where a label stands, or the last one that sorts before it. */
function indexOf(label: Label, at: ReadonlyMap<string, number>, sorted: readonly Label[]): number {
  return at.get(label.id) ?? sorted.filter((one) => compareLabels(one, label) < 0).length - 1;
}

/**
 * Reads an annotation file. Lines may stand in any order and end in CR LF; blank ones are skipped, and so is one that
 * repeats another. A line that cannot be read costs that line alone.
 * @throws SidecarError for merge-conflict markers, a newer version, and for a file that is none of annotations
 */
export function parseSidecar(content: string, file: string): ParsedSidecar {
  return atOnce(parsingSidecar(content, file));
}

/** The same in steps of a millisecond or so, for a thread that answers others meanwhile. */
export function* parsingSidecar(content: string, file: string): Generator<void, ParsedSidecar, void> {
  const lines = [...linesOf(content)].filter(({ text }) => text.trim() !== '');
  const marker = lines.find(({ text }) => MARKER.test(text));
  if (marker !== undefined)
    throw new SidecarError(
      'conflict',
      'The annotations have an unresolved git merge conflict.',
      { file, line: marker.number },
      'Run “Glossator: Resolve Annotation Conflict” or `glossator merge`.',
    );
  const [first] = lines;
  if (first === undefined) return { labels: [], unread: [], problems: [], lineOf: new Map() };
  const header = headerOf(first.text);
  const isHeader = header.format === 'glossator-annotations';
  const problems: SidecarError[] = [];
  if (isHeader && Number(header.version) > FORMAT_VERSION)
    throw new SidecarError(
      'version',
      `The annotations are in version ${String(header.version)} of the format; this program knows ${FORMAT_VERSION}.`,
      { file, line: first.number },
      'Update Glossator.',
    );
  if (!isHeader || header.version !== FORMAT_VERSION)
    problems.push(
      new SidecarError(
        'header',
        'The file does not begin as an annotation file does.',
        { file, line: first.number },
        `Its first line should be ${HEADER}.`,
      ),
    );
  const labels = new Map<string, { readonly label: Label; readonly line: number }>();
  const unread: UnreadLine[] = [];
  let after: Label | undefined;
  for (const { text, number } of isHeader ? lines.slice(1) : lines) {
    if (number % LINES_A_STEP === 0) yield;
    const place = { file, line: number };
    const read = readLine(text, place);
    const known = read instanceof SidecarError ? undefined : labels.get(read.id);
    if (read instanceof SidecarError) unread.push({ text, after, problem: read });
    else if (known === undefined) labels.set(read.id, { label: (after = read), line: number });
    else if (formatLabelLine(known.label) !== formatLabelLine(read))
      unread.push({
        text,
        // Never before the other one, whose place it would take in the next reading.
        after: after && compareLabels(known.label, after) > 0 ? known.label : after,
        problem: duplicate(read.id, place, known.line),
      });
  }
  if (!isHeader && labels.size === 0) throw problems[0];
  problems.push(...unread.map(({ problem }) => problem));
  return {
    ...{ labels: Array.from(labels.values(), ({ label }) => label), unread, problems },
    lineOf: new Map(Array.from(labels, ([id, { line }]) => [id, line])),
  };
}

function duplicate(id: string, place: Place, first: number): SidecarError {
  return new SidecarError(
    'duplicate',
    `The label has the id ${id} of another one, on line ${first}.`,
    place,
    'Give it an id of its own, or remove one of the two lines.',
    first,
  );
}

function headerOf(line: string): { format?: unknown; version?: unknown } {
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return {};
  }
}

function readLine(text: string, place: Place): Label | SidecarError {
  try {
    return parseLabelLine(text, place);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return new SidecarError('line', error.message, error.place, error.remedy);
  }
}

/**
 * Merges the lines of two versions of a file that are no labels: what one side took away is gone, all else is kept.
 * @param base of their common ancestor; empty where it is not known
 */
export function mergeUnread(
  base: readonly UnreadLine[],
  mine: readonly UnreadLine[],
  theirs: readonly UnreadLine[],
): UnreadLine[] {
  const texts = (lines: readonly UnreadLine[]): Set<string> => new Set(lines.map(({ text }) => text));
  const [old, ours, others] = [texts(base), texts(mine), texts(theirs)];
  return [
    ...mine.filter(({ text }) => !old.has(text) || others.has(text)),
    ...theirs.filter(({ text }) => !ours.has(text) && !old.has(text)),
  ];
}
