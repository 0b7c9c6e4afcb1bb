import { roundToHalf } from '../data/halfFloat';
import { BiLm } from './biLm';
import type { BiLmPart } from './biLmParts';
import { type NamedArray, stored, type Weights, writeWeights } from './parameters';

/**
 * A biLM that shares all variables of `base` but those of the named parts, of which it has copies: only these are
 * its `variables()`, and only these go with `dispose()`. The base must outlive it.
 * @param deltas what to add to the base's values, by the names of all weights of the parts; nothing where absent
 * @throws Error where a delta is missing, is of no such part, or has another shape than the base's weight
 */
export function tunedBiLm(base: BiLm, parts: readonly BiLmPart[], deltas?: Weights): BiLm {
  const own = new Set(parts.flatMap(({ weights }) => weights));
  const stray = [...(deltas?.keys() ?? [])].find((name) => !own.has(name));
  if (stray !== undefined) throw new Error(`the weight "${stray}" is of no tuned part`);
  const variables = new Map(base.variables());
  const source = deltas && stored(deltas);
  return new BiLm(base.options, {
    borrowed: (name) => (own.has(name) ? null : variables.get(name)!),
    get(name, shape, initializer) {
      const values = new Float32Array(variables.get(name)!.dataSync<'float32'>());
      const delta = source?.get(name, shape, initializer);
      delta?.forEach((value, k) => (values[k] += value));
      return values;
    },
  });
}

/** The difference of a tuned biLM to its base, rounded to float16: what `tunedBiLm` takes to make it again. */
export async function tunedDeltas(tuned: BiLm, base: BiLm): Promise<Map<string, NamedArray>> {
  const variables = new Map(base.variables());
  const deltas = new Map<string, NamedArray>();
  for (const [name, variable] of tuned.variables()) {
    const before = await variables.get(name)!.data<'float32'>();
    const after = await variable.data<'float32'>();
    deltas.set(name, {
      shape: variable.shape,
      data: roundToHalf(after.map((value, k) => value - before[k])),
    });
  }
  return deltas;
}

/** Sets a tuned biLM to the values that it will have when it is loaded from its rounded difference. */
export async function roundTuned(tuned: BiLm, base: BiLm): Promise<void> {
  const variables = new Map(base.variables());
  const values = new Map<string, NamedArray>();
  for (const [name, { shape, data }] of await tunedDeltas(tuned, base)) {
    const before = await variables.get(name)!.data<'float32'>();
    values.set(name, { shape, data: before.map((value, k) => value + data[k]) });
  }
  writeWeights(tuned.variables(), values);
}
