import type { Random } from '../random';
import type { SentenceDoubt } from './sentenceDoubt';

/** Ways to choose what to label next. */
export const strategies = ['uncertainty', 'entropy', 'margin', 'random'] as const;
export type Strategy = (typeof strategies)[number];

/** Shorter sentences count as if they had so many tokens. */
const LEAST_ROWS = 5;

type Worth = (doubt: SentenceDoubt, random: Random) => number;

const worths: Readonly<Record<Strategy, Worth>> = {
  uncertainty: ({ surprise, rows }) => surprise / Math.max(rows, LEAST_ROWS),
  entropy: ({ entropy }) => entropy,
  margin: ({ ratio }) => ratio,
  random: (_doubt, random) => random.uniform(),
};

/**
 * How much labelling a sentence is worth by a strategy; only the order of the numbers means something.
 *
 * - `uncertainty`: −log probability of the best tagging for each token (MNLP, Shen et al. 2018, section 4): long
 *   sentences are not preferred for their length. Headings and cells of tables, a word or two without a context, would
 *   come before all others: what has fewer than five tokens counts as five.
 * - `entropy`: the entropies of all tokens summed up (total token entropy, Settles and Craven 2008, section 3.1):
 *   long sentences with several open questions come first.
 * - `margin`: how near the second best tagging comes to the best one (Scheffer et al. 2001).
 * - `random`: nothing counts; what the others are compared with.
 */
export function worthOf(strategy: Strategy, doubt: SentenceDoubt, random: Random): number {
  return worths[strategy](doubt, random);
}
