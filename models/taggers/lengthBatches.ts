/**
 * Groups sentences of similar length, so that little of a batch is padding.
 * @param lengths tokens of each sentence; empty ones are left out
 * @param places most places (longest length × sentences) of a batch; a longer sentence is a batch of its own
 * @returns indices of the sentences, the shortest first
 */
export function batchesByLength(lengths: readonly number[], places: number): number[][] {
  const order = lengths.map((_, index) => index).filter((index) => lengths[index] > 0);
  order.sort((a, b) => lengths[a] - lengths[b] || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const index of order) {
    if (batch.length > 0 && (batch.length + 1) * lengths[index] > places) {
      batches.push(batch);
      batch = [];
    }
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
