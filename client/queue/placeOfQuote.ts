import type { Window } from '../marks';

/** Where the words of an item stand now: at their place, else the same words nearest to it. */
export function placeOfQuote(
  text: string,
  { start, end, quote }: Window & { readonly quote: string },
): Window | undefined {
  if (text.slice(start, end) === quote) return { start, end };
  const after = text.indexOf(quote, start);
  const before = text.lastIndexOf(quote, start);
  const found = [before, after].filter((place) => place >= 0);
  if (quote === '' || found.length === 0) return undefined;
  const nearest = found.reduce((a, b) => (Math.abs(b - start) < Math.abs(a - start) ? b : a));
  return { start: nearest, end: nearest + quote.length };
}
