import { layerWorthSteps, type LayerWorth } from '../../models/activeLearning/chooseLayer';
import type { SentenceExploration } from '../../models/activeLearning/explore';
import { rankingSteps } from '../../models/activeLearning/rankSentences';
import type { Strategy } from '../../models/activeLearning/strategy';
import { Random } from '../../models/random';
import type { UndecidedSentence } from './gatherUndecided';

/** Sentences that are compared with one another. */
const COMPARED = 200;

/** A sentence with what the model said of it. */
export interface ExploredSentence extends UndecidedSentence {
  readonly exploration: SentenceExploration;
}

export interface RankedSentence extends UndecidedSentence {
  readonly worth: LayerWorth;
}

/**
 * The sentences most worth labelling, in some layers. The same sentences give the same order. In short
 * steps: 20,000 sentences take longer in all than other messages may wait.
 */
export function* rankQueue(
  explored: readonly ExploredSentence[],
  layers: readonly string[],
  strategy: Strategy,
  count: number,
): Generator<void, RankedSentence[]> {
  const worths = yield* layerWorthSteps(
    explored.map(({ exploration }) => exploration),
    layers,
    strategy,
    new Random(1),
  );
  const candidates = explored.map(({ exploration: { vector } }, i) => ({ worth: worths[i].worth, vector }));
  const isRandom = strategy === 'random';
  const ranked = yield* rankingSteps(candidates, {
    count,
    compared: COMPARED,
    ...(isRandom && { density: 0, diversity: 0 }),
  });
  return ranked.map((i) => ({ ...explored[i], worth: worths[i] }));
}
