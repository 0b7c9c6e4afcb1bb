/**
 * Saves one batch after the other: what is asked for while a batch is being written goes into the next one, so
 * that many requests make few writes.
 */
export class SaveQueue<K> {
  readonly #save: (keys: ReadonlySet<K>) => Promise<ReadonlyMap<K, unknown>>;
  #last: Promise<unknown> = Promise.resolve();
  #next: { readonly keys: Set<K>; readonly failures: Promise<ReadonlyMap<K, unknown>> } | undefined;

  /** @param save writes a batch; gives the errors of those that failed */
  constructor(save: (keys: ReadonlySet<K>) => Promise<ReadonlyMap<K, unknown>>) {
    this.#save = save;
  }

  /**
   * Resolves when everything asked for is on disk.
   * @throws what saving one of them threw
   */
  async save(keys: Iterable<K>): Promise<void> {
    const wanted = new Set(keys);
    if (wanted.size === 0) return;
    const batch = (this.#next ??= this.#begin());
    for (const key of wanted) batch.keys.add(key);
    const failures = await batch.failures;
    for (const key of wanted) if (failures.has(key)) throw failures.get(key);
  }

  /** Does `work` between two batches. */
  async between<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  #begin(): { keys: Set<K>; failures: Promise<ReadonlyMap<K, unknown>> } {
    const keys = new Set<K>();
    const failures = this.#last.then(() => {
      this.#next = undefined;
      return this.#save(keys);
    });
    this.#last = failures.catch(() => undefined);
    return { keys, failures };
  }
}
