import { InputError } from '../errors';
import { biLmShapes } from './biLmShapes';
import type { ElmoOptions } from './elmoOptions';

/** A part of a biLM that can be trained further by itself. */
export interface BiLmPart {
  /** `lstm2`, `lstm1`, `projection`, `highway`, `characters`. */
  readonly name: string;
  /** Its place in the network, counted from the top part down. */
  readonly depth: number;
  /** Names of its weights. */
  readonly weights: readonly string[];
}

function partOf(weight: string): string {
  const layer = /^Layer(\d+)\//.exec(weight);
  if (layer) return `lstm${Number(layer[1]) + 1}`;
  if (weight.startsWith('CNN_proj/')) return 'projection';
  return weight.startsWith('CNN_high_') ? 'highway' : 'characters';
}

/**
 * The parts of a biLM, from the top down:
 *
 * | part         | weights                                                                     |
 * | ------------ | --------------------------------------------------------------------------- |
 * | `lstmK`      | LSTM layer K, counted from 1, both directions: `Layer{K-1}/…`                |
 * | `projection` | from the highway's size to that of a token's vector: `CNN_proj/…`           |
 * | `highway`    | all highway layers: `CNN_high_…`; absent where there are none               |
 * | `characters` | the vectors of characters and the convolutions: `char_embed`, `CNN/…`       |
 */
export function biLmParts(options: ElmoOptions): BiLmPart[] {
  const weights = new Map<string, string[]>();
  for (const [name] of biLmShapes(options).reverse()) {
    const part = partOf(name);
    weights.set(part, [name, ...(weights.get(part) ?? [])]);
  }
  return [...weights].map(([name, own], depth) => ({ name, depth, weights: own }));
}

/**
 * The parts of those names, from the top down.
 * @throws InputError naming the parts that there are
 */
export function namedBiLmParts(options: ElmoOptions, names: readonly string[]): BiLmPart[] {
  const parts = biLmParts(options);
  const wrong = names.find((name) => !parts.some((part) => part.name === name));
  if (wrong !== undefined)
    throw new InputError(
      `The biLM has no part "${wrong}" to tune.`,
      {},
      `It has: ${parts.map(({ name }) => name).join(', ')}.`,
    );
  return parts.filter(({ name }) => names.includes(name));
}
