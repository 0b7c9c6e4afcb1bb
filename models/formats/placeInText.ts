import type { Span } from '../text/span';

/**
 * Where words stand in a text that says them one behind the other, with whatever white space between and inside them;
 * undefined where it says something else.
 */
export function placeInText(text: string, forms: readonly string[]): Span[] | undefined {
  let at = 0;
  const spans: Span[] = [];
  for (const form of forms) {
    let end = endOf(text, at, form);
    while (end === undefined && /^\s/.test(text.slice(at, at + 1))) end = endOf(text, ++at, form);
    if (end === undefined) return undefined;
    spans.push({ start: at, end });
    at = end;
  }
  return text.slice(at).trim() === '' ? spans : undefined;
}

/** Where a word ends that begins at a place; blanks in it may be other white space in the text. */
function endOf(text: string, start: number, form: string): number | undefined {
  if (text.startsWith(form, start)) return start + form.length;
  if (!/\s/.test(form) || form.trim() === '') return undefined;
  let at = start;
  for (const part of form.split(/(\s+)/)) {
    if (part === '') continue;
    if (part.trim() === '') {
      const gap = /^\s+/.exec(text.slice(at))?.[0];
      if (gap === undefined) return undefined;
      at += gap.length;
    } else if (text.startsWith(part, at)) at += part.length;
    else return undefined;
  }
  return at;
}
