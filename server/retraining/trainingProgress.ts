import type { RetrainProgress } from '../../models/retraining/retrainProgress';

/** Where a retraining is. */
export interface TrainingState {
  /** In [0, 1]; never goes back. */
  readonly share: number;
  /** What is done now: "ner, epoch 3 of 12, F1 71.2 %, 14 s left". */
  readonly text: string;
}

/** Parts of the whole that embedding and learning take up to their ends. */
const EMBEDDED = 0.3;
const LEARNT = 0.9;

/** Follows the steps of a trainer and says how far it is. */
export class TrainingProgress {
  readonly #started: number;
  readonly #now: () => number;
  #state: TrainingState = { share: 0, text: 'reading the labels' };

  /** @param now milliseconds */
  constructor(now = (): number => performance.now()) {
    this.#now = now;
    this.#started = now();
  }

  get state(): TrainingState {
    return this.#state;
  }

  /** Takes in a step. */
  follow(step: RetrainProgress): TrainingState {
    const { share, text } = this.#describe(step);
    this.#state = { share: Math.min(1, Math.max(this.#state.share, share)), text };
    return this.#state;
  }

  #describe(step: RetrainProgress): TrainingState {
    switch (step.phase) {
      case 'read': {
        const { labels, texts, sentences } = step;
        return {
          share: 0.02,
          text: `${count(labels, 'label')} in ${count(sentences, 'sentence')} of ${count(texts, 'text')}`,
        };
      }
      case 'notice':
        return this.#state;
      case 'embedding':
        return { share: EMBEDDED * step.share, text: `embedding the sentences, ${percent(step.share)}` };
      case 'epoch': {
        const { layer, epoch, epochs, dev, secondsLeft } = step;
        const seconds = (this.#now() - this.#started) / 1000;
        const done = seconds / Math.max(0.1, seconds + secondsLeft);
        const parts = [
          `${layer}, epoch ${epoch} of ${epochs}`,
          ...(dev === null ? [] : [`score ${percent(dev)}`]),
          timeLeft(secondsLeft),
        ];
        return { share: EMBEDDED + (LEARNT - EMBEDDED) * done, text: parts.join(', ') };
      }
      case 'measuring':
        return {
          share: LEARNT + (1 - LEARNT) * step.share,
          text: `measuring the new model, ${percent(step.share)}`,
        };
      case 'done':
        return { share: 1, text: 'taking the new model into use' };
    }
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

const count = (number: number, what: string): string => `${number} ${number === 1 ? what : `${what}s`}`;

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s left`;
  return `${Math.round(seconds / 60)} min left`;
}
