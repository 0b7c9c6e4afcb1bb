import { parseBioTag } from './bio';
import type { TagSet } from './tagSet';

/** Which tag may begin a sentence, follow another, and end a sentence; K tags, `between[from][to]`. */
export interface AllowedTransitions {
  readonly start: readonly boolean[];
  readonly between: readonly (readonly boolean[])[];
  readonly end: readonly boolean[];
}

/**
 * The transitions that make well-formed sequences: in span layers `I-x` follows only `B-x` or `I-x` and never
 * begins a sentence; everywhere else all is allowed.
 */
export function allowedTransitions(tags: TagSet): AllowedTransitions {
  const bio = tags.tags.map((tag) => (tags.kind === 'span' ? parseBioTag(tag) : null));
  return {
    start: bio.map((to) => to?.mark !== 'I'),
    between: bio.map((from) =>
      bio.map((to) => to?.mark !== 'I' || (from !== null && from.mark !== 'O' && from.label === to.label)),
    ),
    end: bio.map(() => true),
  };
}

/** The same as numbers to add to scores: 0 where allowed, `forbidden` elsewhere. */
export interface TransitionPenalties {
  /** [K] */
  readonly start: Float32Array;
  /** [K, K] in rows: from · K + to */
  readonly between: Float32Array;
  /** [K] */
  readonly end: Float32Array;
}

/** Penalties for Viterbi and the forward algorithm; finite by default, so that sums stay free of NaN. */
export function transitionPenalties(allowed: AllowedTransitions, forbidden = -1e4): TransitionPenalties {
  const penalty = (ok: boolean): number => (ok ? 0 : forbidden);
  return {
    start: Float32Array.from(allowed.start, penalty),
    between: Float32Array.from(allowed.between.flat(), penalty),
    end: Float32Array.from(allowed.end, penalty),
  };
}
