import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver';
import { newLabelId } from '../../models/annotations/newLabelId';
import type { SidecarError } from '../labelStore/sidecarText';

/** A problem as the editor shows it now. */
export interface ShownProblem {
  readonly range: Range;
  readonly code?: unknown;
}

/**
 * What a person may choose to do about the lines of an annotation file that cannot be read, as edits of that file.
 * @param content of the file, as it is on disk
 * @param shown what the editor shows where the person is: a line that is elsewhere there is left alone
 */
export function sidecarFixes(
  uri: string,
  content: string,
  problems: readonly SidecarError[],
  shown: readonly ShownProblem[],
): CodeAction[] {
  const lines = content.split('\n');
  return problems.flatMap(({ fault, place, other }) => {
    const line = (place.line ?? 1) - 1;
    if (!shown.some(({ code, range }) => code === fault && range.start.line === line)) return [];
    const fix = (title: string, edit: TextEdit | undefined, isPreferred = false): CodeAction[] =>
      edit === undefined
        ? []
        : [
            {
              ...{ title, kind: CodeActionKind.QuickFix, isPreferred },
              edit: { changes: { [uri]: [edit] } },
            },
          ];
    if (fault === 'line') return fix('Remove this line from the annotations', removal(line));
    if (fault !== 'duplicate' || other === undefined) return [];
    return [
      ...fix('Keep both labels: give this one an id of its own', newId(lines[line] ?? '', line), true),
      ...fix(`Keep only the label on line ${other}`, removal(line)),
      ...fix('Keep only this label', removal(other - 1)),
    ];
  });
}

function removal(line: number): TextEdit {
  return { range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, newText: '' };
}

function newId(text: string, line: number): TextEdit | undefined {
  const found = /"id"\s*:\s*"((?:[^"\\]|\\.)*)"/d.exec(text)?.indices?.[1];
  if (found === undefined) return undefined;
  const [start, end] = found;
  return {
    range: { start: { line, character: start }, end: { line, character: end } },
    newText: newLabelId(),
  };
}
