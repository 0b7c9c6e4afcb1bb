/** How far the end of an argument is looked for, in code units, where it cannot hold paragraphs. */
const REACH = 2000;

/**
 * Where the group that opens at `at` ends, behind its closing brace; undefined where that is out of reach.
 * @param isLong true where it may be as long as the text
 */
export function groupEnd(text: string, at: number, isLong: boolean): number | undefined {
  return endOf(text, at, /\\[\s\S]|%.*|[{}]/g, '{', '}', isLong ? text.length : at + REACH);
}

/** The same for an address, in which `%` is a sign as any other. */
export function addressEnd(text: string, at: number): number | undefined {
  return endOf(text, at, /\\[\s\S]|[{}]/g, '{', '}', at + REACH);
}

/** The same for an option, `[…]`. */
export function optionEnd(text: string, at: number): number | undefined {
  return endOf(text, at, /\\[\s\S]|%.*|\{[^{}]*\}|[[\]]/g, '[', ']', at + REACH);
}

function endOf(
  text: string,
  at: number,
  signs: RegExp,
  open: string,
  close: string,
  most: number,
): number | undefined {
  signs.lastIndex = at;
  let depth = 0;
  for (let found = signs.exec(text); found !== null && found.index < most; found = signs.exec(text)) {
    if (found[0] === open) depth++;
    else if (found[0] === close && --depth === 0) return signs.lastIndex;
  }
  return undefined;
}
