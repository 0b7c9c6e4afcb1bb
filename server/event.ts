import { type Disposable, Emitter } from 'vscode-languageserver/node';

/** Ends a subscription. */
export type Subscription = Disposable;

/**
 * Listeners of one kind of happening, called in the order they came. One that throws keeps neither the others from
 * hearing nor whoever fires from going on: its error is written to standard error.
 */
export class Event<T> {
  readonly #emitter = new Emitter<T>();

  on(listener: (value: T) => void): Subscription {
    return this.#emitter.event(listener);
  }

  fire(value: T): void {
    this.#emitter.fire(value);
  }
}
