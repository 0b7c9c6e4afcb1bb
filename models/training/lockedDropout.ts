import { tf } from '../backend';
import type { Random } from '../random';
import type { SequenceDropout } from '../taggers/layerHead';

/**
 * Drops the same units in all tokens of a sentence (Gal and Ghahramani 2016) and scales the rest up.
 * @param rate share that is dropped
 */
export function lockedDropout(rate: number, random: Random): SequenceDropout {
  if (rate === 0) return (x) => x;
  return (x) => {
    const [, sentences, size] = x.shape;
    const mask = Float32Array.from({ length: sentences * size }, () =>
      random.uniform() < rate ? 0 : 1 / (1 - rate),
    );
    return tf.mul(x, tf.tensor3d(mask, [1, sentences, size])); // [T, B, D]
  };
}
