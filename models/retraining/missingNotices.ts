import { ownValue } from '../ownValue';
import type { LayerKnowledge } from './layerKnowledge';
import type { LayerRecord } from './runRecord';

/** Examples of a label from which its score says something. */
const enoughToMeasure = 18;

const examples = (count: number): string => `${count} example${count === 1 ? '' : 's'}`;

/** Plain sentences about what a layer's labels lack. */
export function missingNotices(
  { layer, known, examples: counts }: LayerKnowledge,
  record: LayerRecord,
): string[] {
  const notices = layer.labels.flatMap((label): string[] => {
    const own = ownValue(counts, label) ?? 0;
    if (own === 0) return record.change === 'new' ? [`${label} has no examples yet.`] : [];
    if (own >= enoughToMeasure) return [];
    return [`${label} has ${examples(own)} and needs ${enoughToMeasure - own} more to be scored.`];
  });
  const used = layer.labels.filter((label) => (ownValue(counts, label) ?? 0) > 0);
  if (layer.kind !== 'span' && record.change === 'new' && used.length === 1)
    notices.push(
      `All labels of ${layer.name} are ${used[0]}; without another one there is nothing to tell apart.`,
    );
  if (layer.kind === 'span') notices.push(...reviewNotices(known, record));
  const contradictions = twoWays(known);
  if (contradictions.length > 0)
    notices.push(`Labelled in two ways: ${contradictions.slice(0, 5).join(', ')}.`);
  return notices;
}

/** What it takes to know which suggestions are wrong. */
function reviewNotices(known: LayerKnowledge['known'], { layer, after }: LayerRecord): string[] {
  const marked = known.filter(({ reviewed }) => reviewed).length;
  if (after ? after.measure !== 'recall' : marked > 0) return [];
  const which =
    marked === 0
      ? 'No sentence is marked as reviewed'
      : `Only ${after?.reviewed ?? 0} of the ${after?.sentences ?? 0} sentences to measure on are marked as reviewed`;
  if (!after) return [`${which}, so ${layer.name} hardly learns which words have no label.`];
  const gold = Object.values(after.labels).reduce((sum, label) => sum + label.gold, 0);
  return [
    `${which}, so it is unknown how many ${layer.name} suggestions are wrong, and recall alone is compared. You labelled ${gold}; the model suggests ${after.suggested ?? 0}.`,
  ];
}

/** Words that stand with two labels, the most frequent first. */
function twoWays(known: LayerKnowledge['known']): string[] {
  const labels = new Map<string, Map<string, number>>();
  for (const { sentence, spans } of known)
    for (const { start, end, label } of spans) {
      const words = sentence.content.forms.slice(start, end).join(' ');
      const own = labels.get(words) ?? new Map<string, number>();
      labels.set(words, own.set(label, (own.get(label) ?? 0) + 1));
    }
  return [...labels]
    .filter(([, own]) => own.size > 1)
    .map(([words, own]) => `“${words}” as ${[...own].map(([label, n]) => `${label} (${n})`).join(' and ')}`);
}
