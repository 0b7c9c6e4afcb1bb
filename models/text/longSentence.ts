import type { Token } from './span';

/**
 * The longest sentence, in tokens. The longest of the English Web Treebank has 159; a recurrent network takes
 * one step after the other for each, and an editor waits for all of them.
 */
export const LONGEST_SENTENCE = 200;

/**
 * Breaks what is longer than any sentence (a list of words, a text without full stops) into pieces of at most
 * `longest` tokens: behind the last comma, semicolon or colon in the second half of a piece where there is
 * one, else where it is full, never inside a word.
 *
 * @returns pieces in order that together hold every token once, none of them empty
 */
export function breakLong(tokens: readonly Token[], longest = LONGEST_SENTENCE): (readonly Token[])[] {
  const pieces: (readonly Token[])[] = [];
  let from = 0;
  while (tokens.length - from > longest) {
    const end = breakBetween(tokens, from + Math.ceil(longest / 2), from + longest);
    pieces.push(tokens.slice(from, end));
    from = end;
  }
  pieces.push(tokens.slice(from));
  return pieces;
}

/** Where to break in [least, most]: the number of the first token of the next piece. */
function breakBetween(tokens: readonly Token[], least: number, most: number): number {
  for (let end = most; end >= least; end--) {
    if (/^[,;:]$/u.test(tokens[end - 1].form) && !tokens[end].joined) return end;
  }
  for (let end = most; end >= least; end--) if (!tokens[end].joined) return end;
  return most;
}
