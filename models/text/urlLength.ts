import { URL } from './tokenPatterns';

/**
 * The length of the URL at `at`, or 0 where none begins. Punctuation that ends a sentence or closes a
 * bracket opened before it is not part of it: `(see http://a.org/b_(c)).`
 */
export function urlLength(text: string, at: number): number {
  URL.lastIndex = at;
  const url = URL.exec(text)?.[0] ?? '';
  let end = url.length;
  // Cut addresses, as mailing lists show them, end in an ellipsis.
  if (url.endsWith('...')) return end;
  while (end > 0 && (/[.,;:!?'’*…]/u.test(url[end - 1]) || closesMore(url.slice(0, end)))) end--;
  return end;
}

function closesMore(url: string): boolean {
  const last = url[url.length - 1];
  if (last !== ')' && last !== ']') return false;
  const open = last === ')' ? '(' : '[';
  return url.split(last).length > url.split(open).length;
}
