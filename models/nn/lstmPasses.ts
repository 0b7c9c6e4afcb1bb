import { tf } from '../backend';

/** Weights of one LSTM layer in N directions at once; N is 2 for a bidirectional layer. */
export interface LstmWeights {
  /** From the input, [N, D, 4H]; gates in the order i, j, f, o (input, candidate, forget, output). */
  readonly input: tf.Tensor3D;
  /** From the output of the step before, [N, P, 4H]. */
  readonly recurrent: tf.Tensor3D;
  /** [N, 4H]; a forget bias of 1 is added to it. */
  readonly bias: tf.Tensor2D;
  /** Projection of the output, [N, H, P]; null where P = H and nothing is projected. */
  readonly projection: tf.Tensor3D | null;
}

export interface LstmClips {
  /** Bound of the cell state after each step; 0 for none. */
  readonly cell: number;
  /** Bound of the projected output after each step; 0 for none. */
  readonly projection: number;
}

/** State before the first step (or after the last). */
export interface LstmState {
  /** [N, B, H] */
  readonly cell: tf.Tensor3D;
  /** [N, B, P] */
  readonly output: tf.Tensor3D;
}

type Steps = tf.Tensor3D[]; // T times [N, B, …]

export interface Trace {
  readonly i: Steps;
  readonly j: Steps;
  readonly f: Steps;
  readonly o: Steps;
  readonly cell: Steps;
  readonly cellTanh: Steps;
  readonly hidden: Steps; // before the projection, [N, B, H]
  readonly output: Steps; // [N, B, P]
}

const clip = (x: tf.Tensor3D, bound: number): tf.Tensor3D =>
  bound > 0 ? tf.clipByValue(x, -bound, bound) : x;

export const stackTime = (steps: Steps): tf.Tensor4D => tf.stack(steps, 1) as tf.Tensor4D; // [N, T, B, …]

/** [N, T, B, X] -> [N, T·B, X] */
function flattenTime(x: tf.Tensor4D): tf.Tensor3D {
  const [n, t, b, width] = x.shape;
  return tf.reshape(x, [n, t * b, width]);
}

/** 1 inside the clip, 0 where the value was cut; null where there is no clip. */
function insideClip(x: tf.Tensor, bound: number): tf.Tensor | null {
  return bound > 0 ? tf.cast(tf.less(tf.abs(x), bound), 'float32') : null;
}

/** a · bᵀ for each direction: [N, X, Z] from [N, X, Y], [N, Z, Y]. */
function timesTransposed(a: tf.Tensor3D, b: tf.Tensor3D): tf.Tensor3D {
  return isBatchedFast() ? tf.matMul(a, b, false, true) : tf.matMul(a, tf.transpose(b, [0, 2, 1]));
}

/** aᵀ · b for each direction: [N, X, Z] from [N, Y, X], [N, Y, Z]. */
function transposedTimes(a: tf.Tensor3D, b: tf.Tensor3D): tf.Tensor3D {
  return isBatchedFast() ? tf.matMul(a, b, true, false) : tf.matMul(tf.transpose(a, [0, 2, 1]), b);
}

/**
 * WebAssembly's matrix product is fast for one plain pair of matrices only; for several at once, or transposed
 * ones, it falls back to a loop that is more than ten times slower.
 */
export function isBatchedFast(): boolean {
  return tf.getBackend() !== 'wasm';
}

function gateInputs(x: tf.Tensor4D, weights: LstmWeights): Steps {
  const [n, t, b] = x.shape;
  const cells = weights.bias.shape[1] / 4;
  return tf.tidy(() => {
    const forgetBias = tf.concat([tf.zeros([2 * cells]), tf.ones([cells]), tf.zeros([cells])]); // [4H]
    const bias = tf.reshape(tf.add(weights.bias, forgetBias), [n, 1, 4 * cells]); // [N, 1, 4H]
    const product = tf.add(tf.matMul(flattenTime(x), weights.input), bias); // [N, T·B, 4H]
    return tf.unstack(tf.reshape(product, [n, t, b, 4 * cells]), 1) as Steps; // T times [N, B, 4H]
  });
}

type Step = { readonly [K in keyof Trace]: tf.Tensor3D };

function step(fromInput: tf.Tensor3D, before: LstmState, weights: LstmWeights, clips: LstmClips): Step {
  const gates = tf.add(fromInput, tf.matMul(before.output, weights.recurrent)); // [N, B, 4H]
  const [zi, zj, zf, zo] = tf.split(gates, 4, 2) as Steps; // [N, B, H]
  const i = tf.sigmoid(zi); // [N, B, H]
  const j = tf.tanh(zj); // [N, B, H]
  const f = tf.sigmoid(zf); // [N, B, H]
  const o = tf.sigmoid(zo); // [N, B, H]
  const cell = clip(tf.add<tf.Tensor3D>(tf.mul(f, before.cell), tf.mul(i, j)), clips.cell); // [N, B, H]
  const cellTanh = tf.tanh(cell); // [N, B, H]
  const hidden = tf.mul<tf.Tensor3D>(o, cellTanh); // [N, B, H]
  const output = weights.projection
    ? clip(tf.matMul(hidden, weights.projection), clips.projection) // [N, B, P]
    : hidden;
  return { i, j, f, o, cell, cellTanh, hidden, output };
}

/**
 * @param keep whether a backward pass follows; without one only cells and outputs are kept, which takes a
 * sixth of the memory
 */
