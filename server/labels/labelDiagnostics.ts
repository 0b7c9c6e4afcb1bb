import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding, FindingCode } from '../../models/lint/finding';
import { packageRoot } from '../packageRoot';
import type { Settings } from '../protocol/settings';
import type { OpenText } from './openText';
import { rivalsIn } from './rivals';

/** What is broken, not only doubtful. */
const SERIOUS: ReadonlySet<FindingCode> = new Set<FindingCode>(['lost-anchor', 'overlap']);
/** The most that are shown of a document; more would bury the rest of the panel. */
const MOST_SHOWN = 500;

type Level = Exclude<Settings['diagnostics']['labels'], 'off'>;

const SEVERITIES: Readonly<Record<Level, DiagnosticSeverity>> = {
  hint: DiagnosticSeverity.Hint,
  information: DiagnosticSeverity.Information,
  warning: DiagnosticSeverity.Warning,
};

/** What the labels of a text need a person for, as an editor lists it. */
export function labelDiagnostics(
  text: OpenText,
  findings: readonly Finding[],
  level: Settings['diagnostics']['labels'],
): Diagnostic[] {
  const { document } = text;
  const unread = [text.problem, text.linesProblem].flatMap((problem) =>
    problem === undefined ? [] : [problemDiagnostic(problem, DiagnosticSeverity.Error)],
  );
  if (level === 'off') return unread;
  const conflicts = rivalsIn(text).map(({ mine, theirs }) => ({
    range: document.rangeOf(theirs),
    severity: SEVERITIES[level],
    source: 'glossator',
    code: 'two-versions',
    message: `This label was changed in two ways: ${mine ? describe(mine) : 'removed'}, and ${describe(theirs)}.`,
  }));
  const page = explanations();
  const listed = findings
    .slice(0, MOST_SHOWN)
    .map((finding) => findingDiagnostic(text, finding, level, page));
  return [...unread, ...conflicts, ...listed];
}

/** A finding as an editor lists it. */
export function findingDiagnostic(
  text: OpenText,
  finding: Finding,
  level: Level,
  page = explanations(),
): Diagnostic {
  const { code, message, related = [], start, end } = finding;
  const href = page && `${page}#${code}`;
  // Places in other open texts have offsets of those.
  const here = related.filter((place) => place.document === text.document.uri);
  return {
    range: text.document.rangeOf({ start, end }),
    severity: severityOf(code, level),
    source: 'glossator',
    code,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    message,
    ...(here.length === 0
      ? {}
      : {
          relatedInformation: here.map((place) => ({
            location: { uri: place.document, range: text.document.rangeOf(place) },
            message: place.label,
          })),
        }),
  };
}

function severityOf(code: FindingCode, level: Level): DiagnosticSeverity {
  return level === 'warning' && !SERIOUS.has(code) ? DiagnosticSeverity.Information : SEVERITIES[level];
}

/** Something about a whole text, said at its beginning. */
function problemDiagnostic(message: string, severity: DiagnosticSeverity): Diagnostic {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, severity, source: 'glossator', code: 'annotation-file', message };
}

const describe = ({ label, annotator }: { label: string; annotator: string }): string =>
  `${label} by ${annotator}`;

/** The page that explains the codes, where it came with the program. */
function explanations(): string | undefined {
  const page = path.join(packageRoot(), 'docs', 'checks.md');
  return existsSync(page) ? pathToFileURL(page).href : undefined;
}
