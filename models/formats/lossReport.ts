import type { TextLabel } from './annotatedText';

/** Why a label does not fit a format. */
export type ProblemReason =
  'misaligned' | 'overlap' | 'discontinuous' | 'across-sentences' | 'no-text' | 'two-layers';

/** What a person may choose for the labels that don't fit. Without a choice the writer lists them and refuses. */
export interface Choices {
  /**
   * Borders inside a token (or inside a character, where a format counts whole ones): `out` moves them outward,
   * `in` inward, `split` splits the token, `skip` leaves the label out.
   */
  readonly misaligned?: 'out' | 'in' | 'split' | 'skip';
  /** Labels that overlap where the format holds one for each token: which of them stays. */
  readonly overlaps?: 'longest' | 'shortest';
  /** Labels of several parts: one label over all, one for each part, or none. */
  readonly discontinuous?: 'cover' | 'split' | 'skip';
  /** Layers to write; all by default. */
  readonly layers?: readonly string[];
}

/** A label that a format cannot hold as it is, with the values of the choice that would settle it. */
export interface Problem {
  readonly document: string;
  readonly reason: ProblemReason;
  /** One sentence. */
  readonly message: string;
  readonly choices: readonly string[];
  readonly label?: TextLabel;
}

/**
 * Something that a format has no place for. `content` is what a person wrote or decided; a `trace` is what comes
 * with it by itself, such as times and spacing.
 */
export interface Loss {
  readonly document: string;
  /** What is left out, in words that follow a number: `notes`. */
  readonly what: string;
  readonly count: number;
  readonly severity: 'content' | 'trace';
}

/** Gathers what one writing cannot hold. */
export class LossReport {
  #problems: Problem[] = [];
  #losses = new Map<string, Loss>();

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  get losses(): readonly Loss[] {
    return [...this.#losses.values()];
  }

  /** What was gathered since the last time. */
  take(): { readonly problems: readonly Problem[]; readonly losses: readonly Loss[] } {
    const { problems, losses } = this;
    this.#problems = [];
    this.#losses = new Map();
    return { problems, losses };
  }

  problem(problem: Problem): void {
    this.#problems.push(problem);
  }

  /** Counts something left out of a document. */
  lose(document: string, what: string, severity: Loss['severity'], count = 1): void {
    if (count === 0) return;
    const key = `${document}\u0000${what}`;
    const before = this.#losses.get(key)?.count ?? 0;
    this.#losses.set(key, { document, what, severity, count: before + count });
  }
}
