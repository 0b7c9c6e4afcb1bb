import { layerWorths, type LayerWorth } from '../../models/activeLearning/chooseLayer';
import type { SentenceExploration } from '../../models/activeLearning/explore';
import { rankSentences } from '../../models/activeLearning/rankSentences';
import type { Strategy } from '../../models/activeLearning/strategy';
import { Random } from '../../models/random';
import type { UndecidedSentence } from './gatherUndecided';

/** Sentences that are compared with one another: more would hold up other messages for longer than a frame. */
const COMPARED = 200;

/** A sentence with what the model said of it. */
export interface ExploredSentence extends UndecidedSentence {
  readonly exploration: SentenceExploration;
}

export interface RankedSentence extends UndecidedSentence {
  readonly worth: LayerWorth;
}

/** The sentences that labelling is worth most for, in some layers. The same sentences give the same order. */
export function rankQueue(
  explored: readonly ExploredSentence[],
  layers: readonly string[],
  strategy: Strategy,
  count: number,
): RankedSentence[] {
  const random = new Random(1);
  const worths = layerWorths(
    explored.map(({ exploration }) => exploration),
    layers,
    strategy,
    random,
  );
  const candidates = explored.map(({ exploration: { vector } }, i) => ({ worth: worths[i].worth, vector }));
  const isRandom = strategy === 'random';
  const ranked = rankSentences(candidates, {
    count,
    compared: COMPARED,
    ...(isRandom && { density: 0, diversity: 0 }),
  });
  return ranked.map((i) => ({ ...explored[i], worth: worths[i] }));
}
