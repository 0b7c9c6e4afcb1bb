import { tagKey } from './marks';
import type { Mark } from './marks';
import { compareLabels, styleOf as ownStyleOf } from './tagStyles';
import type { TagStyle } from './tagStyles';

/** One tag with all its marks in a text. */
export interface TagTally<T extends Mark = Mark> {
  readonly key: string;
  readonly kind: Mark['kind'];
  readonly layer: string;
  readonly label: string;
  readonly style: TagStyle;
  readonly marks: readonly T[];
}

const ORDER: readonly Mark['kind'][] = ['sentence', 'span', 'token'];

const tagStyle = ({ kind, label, sentence }: Mark): TagStyle => ownStyleOf(kind, label, sentence?.index);

/** All tags that occur among `marks`, those of sentences first, then entities, then parts of speech. */
export function tally<T extends Mark>(
  marks: Iterable<T>,
  styleOf: (mark: T) => TagStyle = tagStyle,
): TagTally<T>[] {
  const byKey = new Map<string, T[]>();
  for (const mark of marks) {
    const key = tagKey(mark);
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [mark]);
    else list.push(mark);
  }
  const tallies = [...byKey].map(([key, list]) => {
    const { kind, layer, label } = list[0];
    return { key, kind, layer, label, style: styleOf(list[0]), marks: list };
  });
  return tallies.sort(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      (a.layer < b.layer ? -1 : a.layer > b.layer ? 1 : 0) ||
      compareLabels(a.label, b.label),
  );
}
