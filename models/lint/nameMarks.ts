import type { Token } from '../text/span';

/** Signs that begin or end names by right: `@ada`, `#tag`, `$5`, `50 %`, `§ 5`, an emoji. */
const ALWAYS = /^(?:[@#$€£¥%°&*§¶]|\p{Extended_Pictographic}|\p{Emoji_Modifier})/u;
/** Before amounts: `-5`, `< 5`, `~10`. */
const BEFORE_NUMBER = /^[-−+±~<>≤≥≈]$/u;
/** Code units before a mark in which the quotation that it may close is looked for. */
const REACH = 200;

/**
 * Whether a mark that is a token of its own belongs to the words beside it: signs of amounts (`<5`, `5+`), charges and
 * findings (`Na+`, `CD4+`, `T-`), affixes (`-ing`, `anti-`), paths (`/etc`), the apostrophe of a plural (`boys'`), feet
 * and inches.
 */
export function isPartOfName(tokens: readonly Token[], at: number, text: string): boolean {
  const { form, start, end } = tokens[at];
  if (ALWAYS.test(form)) return true;
  const [before, after] = [text.slice(Math.max(0, start - REACH), start), text.slice(end, end + 40)];
  if (BEFORE_NUMBER.test(form) && /^\s?[.\d]/u.test(after) && !/[\p{L}\p{N}]$/u.test(before)) return true;
  // The hyphen of `Mira-born` is none of Mira's.
  const beginsWord = /(?:^|[\s(])$/u.test(before) && /^[\p{L}\p{N}~/.]/u.test(after);
  const endsWord = /[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after);
  if (form === '-' || form === '−') return beginsWord || endsWord;
  if (form === '/' || form === '~') return beginsWord;
  if (form === '+' || form === '++') return endsWord;
  if (/^['’]$/u.test(form))
    return /(?:\d|[sxzSXZ])$/u.test(before) && !/(?:^|[\s(])['‘][^'’]*$/u.test(before);
  return /^["″′]$/u.test(form) && /\d$/u.test(before) && !/["“][^"”]*$/u.test(before);
}
