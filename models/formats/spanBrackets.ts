import type { LabelledSpan } from '../tags/bio';

/** True for what stands in a column of spans in brackets: `*`, `(PERSON*`, `*)`, `(GPE)`, and `-` for nothing. */
export function isBracketed(cell: string): boolean {
  return /^(-|(\([^()*\s]+)*\*?\)*)$/.test(cell) && cell !== '';
}

/**
 * The spans of a column in the notation of CoNLL-2012: `(PERSON*` begins one, `*)` ends the innermost, `(GPE)` is one
 * of its own.
 * @returns the index of the first cell that is no such notation, or closes or leaves open what it should not
 */
export function decodeBrackets(cells: readonly string[]): LabelledSpan[] | number {
  const spans: LabelledSpan[] = [];
  const open: { readonly start: number; readonly label: string }[] = [];
  for (const [i, cell] of cells.entries()) {
    if (!isBracketed(cell)) return i;
    for (const [, label] of cell.matchAll(/\(([^()*\s]+)/g)) open.push({ start: i, label });
    for (const _ of cell.matchAll(/\)/g)) {
      const innermost = open.pop();
      if (!innermost) return i;
      spans.push({ ...innermost, end: i + 1 });
    }
  }
  if (open.length) return open[0].start;
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The inverse of `decodeBrackets`, for spans in order that don't overlap. */
export function encodeBrackets(spans: readonly LabelledSpan[], length: number): string[] {
  const cells = new Array<string>(length).fill('*');
  for (const { start, end, label } of spans) {
    cells[start] = `(${label}${end - start === 1 ? '' : '*'}`;
    cells[end - 1] = end - start === 1 ? `${cells[start]})` : '*)';
  }
  return cells;
}
