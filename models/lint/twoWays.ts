import type { Label } from '../annotations/label';
import {
  type CheckedLayer,
  type CheckedText,
  type Finding,
  type RelatedPlace,
  quoted,
  standingLabels,
} from './finding';

interface Use {
  readonly document: string;
  readonly label: Label;
}

/** Places that a message lists; more say nothing new. */
const MOST_RELATED = 10;

/**
 * The same words with two labels in one span layer, over all texts. The labels that are rarer are found, or all where
 * none is rarer. Words are compared in Unicode NFC, with case, and with any white space as one blank. Layers of single
 * tokens are left alone: there most words have several labels by right.
 */
export function twoWays(texts: readonly CheckedText[], layers: readonly CheckedLayer[]): Finding[] {
  const kinds = new Map(layers.map(({ name, kind }) => [name, kind]));
  const groups = new Map<string, Use[]>();
  for (const checked of texts)
    for (const label of standingLabels(checked)) {
      if ((kinds.get(label.layer) ?? 'span') !== 'span') continue;
      const words = checked.text.slice(label.start, label.end).normalize('NFC').replace(/\s+/g, ' ').trim();
      const key = `${label.layer}\u0000${words}`;
      const uses = groups.get(key);
      if (uses) uses.push({ document: checked.document, label });
      else groups.set(key, [{ document: checked.document, label }]);
    }
  return [...groups].flatMap(([key, uses]) => findingsOf(key.slice(key.indexOf('\u0000') + 1), uses));
}

function findingsOf(words: string, uses: readonly Use[]): Finding[] {
  const counts = new Map<string, number>();
  for (const { label } of uses) counts.set(label.label, (counts.get(label.label) ?? 0) + 1);
  if (counts.size < 2) return [];
  const most = Math.max(...counts.values());
  const leading = [...counts.keys()].filter((name) => counts.get(name) === most);
  const isRare = (name: string): boolean => leading.length > 1 || name !== leading[0];
  return uses
    .filter(({ label }) => isRare(label.label))
    .map(({ document, label }) => {
      const others = [...counts].filter(([name]) => name !== label.label).sort(([, a], [, b]) => b - a);
      const places = others.map(
        ([name, count]) => `${name} in ${count} other place${count === 1 ? '' : 's'}`,
      );
      const related = uses
        .filter((use) => use.label.label !== label.label)
        .slice(0, MOST_RELATED)
        .map((use): RelatedPlace => {
          const { start, end, label: name } = use.label;
          return { document: use.document, label: name, start, end };
        });
      return {
        code: 'two-ways',
        document,
        message: `${quoted(words)} is labelled ${label.label} here, and ${places.join(', ')}.`,
        ...{ start: label.start, end: label.end, labelId: label.id, related },
        fixes: others.map(([name]) => ({
          kind: 'relabel',
          title: `Relabel as ${name}`,
          labelId: label.id,
          label: name,
        })),
      };
    });
}
