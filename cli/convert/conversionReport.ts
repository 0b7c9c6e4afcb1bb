import type { AnnotatedText } from '../../models/formats/annotatedText';
import type { Loss, Problem } from '../../models/formats/lossReport';
import { problemLine, sumLosses } from '../../server/convert/reportLines';

/** Problems of one kind that are listed before the rest is only counted. */
const MOST_LISTED = 20;

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
export function conversionReport(
  documents: readonly AnnotatedText[],
  problems: readonly Problem[],
  losses: readonly Loss[],
): string[] {
  const reasons = [...new Set(problems.map(({ reason }) => reason))];
  const lines = reasons.flatMap((reason) => {
    const own = problems.filter((problem) => problem.reason === reason);
    const listed = own.slice(0, MOST_LISTED).map((problem) => problemLine(problem, documents));
    const rest = own.length - listed.length;
    const choices = [...new Set(own.flatMap((problem) => problem.choices))];
    return [
      ...listed,
      ...(rest > 0 ? [`… and ${rest} more like these.`] : []),
      `Choose ${OPTIONS[reason]} ${choices.join(' | ')}.`,
    ];
  });
  const left = sumLosses(losses).map(
    ({ what, count }) => `No place for ${what}: ${count.toLocaleString('en')}.`,
  );
  return [...lines, ...left];
}
