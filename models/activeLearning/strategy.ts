import type { Random } from '../random';
import type { SentenceDoubt } from './sentenceDoubt';

/** Ways to choose what to label next. */
export const strategies = ['uncertainty', 'entropy', 'margin', 'random'] as const;
export type Strategy = (typeof strategies)[number];

type Worth = (doubt: SentenceDoubt, random: Random) => number;

const worths: Readonly<Record<Strategy, Worth>> = {
  uncertainty: ({ surprise, rows }) => (rows > 0 ? surprise / rows : 0),
  entropy: ({ entropy }) => entropy,
  margin: ({ ratio }) => ratio,
  random: (_doubt, random) => random.uniform(),
};

/**
 * How much labelling a sentence is worth by a strategy; only the order of the numbers means something.
 *
 * - `uncertainty`: −log probability of the best tagging for each token (MNLP, Shen et al. 2018, section 4): long
 *   sentences are not preferred for their length.
 * - `entropy`: the entropies of all tokens summed up (total token entropy, Settles and Craven 2008, section 3.1):
 *   long sentences with several open questions come first.
 * - `margin`: how near the second best tagging comes to the best one (Scheffer et al. 2001).
 * - `random`: nothing counts; what the others are compared with.
 */
export function worthOf(strategy: Strategy, doubt: SentenceDoubt, random: Random): number {
  return worths[strategy](doubt, random);
}
