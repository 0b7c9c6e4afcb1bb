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

const ORDER: readonly Mark['kind'][] = ['sentence', 'span', 'token'];

/** All tags that occur among `marks`, those of sentences first, then entities, then parts of speech. */
export function tally(marks: Iterable<Mark>): TagTally[] {
  const byKey = new Map<string, Mark[]>();
  for (const mark of marks) {
    const key = tagKey(mark);
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [mark]);
    else list.push(mark);
  }
  const tallies = [...byKey].map(([key, list]) => {
    const { kind, layer, label, sentence } = list[0];
    return { key, kind, layer, label, style: styleOf(kind, label, sentence?.index), marks: list };
  });
  return tallies.sort(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      (a.layer < b.layer ? -1 : a.layer > b.layer ? 1 : 0) ||
      compareLabels(a.label, b.label),
  );
}
