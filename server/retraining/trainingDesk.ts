import { InputError } from '../../models/errors';
import { Event } from '../event';
import type { RetrainRequest } from './retrainFolder';
import type { StartTrainer, Trained } from './trainerProcess';
import { TrainingProgress, type TrainingState } from './trainingProgress';

/** What the desk tells of a training while it runs. */
export interface TrainingListener {
  /** A new step. */
  readonly state: (state: TrainingState) => void;
  /** A sentence that the user should see in the end: what is missing, what was done with odd labels. */
  readonly notice: (sentence: string) => void;
}

/** Runs one training at a time and knows where it is. */
export class TrainingDesk {
  /** A training has begun, moved on or ended. */
  readonly changed = new Event<void>();
  readonly #start: StartTrainer;
  #running: AbortController | undefined;
  #state: TrainingState | undefined;

  constructor(start: StartTrainer) {
    this.#start = start;
  }

  /** Where the training is; undefined while none runs. */
  get state(): TrainingState | undefined {
    return this.#state;
  }

  get isTraining(): boolean {
    return this.#running !== undefined;
  }

  /** @throws InputError where a training runs */
  requireFree(): void {
    if (this.#running === undefined) return;
    throw new InputError(
      'A retraining runs already.',
      {},
      'Wait until it is done, or cancel it with Glossator: Cancel Retraining.',
    );
  }

  /** Ends the training. @returns false where none runs */
  cancel(): boolean {
    if (this.#running === undefined) return false;
    this.#running.abort(new TrainingCancelled());
    return true;
  }

  /**
   * Trains a model.
   * @throws InputError where a training runs already, or it fails; TrainingCancelled
   */
  async train(
    request: RetrainRequest,
    backend: 'auto' | 'native' | 'wasm',
    { state, notice }: TrainingListener,
  ): Promise<Trained> {
    this.requireFree();
    const run = new AbortController();
    const progress = new TrainingProgress();
    this.#running = run;
    this.#tell(progress.state);
    try {
      return await this.#start(
        request,
        backend,
        (step) => {
          if (step.phase === 'notice') notice(step.message);
          state(progress.follow(step));
          this.#tell(progress.state);
        },
        run.signal,
      );
    } finally {
      this.#running = undefined;
      this.#tell(undefined);
    }
  }

  #tell(state: TrainingState | undefined): void {
    this.#state = state;
    this.changed.fire();
  }
}

/** Somebody ended the training. */
export class TrainingCancelled extends Error {
  constructor() {
    super('The training was cancelled.');
  }
}