export function forward(
  x: tf.Tensor4D,
  weights: LstmWeights,
  clips: LstmClips,
  initial: LstmState,
  keep: boolean,
): Trace {
  const trace: Trace = { i: [], j: [], f: [], o: [], cell: [], cellTanh: [], hidden: [], output: [] };
  let before = initial;
  for (const fromInput of gateInputs(x, weights)) {
    const values: Partial<Step> & LstmState = tf.tidy(() => {
      const all = step(fromInput, before, weights, clips);
      return keep ? all : { cell: all.cell, output: all.output };
    });
    fromInput.dispose();
    for (const name of Object.keys(values) as (keyof Trace)[]) trace[name].push(values[name] as tf.Tensor3D);
    before = values;
  }
  return trace;
}

/** The values of a trace that the backward pass needs, each [N, T, B, …]. */
export interface Saved {
  readonly x: tf.Tensor4D;
  readonly i: tf.Tensor4D;
  readonly j: tf.Tensor4D;
  readonly f: tf.Tensor4D;
  readonly o: tf.Tensor4D;
  readonly cell: tf.Tensor4D;
  readonly cellTanh: tf.Tensor4D;
  readonly hidden: tf.Tensor4D;
  readonly output: tf.Tensor4D;
}

/** Shifts [N, T, B, X] one step later; the first step becomes zero. */
function delayed(x: tf.Tensor4D): tf.Tensor4D {
  const [n, t, b, width] = x.shape;
  return tf.concat(
    [tf.zeros([n, 1, b, width]), tf.slice(x, [0, 0, 0, 0], [n, t - 1, b, width])],
    1,
  ) as tf.Tensor4D;
}

const slope = (gate: tf.Tensor4D): tf.Tensor4D => tf.mul<tf.Tensor4D>(gate, tf.sub(1, gate)); // of the sigmoid

/**
 * Back-propagation through time. All factors that don't depend on the gradient are computed for
 * all steps in one go, and each weight's gradient is one product over all steps.
 */
export function backward(dy: tf.Tensor4D, saved: Saved, weights: LstmWeights, clips: LstmClips) {
  const { x, i, j, f, o, cell, cellTanh, hidden, output } = saved;
  const t = x.shape[1];
  const unstack = (v: tf.Tensor4D): Steps => tf.unstack(v, 1) as Steps;
  const byCandidate = unstack(tf.mul(i, tf.sub(1, tf.square(j)))); // T times [N, B, H]
  const byInputGate = unstack(tf.mul(j, slope(i)));
  const byForgetGate = unstack(tf.mul(delayed(cell), slope(f)));
  const byOutputGate = unstack(tf.mul(cellTanh, slope(o)));
  const byCell = unstack(tf.mul(o, tf.sub(1, tf.square(cellTanh))));
  const forget = unstack(f);
  const cellMask = insideClip(cell, clips.cell);
  const cellMasks = cellMask ? unstack(cellMask as tf.Tensor4D) : null;
  const outputMask = weights.projection ? insideClip(output, clips.projection) : null;
  const outputMasks = outputMask ? unstack(outputMask as tf.Tensor4D) : null;
  const dys = unstack(dy);

  const dGates: Steps = new Array<tf.Tensor3D>(t);
  const dOutputs: Steps = new Array<tf.Tensor3D>(t);
  let dCell: tf.Tensor3D | null = null; // from the step after, [N, B, H]
  let dRecurrent: tf.Tensor3D | null = null; // from the step after, [N, B, P]
  for (let s = t - 1; s >= 0; s--) {
    let dOutput: tf.Tensor3D = dRecurrent ? tf.add<tf.Tensor3D>(dys[s], dRecurrent) : dys[s]; // [N, B, P]
    if (outputMasks) dOutput = tf.mul(dOutput, outputMasks[s]);
    const dHidden: tf.Tensor3D = weights.projection
      ? timesTransposed(dOutput, weights.projection) // [N, B, H]
      : dOutput;
    let d: tf.Tensor3D = tf.mul(dHidden, byCell[s]); // [N, B, H]
    if (dCell) d = tf.add(d, dCell);
    if (cellMasks) d = tf.mul(d, cellMasks[s]);
    const dGate: tf.Tensor3D = tf.concat(
      [
        tf.mul<tf.Tensor3D>(d, byInputGate[s]),
        tf.mul<tf.Tensor3D>(d, byCandidate[s]),
        tf.mul<tf.Tensor3D>(d, byForgetGate[s]),
        tf.mul<tf.Tensor3D>(dHidden, byOutputGate[s]),
      ],
      2,
    ); // [N, B, 4H]
    dGates[s] = dGate;
    dOutputs[s] = dOutput;
    dCell = tf.mul<tf.Tensor3D>(d, forget[s]);
    dRecurrent = timesTransposed(dGate, weights.recurrent);
  }
  const dz = flattenTime(stackTime(dGates)); // [N, T·B, 4H]
  const dx = tf.reshape(timesTransposed(dz, weights.input), x.shape); // [N, T, B, D]
  const dInput = transposedTimes(flattenTime(x), dz); // [N, D, 4H]
  const dRecurrentWeights = transposedTimes(flattenTime(delayed(output)), dz); // [N, P, 4H]
  const dBias = tf.sum(dz, 1); // [N, 4H]
  const gradients: tf.Tensor[] = [dx, dInput, dRecurrentWeights, dBias];
  if (weights.projection)
    gradients.push(transposedTimes(flattenTime(hidden), flattenTime(stackTime(dOutputs)))); // [N, H, P]
  return gradients;
}
