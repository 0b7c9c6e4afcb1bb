import type { Problem } from '../../models/formats/lossReport';
import type { LossSum, ProblemKind } from '../../server/convert/reportLines';

/** Problems of one kind that are listed before the rest is only counted. */
export const MOST_LISTED = 20;

/** The option that settles each kind of problem, where its choices are values of one. */
const OPTIONS: Readonly<Record<Problem['reason'], string>> = {
  misaligned: '--misaligned',
  'no-text': '--misaligned',
  'across-sentences': '--misaligned',
  overlap: '--overlaps',
  discontinuous: '--discontinuous',
  'two-layers': '--layer',
};

/** What does not fit, a line each with its place and choices, and what is left out, a line each with its number. */
export function conversionReport(problems: readonly ProblemKind[], losses: readonly LossSum[]): string[] {
  const kinds = problems.flatMap(({ reason, count, choices, lines }) => {
    const listed = lines.slice(0, MOST_LISTED);
    const rest = count - listed.length;
    return [
      ...listed,
      ...(rest > 0 ? [`… and ${rest} more like these.`] : []),
      `Choose ${OPTIONS[reason]} ${choices.join(' | ')}.`,
    ];
  });
  const left = losses.map(({ what, count }) => `No place for ${what}: ${count.toLocaleString('en')}.`);
  return [...kinds, ...left];
}
