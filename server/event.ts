/** Ends a subscription. */
export interface Subscription {
  dispose(): void;
}

/** Listeners of one kind of happening, called in the order they came. */
export class Event<T> {
  readonly #listeners = new Set<(value: T) => void>();

  on(listener: (value: T) => void): Subscription {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
