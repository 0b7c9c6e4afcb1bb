import { createHash } from 'node:crypto';
import type { TaggedExample } from '../data/taggedExample';

/** Examples to learn from, and examples to judge by. */
export interface Split {
  readonly train: readonly TaggedExample[];
  readonly dev: readonly TaggedExample[];
}

/**
 * Holds some examples out to judge by. What an example says decides, so that equal texts never stand on both sides,
 * and adding examples moves none of the others.
 * @param share of the examples that is held out, nearly
 */
export function holdOut(examples: readonly TaggedExample[], share: number): Split {
  const isHeld = examples.map(({ forms }) => contentFraction(forms) < share);
  return {
    train: examples.filter((_, index) => !isHeld[index]),
    dev: examples.filter((_, index) => isHeld[index]),
  };
}

/** A number in [0, 1) that the words decide, without regard to case. */
export function contentFraction(forms: readonly string[]): number {
  const hash = createHash('sha256').update(forms.join(' ').toLowerCase()).digest();
  return hash.readUInt32BE(0) / 0x1_0000_0000;
}
