import { tagKey } from './marks';
import type { Mark } from './marks';
import { compareLabels, styleOf } from './tagStyles';
import type { TagStyle } from './tagStyles';

/** One tag with all its marks in a text. */
export interface TagTally {
  readonly key: string;
  readonly kind: Mark['kind'];
  readonly layer: string;
  readonly label: string;
  readonly style: TagStyle;
  readonly marks: readonly Mark[];
}

/** All tags that occur among `marks`, entities before parts of speech, each with its marks. */
export function tally(marks: Iterable<Mark>): TagTally[] {
  const byKey = new Map<string, Mark[]>();
  for (const mark of marks) {
    const key = tagKey(mark);
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [mark]);
    else list.push(mark);
  }
  const tallies = [...byKey].map(([key, list]) => {
    const { kind, layer, label } = list[0];
    return { key, kind, layer, label, style: styleOf(kind, label), marks: list };
  });
  return tallies.sort(
    (a, b) =>
      Number(a.kind === 'token') - Number(b.kind === 'token') ||
      (a.layer < b.layer ? -1 : a.layer > b.layer ? 1 : 0) ||
      compareLabels(a.label, b.label),
  );
}
