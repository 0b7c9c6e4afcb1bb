import pretrained from '../pretrained/sentences.json';
import { type BoundaryFeatures, HASH_BITS } from './boundaryFeatures';

/** The file `models/pretrained/sentences.json`: a linear classifier over hashed features. */
export interface BoundaryWeights {
  readonly format: 'glossator-sentences';
  readonly version: 1;
  /** log₂ of the number of weights. */
  readonly bits: number;
  /** What one step of a stored weight stands for. */
  readonly scale: number;
  /** Gaps that score higher are sentence boundaries. */
  readonly threshold: number;
  /** Signed bytes, in base64. */
  readonly weights: string;
}

/** Scores gaps between tokens: the log odds, as far as it was trained well, that a sentence ends there. */
export class BoundaryClassifier {
  readonly #weights: Int8Array;
  readonly #scale: number;
  readonly #threshold: number;

  constructor({ format, version, bits, scale, threshold, weights }: BoundaryWeights) {
    if (format !== 'glossator-sentences' || version !== 1 || bits !== HASH_BITS) {
      throw new RangeError(
        'These weights of the sentence splitter belong to another version of its features.',
      );
    }
    this.#weights = new Int8Array(Buffer.from(weights, 'base64'));
    this.#scale = scale;
    this.#threshold = threshold;
  }

  /** Positive where a sentence that began at token `from` ends behind token `index`. */
  score(features: BoundaryFeatures, index: number, from: number): number {
    const count = features.read(index, from);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += this.#weights[features.indices[i]];
    return sum * this.#scale - this.#threshold;
  }
}

/** The classifier that comes with the library; its card says how it was trained. */
export const pretrainedBoundaries = new BoundaryClassifier(pretrained as BoundaryWeights);
