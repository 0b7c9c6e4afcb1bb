/** A probability for a reader; never rounded up to certainty. */
export function percent(probability: number): string {
  if (probability > 0.999) return '>99.9%';
  if (probability < 0.001) return '<0.1%';
  return `${(probability * 100).toFixed(1)}%`;
}
