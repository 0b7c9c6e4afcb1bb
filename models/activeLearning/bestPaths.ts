import type { CrfScores } from '../nn/crf';

/** log scores of the best path and of the second best; −Infinity where there is no second one. */
export interface BestPaths {
  readonly first: number;
  readonly second: number;
}

/** Keeps the two largest of what is added. */
class TopTwo {
  first = -Infinity;
  second = -Infinity;

  add(value: number): void {
    if (value > this.first) [this.first, this.second] = [value, this.first];
    else if (value > this.second) this.second = value;
  }
}

/** The two best paths of a CRF, by a Viterbi search that keeps two of each (N-best, N = 2). @param emissions [T·K] */
export function bestPaths(emissions: ArrayLike<number>, { start, between, end }: CrfScores): BestPaths {
  const tags = start.length;
  const tokens = emissions.length / tags;
  const ends = (tag: number, first: number, second: number): TopTwo => {
    const top = new TopTwo();
    top.add(first + emissions[tag]);
    top.add(second + emissions[tag]);
    return top;
  };
  let before = Array.from(start, (score, tag) => ends(tag, score, -Infinity));
  for (let t = 1; t < tokens; t++) {
    const last = before;
    before = Array.from(start, (_, to) => {
      const top = new TopTwo();
      last.forEach(({ first, second }, from) => {
        const step = between[from * tags + to] + emissions[t * tags + to];
        top.add(first + step);
        top.add(second + step);
      });
      return top;
    });
  }
  const all = new TopTwo();
  before.forEach(({ first, second }, tag) => {
    all.add(first + end[tag]);
    all.add(second + end[tag]);
  });
  return { first: all.first, second: all.second };
}
