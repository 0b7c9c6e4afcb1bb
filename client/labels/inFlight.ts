/** Requests that are not answered yet. */
export class InFlight {
  readonly #requests = new Set<Promise<unknown>>();

  /** Passes on what the request answers, or how it fails. */
  async follow<T>(request: Promise<T>): Promise<T> {
    this.#requests.add(request);
    try {
      return await request;
    } finally {
      this.#requests.delete(request);
    }
  }

  /**
   * Resolves when all that are under way now were answered or failed, and those who asked had their turn: what they
   * tell the user then stands before what comes next.
   */
  async answered(): Promise<void> {
    await Promise.allSettled(this.#requests);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
