import type { KnownSentence } from './layerKnowledge';

/**
 * How much of what could have a label was labelled, in (0, 1) (the label frequency of Elkan and Noto 2008): words that
 * are labelled somewhere and left alone elsewhere tell what was left out. The first place of each tells nothing.
 */
export function labelFrequency(known: readonly KnownSentence[]): number {
  const wordsOf = ({ sentence }: KnownSentence, start: number, end: number): string =>
    sentence.content.forms.slice(start, end).join(' ');
  const labelled = known.flatMap((each) => each.spans.map(({ start, end }) => wordsOf(each, start, end)));
  const names = new Set(labelled);
  const lengths = new Set(known.flatMap(({ spans }) => spans.map(({ start, end }) => end - start)));
  let left = 0;
  for (const each of known) {
    if (each.reviewed) continue;
    const tokens = each.sentence.content.forms.length;
    const taken = [...each.spans, ...each.rejected];
    for (const length of lengths)
      for (let start = 0; start + length <= tokens; start++) {
        const end = start + length;
        if (!names.has(wordsOf(each, start, end))) continue;
        if (!taken.some((span) => span.start < end && start < span.end)) left++;
      }
  }
  const again = labelled.length - names.size;
  return (again + 1) / (again + left + 2); // where nothing is told, a half
}
