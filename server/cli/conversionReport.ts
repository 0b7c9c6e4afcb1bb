import type { AnnotatedText } from '../../models/formats/annotatedText';
import type { Loss, Problem } from '../../models/formats/report';
import { lineStarts, positionOf } from './textPosition';

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
  const texts = new Map(documents.map(({ name, text }) => [name, text]));
  const reasons = [...new Set(problems.map(({ reason }) => reason))];
  const lines = reasons.flatMap((reason) => {
    const own = problems.filter((problem) => problem.reason === reason);
    const listed = own
      .slice(0, MOST_LISTED)
      .map((problem) => problemLine(problem, texts.get(problem.document)));
    const rest = own.length - listed.length;
    const choices = [...new Set(own.flatMap((problem) => problem.choices))];
    return [
      ...listed,
      ...(rest > 0 ? [`… and ${rest} more like these.`] : []),
      `Choose ${OPTIONS[reason]} ${choices.join(' | ')}.`,
    ];
  });
  return [...lines, ...lossLines(losses)];
}

function problemLine({ document, message, label }: Problem, text: string | undefined): string {
  if (!label || text === undefined) return `${document}: ${message}`;
  const { line, column } = positionOf(label.start, lineStarts(text));
  const words = text.slice(label.start, label.end).replace(/\s+/g, ' ');
  const quote = words.length > 40 ? `${words.slice(0, 39)}…` : words;
  return `${document}:${line}:${column}: ${message} "${quote}"`;
}

function lossLines(losses: readonly Loss[]): string[] {
  const sums = new Map<string, number>();
  for (const { what, count } of losses) sums.set(what, (sums.get(what) ?? 0) + count);
  return [...sums].map(([what, count]) => `No place for ${what}: ${count.toLocaleString('en')}.`);
}
