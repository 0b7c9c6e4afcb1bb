import { Random } from '../random';
import type { BoundaryWeights } from './boundaryClassifier';
import { BoundaryFeatures, HASH_BITS } from './boundaryFeatures';
import { canEnd } from './sentenceSplitter';
import { tokenize } from './tokenizer';

/** A paragraph with the offsets at which its sentences end. */
export interface SplitParagraph {
  readonly text: string;
  readonly ends: ReadonlySet<number>;
}

export interface BoundaryTraining {
  readonly seed: number;
  readonly epochs: number;
  /** Step of AdaGrad. */
  readonly rate: number;
  /** Share of the features left out at each step, so that no single one is relied on. */
  readonly dropout: number;
  /** Score above which a gap is a boundary; below zero, as missed boundaries cost as much as false ones. */
  readonly threshold: number;
}

/**
 * Trains the classifier of sentence boundaries: logistic regression with AdaGrad (Duchi et al. 2011) over
 * hashed features, weights averaged over the epochs. The same paragraphs and options give the same weights on every machine.
 */
export function trainBoundaries(
  paragraphs: readonly SplitParagraph[],
  options: BoundaryTraining,
): BoundaryWeights {
  const examples = paragraphs.flatMap(examplesOf);
  const random = new Random(options.seed);
  const learner = new Learner(options, random);
  const average = new Float64Array(1 << HASH_BITS);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (const example of random.shuffle(examples)) learner.learn(example);
    if (epoch < SETTLING) continue;
    for (let i = 0; i < average.length; i++) average[i] += learner.weights[i] / (options.epochs - SETTLING);
  }
  return quantized(average, options.threshold);
}

/** Epochs whose weights do not count in the average. */
const SETTLING = 2;

class Learner {
  readonly weights = new Float64Array(1 << HASH_BITS);
  readonly #squares = new Float64Array(1 << HASH_BITS).fill(1e-8);
  readonly #options: BoundaryTraining;
  readonly #random: Random;

  constructor(options: BoundaryTraining, random: Random) {
    this.#options = options;
    this.#random = random;
  }

  learn({ features, isBoundary }: Example): void {
    const { rate, dropout } = this.#options;
    const kept = features.filter(() => this.#random.uniform() >= dropout);
    const score = kept.reduce((sum, feature) => sum + this.weights[feature], 0) / (1 - dropout);
    const gradient = 1 / (1 + Math.exp(-score)) - (isBoundary ? 1 : 0);
    for (const feature of kept) {
      this.#squares[feature] += gradient * gradient;
      this.weights[feature] -= (rate * gradient) / Math.sqrt(this.#squares[feature]);
    }
  }
}

interface Example {
  readonly features: Int32Array;
  readonly isBoundary: boolean;
}

/** One example for each gap at which a sentence can end, with the history that the treebank has. */
function examplesOf({ text, ends }: SplitParagraph): Example[] {
  const tokens = tokenize(text);
  const features = new BoundaryFeatures(tokens);
  const examples: Example[] = [];
  let from = 0;
  tokens.forEach((token, i) => {
    const isBoundary = ends.has(token.end);
    if (canEnd(tokens, i)) {
      examples.push({ features: features.indices.slice(0, features.read(i, from)), isBoundary });
    }
    if (isBoundary) from = i + 1;
  });
  return examples;
}

/** Weights as signed bytes; the largest takes the whole range. */
function quantized(weights: Float64Array, threshold: number): BoundaryWeights {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = Number((largest / 127).toPrecision(3));
  const bytes = Int8Array.from(weights, (weight) =>
    Math.max(-127, Math.min(127, Math.round(weight / scale))),
  );
  return {
    format: 'glossator-sentences',
    version: 1,
    bits: HASH_BITS,
    scale,
    threshold,
    weights: Buffer.from(bytes.buffer).toString('base64'),
  };
}
