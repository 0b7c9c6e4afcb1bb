/** `[Some  Label]` as link references compare it: without brackets and case, blanks folded. */
export function normalizeLabel(bracketed: string): string {
  return bracketed.slice(1, -1).trim().replace(/\s+/gu, ' ').toLowerCase();
}
