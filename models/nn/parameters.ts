import { tf } from '../backend';
import type { Random } from '../random';

/*
 * Letters for shapes, used all over this folder:
 * B sentences of a batch, T tokens, U distinct words, C characters, D embedding, H cells,
 * P projection, F filters, L biLM layers, K tags. Sequences are time-major: [T, B, …].
 */

/** A tensor outside TensorFlow.js, as files hold it. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Named arrays, for example the datasets of a weights file. */
export type Weights = ReadonlyMap<string, NamedArray>;

/** Fills an array with numbers of a distribution; `shape` as of the variable. */
export type Initializer = (shape: readonly number[], random: Random) => Float32Array;

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export const zeros: Initializer = (shape) => new Float32Array(sizeOf(shape));

export const filled =
  (value: number): Initializer =>
  (shape) =>
    new Float32Array(sizeOf(shape)).fill(value);

export const uniform =
  (limit: number): Initializer =>
  (shape, random) =>
    Float32Array.from({ length: sizeOf(shape) }, () => (random.uniform() * 2 - 1) * limit);

/** Glorot and Bengio 2010, uniform; the last two axes are fan in and fan out. */
export const glorot: Initializer = (shape, random) => {
  const [fanIn, fanOut] = shape.slice(-2);
  return uniform(Math.sqrt(6 / (fanIn + fanOut)))(shape, random);
};

/** Where a module's first values come from: drawn at random, or read from named weights. */
export interface ParameterSource {
  get(name: string, shape: readonly number[], initializer: Initializer): Float32Array;
  /** A variable of another module to use in place of one of its own, if any; it stays the other's. */
  borrowed?(name: string): tf.Variable | null;
}

export function drawn(random: Random): ParameterSource {
  return { get: (_name, shape, initializer) => initializer(shape, random) };
}

/** @throws Error naming the weight that is missing or has another shape */
export function stored(weights: Weights): ParameterSource {
  return {
    get(name, shape) {
      const found = weights.get(name);
      if (!found) throw new Error(`the weight "${name}" is missing`);
      if (found.shape.join() !== shape.join())
        throw new Error(
          `the weight "${name}" has shape [${found.shape.join(', ')}], expected [${shape.join(', ')}]`,
        );
      return found.data;
    },
  };
}

/** A source that looks names up under a prefix. */
export function under(prefix: string, source: ParameterSource): ParameterSource {
  return {
    get: (name, shape, initializer) => source.get(`${prefix}/${name}`, shape, initializer),
    borrowed: (name) => source.borrowed?.(`${prefix}/${name}`) ?? null,
  };
}

/**
 * tfjs-node keeps the array that a tensor was made of until an op first reads the tensor; a large model would
 * be in memory twice. Reading one number of it ends that.
 */
function handOver(variable: tf.Variable): void {
  const { shape } = variable;
  const [first, one] = [0, 1].map((value) => shape.map(() => value));
  tf.dispose(tf.slice(variable, first, one));
}

/** The named variables of a module. The module owns them until `dispose`. */
export class Parameters {
  readonly #variables = new Map<string, tf.Variable>();

  constructor(readonly source: ParameterSource) {}

  /** Makes the variable `name` of the given shape from the source, or borrows it. */
  create<R extends tf.Rank>(name: string, shape: tf.ShapeMap[R], initializer: Initializer): tf.Variable<R> {
    const borrowed = this.source.borrowed?.(name);
    if (borrowed) return borrowed as tf.Variable<R>;
    const variable = tf.tidy(() =>
      tf.variable(tf.tensor(this.source.get(name, shape, initializer), shape, 'float32')),
    ) as tf.Variable<R>;
    this.#variables.set(name, variable as tf.Variable);
    handOver(variable as tf.Variable);
    return variable;
  }

  /** Name and variable, in the order of creation; borrowed ones are left out. */
  entries(): [string, tf.Variable][] {
    return [...this.#variables];
  }

  dispose(): void {
    for (const variable of this.#variables.values()) variable.dispose();
    this.#variables.clear();
  }
}

/** A part of a network that owns variables. */
export interface Module {
  /** The module's own variables by name, unique within it. */
  variables(): [string, tf.Variable][];
  dispose(): void;
}

/** Names of a part's variables, put under a prefix. */
export function prefixed(prefix: string, entries: [string, tf.Variable][]): [string, tf.Variable][] {
  return entries.map(([name, variable]) => [`${prefix}/${name}`, variable]);
}

/** Copies variables out of TensorFlow.js. */
export async function readWeights(entries: [string, tf.Variable][]): Promise<Map<string, NamedArray>> {
  const weights = new Map<string, NamedArray>();
  for (const [name, variable] of entries)
    weights.set(name, { shape: variable.shape, data: new Float32Array(await variable.data<'float32'>()) });
  return weights;
}

/** Overwrites variables with stored values of the same names and shapes. */
export function writeWeights(entries: [string, tf.Variable][], weights: Weights): void {
  const source = stored(weights);
  for (const [name, variable] of entries)
    tf.tidy(() => variable.assign(tf.tensor(source.get(name, variable.shape, zeros), variable.shape)));
}
