import type { SidecarError } from '../labelStore/sidecarText';
import { Event } from '../event';

/** What is wrong with annotation files. */
export class SidecarProblems {
  /** The path of a file with other problems than before. */
  readonly changed = new Event<string>();
  readonly #problems = new Map<string, readonly SidecarError[]>();

  /** What is wrong with a file, by line; undefined where nobody has looked, or nothing is. */
  get(file: string): readonly SidecarError[] | undefined {
    return this.#problems.get(file);
  }

  /** Notes what is wrong with a file; nothing, where it can be read. */
  set(file: string, problems: readonly SidecarError[]): void {
    const before = this.#problems.get(file) ?? [];
    const isSame =
      before.length === problems.length &&
      problems.every(({ message, place }, i) => {
        const known = before[i];
        return known.message === message && known.place.line === place.line;
      });
    if (isSame) return;
    if (problems.length === 0) this.#problems.delete(file);
    else this.#problems.set(file, problems);
    this.changed.fire(file);
  }
}
