import type { SidecarError } from '../labelStore/sidecarText';
import { Event } from '../event';

/** The annotation files that cannot be read. */
export class SidecarProblems {
  /** The path of a file that is broken now, or no longer. */
  readonly changed = new Event<string>();
  readonly #problems = new Map<string, SidecarError>();

  get(file: string): SidecarError | undefined {
    return this.#problems.get(file);
  }

  /** Notes what is wrong with a file; nothing, where it can be read. */
  set(file: string, problem: SidecarError | undefined): void {
    const before = this.#problems.get(file);
    if (before?.message === problem?.message && before?.place.line === problem?.place.line) return;
    if (problem === undefined) this.#problems.delete(file);
    else this.#problems.set(file, problem);
    this.changed.fire(file);
  }
}
