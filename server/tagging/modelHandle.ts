import type { SentenceTagger } from '../../models/taggers/prediction';
import { logError } from '../logError';

/** A tagger in use; it stays alive until `release`. */
export interface Lease {
  readonly tagger: SentenceTagger;
  release(): void;
}

interface Held {
  readonly tagger: SentenceTagger;
  leases: number;
}

/** The model that serves now. A swap lets running work finish on the old model before it is disposed. */
export class ModelHandle {
  #held: Held | null = null;

  /** Content hash of the model that serves, or null when none does. */
  get modelId(): string | null {
    return this.#held?.tagger.modelId ?? null;
  }

  get tagger(): SentenceTagger | null {
    return this.#held?.tagger ?? null;
  }

  /** Null when no model serves. */
  lease(): Lease | null {
    const held = this.#held;
    if (held === null) return null;
    held.leases++;
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      held.leases--;
      this.#disposeUnused(held);
    };
    return { tagger: held.tagger, release };
  }

  /** New leases get `tagger` (null: none); the old one is disposed after its last lease. */
  swap(tagger: SentenceTagger | null): void {
    const old = this.#held;
    this.#held = tagger && { tagger, leases: 0 };
    if (old !== null) this.#disposeUnused(old);
  }

  #disposeUnused(held: Held): void {
    if (held.leases > 0 || held === this.#held) return;
    try {
      held.tagger.dispose();
    } catch (error) {
      logError(error); // whoever lets it go has nothing to do with that
    }
  }
}
