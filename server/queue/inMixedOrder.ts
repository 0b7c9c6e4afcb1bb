import { Random } from '../../models/random';

/** Words that stay together. */
const GROUP_WORDS = 200;

/**
 * Sentences of about equal length beside one another, as the tagger takes them fastest, but short and long groups in a
 * mixed order: a queue made from the first of them is one of all kinds. The same sentences come in the same order.
 */
export function inMixedOrder<T extends { readonly forms: readonly string[] }>(sentences: readonly T[]): T[] {
  const groups: T[][] = [];
  let words = Infinity;
  for (const sentence of [...sentences].sort((a, b) => a.forms.length - b.forms.length)) {
    words += sentence.forms.length;
    if (words > GROUP_WORDS) {
      groups.push([]);
      words = sentence.forms.length;
    }
    groups[groups.length - 1].push(sentence);
  }
  return new Random(1).shuffle(groups).flat();
}
