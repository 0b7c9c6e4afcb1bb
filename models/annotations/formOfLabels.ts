import type { Label } from './label';
import { TextForm } from './textForm';

type Normal = 'NFC' | 'NFD';

/**
 * The text in the form that it had when the labels were put there, as far as they tell it: Git and editors change
 * line ends, file systems and exports the way accents are written. Undefined where that is the form it has.
 */
export function* formOfLabels(labels: readonly Label[], text: string): Generator<void, TextForm | undefined> {
  const placed = labels.filter(({ quote }) => quote !== '');
  let most = countStanding(placed, text);
  if (most === placed.length) return undefined;
  yield;
  const [lineEnd, normal] = [lineEndOf(placed), normalOf(placed)];
  let best = isWritten(text, lineEnd, normal) ? undefined : yield* TextForm.writing(text, lineEnd, normal);
  for (const end of lineEnd === undefined ? [undefined, ...LINE_ENDS] : [lineEnd])
    for (const form of normal === undefined ? [undefined, ...NORMALS] : [normal]) {
      yield;
      if (isWritten(text, end, form)) continue;
      const candidate = yield* TextForm.writing(text, end, form);
      const count = countStanding(placed, candidate.text);
      if (count > most) [best, most] = [candidate, count];
      if (count === placed.length) return candidate;
    }
  return best;
}

const LINE_ENDS = ['\n', '\r\n', '\r'] as const;
const NORMALS: readonly Normal[] = ['NFC', 'NFD'];

/** Whether a text is in a form already, as far as that is told quickly. */
function isWritten(text: string, lineEnd: string | undefined, normal: Normal | undefined): boolean {
  const found = lineEnd === undefined ? [] : lineEndsIn(text);
  return found.every((one) => one === lineEnd) && (normal === undefined || text.normalize(normal) === text);
}

/** How many labels stand at their offsets with all that stood around them. */
function countStanding(labels: readonly Label[], text: string): number {
  return labels.filter(({ before, quote, after, start }) => {
    const from = start - before.length;
    return from >= 0 && text.startsWith(before + quote + after, from);
  }).length;
}

/** The kinds of line ends in a text. */
function lineEndsIn(text: string): string[] {
  return [
    ...(/(?:^|[^\r])\n/.test(text) ? ['\n'] : []),
    ...(text.includes('\r\n') ? ['\r\n'] : []),
    ...(/\r(?!\n)/.test(text) ? ['\r'] : []),
  ];
}

/** The line end that the labels have seen, if it was one kind; half a pair at the rim of a context does not count. */
function lineEndOf(labels: readonly Label[]): string | undefined {
  const kinds = new Set<string>();
  for (const { before, quote, after } of labels)
    for (const kind of lineEndsIn((before + quote + after).replace(/^\n|\r$/g, ''))) kinds.add(kind);
  const [kind, ...others] = kinds;
  return others.length === 0 ? kind : undefined;
}

/** The normal form of what the labels have seen, if it tells one from the other. */
function normalOf(labels: readonly Label[]): Normal | undefined {
  const kinds = NORMALS.filter((normal) =>
    labels.every(({ before, quote, after }) => {
      const seen = before + quote + after;
      return seen.normalize(normal) === seen;
    }),
  );
  return kinds.length === 1 ? kinds[0] : undefined;
}
