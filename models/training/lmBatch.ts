import type { Random } from '../random';

/** Sentences of similar length that go through the network together. */
export type LmBatch = readonly (readonly string[])[];

/**
 * Groups sentences by length into batches of at most `tokens` places (marks and padding counted), in random order.
 * Equal lengths are mixed, so that a batch is not one text.
 */
export function lengthBatches(sentences: readonly string[][], tokens: number, random: Random): LmBatch[] {
  const sorted = random
    .shuffle([...sentences])
    .map((forms, k) => ({ forms, k }))
    .sort((a, b) => a.forms.length - b.forms.length || a.k - b.k)
    .map(({ forms }) => forms);
  const batches: LmBatch[] = [];
  let batch: string[][] = [];
  for (const forms of sorted) {
    if (batch.length > 0 && (batch.length + 1) * (forms.length + 2) > tokens) {
      batches.push(batch);
      batch = [];
    }
    batch.push(forms);
  }
  if (batch.length > 0) batches.push(batch);
  return random.shuffle(batches);
}
