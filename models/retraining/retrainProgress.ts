import type { RunRecord } from './runRecord';

/** Steps of a retraining, as they happen; the process that trains sends them to the one that asked. */
export type RetrainProgress =
  | { readonly phase: 'read'; readonly texts: number; readonly labels: number; readonly sentences: number }
  | { readonly phase: 'notice'; readonly message: string }
  | { readonly phase: 'embedding'; readonly share: number }
  | {
      readonly phase: 'epoch';
      readonly layer: string;
      readonly epoch: number;
      readonly epochs: number;
      readonly loss: number;
      readonly dev: number | null;
      /** Guess of the seconds that are left in all. */
      readonly secondsLeft: number;
    }
  | { readonly phase: 'measuring'; readonly share: number }
  | { readonly phase: 'done'; readonly record: RunRecord; readonly directory: string };
