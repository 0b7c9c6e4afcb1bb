import type { AnnotatedText } from '../../models/formats/annotatedText';
import type { Loss, Problem } from '../../models/formats/lossReport';
import { lineStarts, positionOf } from '../textPosition';
import { ownText } from './ownText';

/** All labels that do not fit for one reason. */
export interface ProblemKind {
  readonly reason: Problem['reason'];
  readonly count: number;
  /** The values of the choice that would settle them. */
  readonly choices: readonly string[];
  /** A line each with its place; of the first only, where there are many. */
  readonly lines: readonly string[];
}

/** What is left out over all documents, with its number. */
export type LossSum = Omit<Loss, 'document'>;

/** Counts what does not fit, document by document, and keeps the first lines of each kind. */
export class FitTally {
  readonly #problems = new Map<
    Problem['reason'],
    { count: number; choices: Set<string>; places: { document: number; line: string }[] }
  >();
  readonly #losses = new Map<string, LossSum>();

  /** @param mostListed lines that are kept of each kind */
  constructor(readonly mostListed: number) {}

  /** @param number of the document, counted from 0 */
  add(
    number: number,
    document: AnnotatedText,
    { problems, losses }: { readonly problems: readonly Problem[]; readonly losses: readonly Loss[] },
  ): void {
    for (const problem of problems) {
      const { reason } = problem;
      const kind = this.#problems.get(reason) ?? { count: 0, choices: new Set<string>(), places: [] };
      this.#problems.set(reason, kind);
      kind.count++;
      for (const choice of problem.choices) kind.choices.add(choice);
      if (kind.places.length < this.mostListed)
        kind.places.push({ document: number, line: ownText(problemLine(problem, document)) });
    }
    this.lose(losses);
  }

  lose(losses: readonly Loss[]): void {
    for (const { what, count, severity } of losses) {
      const before = this.#losses.get(what) ?? { what: ownText(what), severity, count: 0 };
      this.#losses.set(before.what, { ...before, severity, count: before.count + count });
    }
  }

  /** @param names of the documents */
  problems(names: readonly string[]): ProblemKind[] {
    return [...this.#problems].map(([reason, { count, choices, places }]) => ({
      ...{ reason, count, choices: [...choices] },
      lines: places.map(({ document, line }) => names[document] + line),
    }));
  }

  get losses(): readonly LossSum[] {
    return [...this.#losses.values()];
  }
}

/** Problems of several files, those of one reason together. */
export function joinProblems(kinds: readonly ProblemKind[], mostListed: number): ProblemKind[] {
  return [...new Set(kinds.map(({ reason }) => reason))].map((reason) => {
    const own = kinds.filter((kind) => kind.reason === reason);
    return {
      ...{ reason, count: own.reduce((sum, { count }) => sum + count, 0) },
      choices: [...new Set(own.flatMap(({ choices }) => choices))],
      lines: own.flatMap(({ lines }) => lines).slice(0, mostListed),
    };
  });
}

/** A problem in one line behind the name of its document: its place as editors show it, what it is, and the words. */
function problemLine({ message, label }: Problem, { text }: AnnotatedText): string {
  if (!label) return `: ${message}`;
  const { line, column } = positionOf(label.start, lineStarts(text));
  const words = text.slice(label.start, label.end).replace(/\s+/g, ' ');
  const quote = words.length > 40 ? `${words.slice(0, 39)}…` : words;
  return `:${line}:${column}: ${message} "${quote}"`;
}

/** What is left out over all documents, with its number. */
export function sumLosses(losses: readonly LossSum[]): LossSum[] {
  const sums = new Map<string, LossSum>();
  for (const { what, count, severity } of losses)
    sums.set(what, { what, severity, count: (sums.get(what)?.count ?? 0) + count });
  return [...sums.values()];
}
