/** A point of the learning curve: a checkpoint. */
export interface CurvePoint {
  /** Tokens of training so far. */
  readonly tokens: number;
  /** Perplexity on the held-out text in each direction; not a number where there is no such text. */
  readonly forward: number;
  readonly backward: number;
  /** Seconds of training so far, over all runs. Curves of earlier versions lack it and the next. */
  readonly seconds?: number;
  /** Of the checkpoint's file: equal hashes mean equal runs, to the last bit. */
  readonly sha256?: string;
}

/** The curve as a table for other programs, a row for each checkpoint. */
export function curveCsv(curve: readonly CurvePoint[]): string {
  const rows = curve.map(({ tokens, forward, backward, seconds, sha256 }) =>
    [tokens, forward, backward, seconds === undefined ? '' : Math.round(seconds), sha256 ?? ''].join(','),
  );
  return ['tokens,forward,backward,seconds,sha256', ...rows, ''].join('\n');
}
