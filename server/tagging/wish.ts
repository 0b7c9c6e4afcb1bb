import type { InputError } from '../../models/errors';
import type { ModelSource } from './threadMessages';

/** What serves where a model cannot be loaded, and what the user is told then. */
export interface Instead {
  readonly source: ModelSource;
  readonly sentence: (why: string) => string;
}

/** A model that is to serve. */
export interface WantedModel {
  readonly source: ModelSource;
  /** Why it must not even be loaded. */
  readonly forbidden?: InputError;
  /** Absent where there is nothing else to serve. */
  readonly instead?: Instead;
}

/** Somebody wants a model to serve: settings and disk whenever they change, or a person, who has it tried out. */
export interface Wish {
  /** Which model, as things are now; asked again when it is loaded, since settings and disk may have changed. */
  readonly wanted: () => Promise<WantedModel>;
  /** For a model that a person chose or that was just made: it is tried out beside the one that serves. */
  readonly trial?: {
    /** Writes down that it serves from now on; awaited when all else is done. */
    readonly settle: () => Promise<void>;
  };
}

/** What became of a wish. */
export type Verdict =
  | { readonly kind: 'serves' }
  /** Another model was wanted by the time this one was loaded. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'refused'; readonly reason: InputError };
