import type { MixWeights } from '../nn/scalarMix';

/** What a training reports while it runs. */
export type TrainProgress =
  | {
      readonly phase: 'read';
      readonly layer: string;
      /** Examples to learn from, and examples to judge by. */
      readonly train: number;
      readonly dev: number;
      /** True where those to judge by were held out of one file. */
      readonly heldOut: boolean;
    }
  | { readonly phase: 'embedding'; readonly layer: string; readonly share: number }
  | {
      readonly phase: 'epoch';
      readonly layer: string;
      readonly epoch: number;
      readonly share: number;
      readonly loss: number;
    }
  | {
      readonly phase: 'scored';
      readonly layer: string;
      readonly epoch: number;
      /** Mean loss of a tag in the epoch, with dropout, and on dev after it, without. */
      readonly trainLoss: number;
      readonly devLoss: number;
      /** Accuracy or F1 on dev. */
      readonly dev: number;
      readonly best: boolean;
    }
  /** One sentence for the user on what may go wrong. */
  | { readonly phase: 'warning'; readonly layer: string; readonly message: string }
  | {
      readonly phase: 'done';
      readonly modelId: string;
      readonly dev: Readonly<Record<string, number>>;
      readonly mix: Readonly<Record<string, MixWeights | null>>;
    };
