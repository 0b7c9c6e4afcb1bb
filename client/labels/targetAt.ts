import type { Window } from '../marks';
import type { ShownMark } from './shownMarks';

/** Which of the marks around a place is meant where only their kind tells. */
const ORDER: readonly ShownMark['kind'][] = ['span', 'token', 'sentence'];

/**
 * The mark that a command is about: the one that the selection covers exactly, else the shortest span around it,
 * else the word, else the sentence. Of two in the same place, what a person said comes first.
 * @param layer only marks of this layer
 */
export function targetAt(
  marks: readonly ShownMark[],
  selection: Window,
  layer?: string,
): ShownMark | undefined {
  const around = marks.filter(
    (mark) =>
      mark.start <= selection.start &&
      selection.end <= mark.end &&
      (layer === undefined || mark.layer === layer),
  );
  const isExact = ({ start, end }: ShownMark): boolean => start === selection.start && end === selection.end;
  // At the border between two words the one that begins there is meant.
  const isLeft = ({ end }: ShownMark): boolean =>
    selection.start === selection.end && selection.start === end;
  const rank = (mark: ShownMark): number[] => [
    isExact(mark) ? 0 : 1,
    isLeft(mark) ? 1 : 0,
    ORDER.indexOf(mark.kind),
    mark.end - mark.start,
    mark.state === 'suggested' ? 1 : 0,
  ];
  return around.map((mark) => ({ mark, rank: rank(mark) })).sort((a, b) => compare(a.rank, b.rank))[0]?.mark;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i === -1 ? 0 : a[i] - b[i];
}
