import { tf } from '../backend';
import type { TunedEmbedder } from '../embedders/tunedEmbedder';
import { Adam } from './adam';
import type { FineTuneConfig } from './fineTuneConfig';

interface TunedPart {
  readonly variables: readonly [string, tf.Variable][];
  readonly bases: readonly tf.Variable[];
  readonly optimizer: Adam;
  /** Learning rate at the full height of the schedule. */
  readonly rate: number;
  /** Epochs before it begins to learn. */
  readonly frozenFor: number;
  steps: number;
}

/**
 * Moves the chosen parts of a biLM: lower ones more slowly (discriminative fine-tuning) and, where it is asked for,
 * later (gradual unfreezing; Howard and Ruder 2018, sections 3.2 and 3.3), each from a warm-up of its own on,
 * optionally pulled towards where it began (L2-SP, Li et al. 2018). Owns its optimizers.
 */
export class FineTuner {
  readonly #parts: TunedPart[];

  constructor(
    readonly embedder: TunedEmbedder,
    readonly config: FineTuneConfig,
  ) {
    const own = new Map(embedder.variables());
    const base = new Map(embedder.base.biLm.variables());
    const top = Math.min(...embedder.parts.map(({ depth }) => depth));
    this.#parts = embedder.parts.map((part, k) => {
      const variables = part.weights.map((name): [string, tf.Variable] => [name, own.get(name)!]);
      return {
        variables,
        bases: part.weights.map((name) => base.get(name)!),
        optimizer: new Adam(variables),
        rate: config.learningRate * config.decay ** (part.depth - top),
        frozenFor: config.unfreezeAfter === undefined ? 0 : config.unfreezeAfter + k,
        steps: 0,
      };
    });
  }

  /** The variables that learn in an epoch, counted from 1; gradients go to `step` in this order. */
  variables(epoch: number): tf.Variable[] {
    return this.#learning(epoch).flatMap(({ variables }) => variables.map(([, variable]) => variable));
  }

  #learning(epoch: number): TunedPart[] {
    return this.#parts.filter(({ frozenFor }) => epoch > frozenFor);
  }

  /**
   * @param gradients of the loss by `variables(epoch)`, owned by the caller
   * @param schedule share of the full learning rate, as of the head
   */
  step(gradients: readonly tf.Tensor[], epoch: number, schedule: number): void {
    const { warmup, l2 } = this.config;
    let at = 0;
    for (const part of this.#learning(epoch)) {
      const own = gradients.slice(at, (at += part.variables.length));
      const warm = Math.min(1, ++part.steps / Math.max(1, warmup));
      tf.tidy(() => {
        const pulled = own.map((gradient, k) =>
          l2 === 0 ? gradient : tf.add(gradient, tf.mul(l2, tf.sub(part.variables[k][1], part.bases[k]))),
        );
        part.optimizer.step(pulled, part.rate * schedule * warm);
      });
    }
  }

  dispose(): void {
    for (const { optimizer } of this.#parts) optimizer.dispose();
  }
}
