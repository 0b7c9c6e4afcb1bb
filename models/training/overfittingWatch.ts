/** Epochs in a row in which dev loss rises and train loss falls, after which the watch speaks. */
const risingEpochs = 2;

/** Trainable weights of the embedder for one labelled item, above which the data counts as small. */
const weightsPerItem = 100;

/** How many items the training data holds. */
export interface DataSize {
  readonly sentences: number;
  /** Labelled words, or in sentence layers labelled texts. */
  readonly items: number;
}

const number = (value: number): string => value.toLocaleString('en');

const inMillions = (value: number): string =>
  value < 100_000 ? number(value) : `${(value / 1e6).toFixed(1)} M`;

/**
 * A warning where fewer than one label stands against a hundred weights of the embedder that are trained; null
 * where there are enough.
 */
export function smallDataWarning(data: DataSize, weights: number): string | null {
  if (weights <= weightsPerItem * data.items) return null;
  const labels = data.items === data.sentences ? '' : ` with ${number(data.items)} labels`;
  return `${number(data.sentences)} sentences${labels} for ${inMillions(weights)} trainable weights of the embedder: freeze, or label more.`;
}

/** Looks at the losses of each epoch, and says once when the gap between them opens. */
export class OverfittingWatch {
  #before: { train: number; dev: number } | null = null;
  #rising = 0;
  #isSaid = false;

  /** @param advice ends the warning: what to do about it */
  constructor(readonly advice: string) {}

  /**
   * @param train mean loss of an epoch in training
   * @param dev mean loss on dev after it
   * @returns a warning the first time that dev loss has risen and train loss fallen in each of the last two epochs
   */
  see(train: number, dev: number): string | null {
    const before = this.#before;
    this.#before = { train, dev };
    this.#rising = before && dev > before.dev && train < before.train ? this.#rising + 1 : 0;
    if (this.#isSaid || this.#rising < risingEpochs) return null;
    this.#isSaid = true;
    return (
      `dev loss has risen for ${risingEpochs} epochs while train loss falls ` +
      `(train ${train.toFixed(4)}, dev ${dev.toFixed(4)}): ${this.advice}`
    );
  }
}
