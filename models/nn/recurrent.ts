import { tf } from '../backend';
import {
  backward,
  forward,
  isBatchedFast,
  type LstmClips,
  type LstmState,
  type LstmWeights,
  stackTime,
} from './lstmPasses';

/**
 * Runs an LSTM layer over a sequence, N directions at once, from the zero state, with a gradient of its own:
 * i, f, o = σ(·), j = tanh(·), c = clip(f·c₋₁ + i·j), h = clip((o · tanh c) · W_P) (Sak et al. 2014; the
 * clips as in Peters et al. 2018).
 * @param x [N, T, B, D]; each direction in its own order of time
 * @returns [N, T, B, P]
 */
export function runLstm(x: tf.Tensor4D, weights: LstmWeights, clips: LstmClips): tf.Tensor4D {
  if (isBatchedFast() || x.shape[0] === 1) return runDirections(x, weights, clips);
  const parts = oneByOne(x, weights).map(([own, ownWeights]) => runDirections(own, ownWeights, clips));
  return tf.concat(parts, 0); // [N, T, B, P]
}

/** Each direction with its own weights, all with N = 1. */
function oneByOne(x: tf.Tensor4D, weights: LstmWeights): [tf.Tensor4D, LstmWeights][] {
  const n = x.shape[0];
  const split = <T extends tf.Tensor>(tensor: T): T[] => tf.split(tensor, n, 0);
  const [xs, input, recurrent, bias] = [
    split(x),
    split(weights.input),
    split(weights.recurrent),
    split(weights.bias),
  ];
  const projection = weights.projection ? split(weights.projection) : null;
  return xs.map((own, d) => [
    own,
    { input: input[d], recurrent: recurrent[d], bias: bias[d], projection: projection?.[d] ?? null },
  ]);
}

function runDirections(x: tf.Tensor4D, weights: LstmWeights, clips: LstmClips): tf.Tensor4D {
  const operands: tf.Tensor[] = [x, weights.input, weights.recurrent, weights.bias];
  if (weights.projection) operands.push(weights.projection);
  // customGrad's type promises a function of tensors; `save` comes last.
  const operation = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const save = args.pop() as tf.GradSaveFunc;
    const [input4, input, recurrent, bias, projection] = args as tf.Tensor[];
    const w = { input, recurrent, bias, projection: projection ?? null } as LstmWeights;
    const x4 = input4 as tf.Tensor4D;
    const recording = isRecording();
    const trace = forward(x4, w, clips, zeroState(x4.shape[0], x4.shape[2], w), recording);
    const output = stackTime(trace.output); // [N, T, B, P]
    if (recording) {
      const { i, j, f, o, cell, cellTanh, hidden } = trace;
      save([...(args as tf.Tensor[]), ...[i, j, f, o, cell, cellTanh, hidden].map(stackTime), output]);
    }
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const count = operands.length;
      const [i, j, f, o, cell, cellTanh, hidden, out] = saved.slice(count) as tf.Tensor4D[];
      const [savedX, wi, wr, wb, wp] = saved;
      const savedWeights = {
        input: wi,
        recurrent: wr,
        bias: wb,
        projection: count > 4 ? wp : null,
      } as LstmWeights;
      const trace4 = { x: savedX as tf.Tensor4D, i, j, f, o, cell, cellTanh, hidden, output: out };
      return backward(dy as tf.Tensor4D, trace4, savedWeights, clips);
    };
    return { value: output, gradFunc };
  });
  return operation(...operands) as tf.Tensor4D;
}

/** True while a gradient is being recorded; only then does the trace need to be kept. */
function isRecording(): boolean {
  return tf.engine().state.gradientDepth > 0;
}

/** The state before the first token of a text. */
export function zeroState(directions: number, sentences: number, weights: LstmWeights): LstmState {
  const output = weights.recurrent.shape[1];
  return {
    cell: tf.zeros([directions, sentences, weights.bias.shape[1] / 4]), // [N, B, H]
    output: tf.zeros([directions, sentences, output]), // [N, B, P]
  };
}

/**
 * The same without a gradient, from a given state, returning the state after the last step: the original
 * ELMo programs carry it from sentence to sentence.
 */
export function runLstmFrom(
  x: tf.Tensor4D,
  weights: LstmWeights,
  clips: LstmClips,
  initial: LstmState,
): { output: tf.Tensor4D; state: LstmState } {
  const n = x.shape[0];
  if (!isBatchedFast() && n > 1) {
    const cells: tf.Tensor3D[] = tf.split(initial.cell, n, 0); // N times [1, B, H]
    const outputs: tf.Tensor3D[] = tf.split(initial.output, n, 0); // N times [1, B, P]
    const parts = oneByOne(x, weights).map(([own, ownWeights], d) =>
      runLstmFrom(own, ownWeights, clips, { cell: cells[d], output: outputs[d] }),
    );
    const join = <T extends tf.Tensor>(pick: (part: (typeof parts)[number]) => T): T =>
      tf.concat(parts.map(pick), 0);
    return {
      output: join(({ output }) => output), // [N, T, B, P]
      state: {
        cell: join(({ state }) => state.cell), // [N, B, H]
        output: join(({ state }) => state.output), // [N, B, P]
      },
    };
  }
  const trace = forward(x, weights, clips, initial, false);
  return {
    output: stackTime(trace.output), // [N, T, B, P]
    state: { cell: trace.cell[trace.cell.length - 1], output: trace.output[trace.output.length - 1] },
  };
}
