import { type CheckedLayer, type CheckedText, type Finding, type Fix, isMark, quoted } from './finding';

/** Labels that their layer does not have, and labels in layers that the project does not have. */
export function unknownLabel(
  { document, text, labels }: CheckedText,
  layers: readonly CheckedLayer[],
): Finding[] {
  const known = new Map(layers.map((layer) => [layer.name, layer]));
  return labels.flatMap(({ id: labelId, layer: name, label, start, end }): Finding[] => {
    const layer = known.get(name);
    if (isMark(name) || layer?.labels?.includes(label) || (layer && !layer.labels)) return [];
    const message = layer
      ? `The layer ${name} has no label ${quoted(label)}.`
      : `The project has no layer ${quoted(name)}, in which ${quoted(text.slice(start, end))} is labelled ${label}.`;
    const similar = (layer?.labels ?? []).filter((other) => isSimilar(label, other));
    const fixes = [
      ...similar.map((other): Fix => ({
        kind: 'relabel',
        title: `Relabel as ${other}`,
        labelId,
        label: other,
      })),
      { kind: 'remove', title: `Remove ${label}`, labelId } as const,
    ];
    return [{ code: 'unknown-label', document, message, start, end, labelId, fixes }];
  });
}

/** True for names that differ in case, in two letters at most, or where one begins the other. */
function isSimilar(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x.startsWith(y) || y.startsWith(x) || distance(x, y) <= Math.min(2, Math.floor(y.length / 2));
}

/** Edit distance (Levenshtein 1965) in code units. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
