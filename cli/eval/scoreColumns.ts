import type { Score } from '../../models/evaluation/score';

/** What `scoreColumns` gives, in words. */
export const scoreHeader = ['precision', 'recall', 'F1', 'gold', 'predicted'];

/** A score as cells of a table: percentages, then counts. */
export function scoreColumns({ precision, recall, f1, gold, predicted }: Score): string[] {
  return [scorePercent(precision), scorePercent(recall), scorePercent(f1), String(gold), String(predicted)];
}

/** A fraction as a percentage of two decimals, without the sign. */
export function scorePercent(fraction: number): string {
  return (100 * fraction).toFixed(2);
}
