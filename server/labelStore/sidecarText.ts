import { InputError, type Place } from '../../models/errors';
import type { Label } from '../../models/annotations/label';
import { formatLabelLine, parseLabelLine } from '../../models/annotations/labelLine';
import { sortLabels } from '../../models/annotations/sortLabels';
import { linesOf } from '../../models/data/lines';

/** The version of the format that this program writes, and the newest it reads. */
export const FORMAT_VERSION = 1;

/** The first line of every annotation file: always the same, so that merges never stumble over it. */
export const HEADER = `{"format":"glossator-annotations","version":${FORMAT_VERSION}}`;

/** What is wrong with an annotation file that cannot be read. */
export type SidecarFault = 'header' | 'version' | 'conflict' | 'line' | 'duplicate' | 'unreadable';

/** An annotation file that cannot be read and is therefore never written over. */
export class SidecarError extends InputError {
  constructor(
    readonly fault: SidecarFault,
    message: string,
    place: Place,
    remedy: string,
  ) {
    super(message, place, remedy);
  }
}

/** What git writes into a file that it could not merge: seven signs or more, by `conflict-marker-size`. */
export const MARKER = /^(<{7,}|\|{7,}|={7,}|>{7,})(?= |$)/;

/**
 * The content of an annotation file: the header, then one label a line, sorted.
 * @param lineOf gives the line of a label, for who keeps lines
 */
export function formatSidecar(
  labels: Iterable<Label>,
  lineOf: (label: Label) => string = formatLabelLine,
): string {
  return `${[HEADER, ...sortLabels(labels).map(lineOf)].join('\n')}\n`;
}

/**
 * Reads an annotation file. Lines may stand in any order and end in CR LF; blank ones are skipped.
 * @throws SidecarError for merge-conflict markers, a newer version, a broken line, an id that stands twice
 */
export function parseSidecar(content: string, file: string): Label[] {
  const lines = [...linesOf(content)].filter(({ text }) => text.trim() !== '');
  const marker = lines.find(({ text }) => MARKER.test(text));
  if (marker !== undefined)
    throw new SidecarError(
      'conflict',
      'The annotations have an unresolved git merge conflict.',
      { file, line: marker.number },
      'Run “Glossator: Resolve Annotation Conflict” or `glossator merge`.',
    );
  const [header, ...rest] = lines;
  if (header === undefined) return [];
  checkHeader(header.text, { file, line: header.number });
  const seen = new Map<string, number>();
  return rest.map(({ text, number }) => {
    const label = readLine(text, { file, line: number });
    const first = seen.get(label.id);
    if (first !== undefined)
      throw new SidecarError(
        'duplicate',
        `The id ${label.id} stands twice, first on line ${first}.`,
        { file, line: number },
        'Delete one of the two lines.',
      );
    seen.set(label.id, number);
    return label;
  });
}

function checkHeader(line: string, place: Place): void {
  const { format, version } = headerOf(line);
  if (format !== 'glossator-annotations' || typeof version !== 'number')
    throw new SidecarError(
      'header',
      'The file does not begin as an annotation file does.',
      place,
      `Its first line should be ${HEADER}.`,
    );
  if (version > FORMAT_VERSION)
    throw new SidecarError(
      'version',
      `The annotations are in version ${version} of the format; this program knows ${FORMAT_VERSION}.`,
      place,
      'Update Glossator.',
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

function readLine(text: string, place: Place): Label {
  try {
    return parseLabelLine(text, place);
  } catch (error) {
    if (error instanceof InputError) throw new SidecarError('line', error.message, error.place, error.remedy);
    throw error;
  }
}
