import type { Token } from './span';

/**
 * Splits the tokens of one paragraph into sentences.
 * @param tokens all tokens of the paragraph, in order
 * @param text what their offsets count in
 * @returns the sentences in order; together they hold every token once, and none is empty
 */
export function splitSentences(tokens: readonly Token[], text: string): Token[][] {
  const sentences: Token[][] = [];
  let from = 0;
  for (let i = 0; i < tokens.length; i++) {
    if (i + 1 === tokens.length || isBoundary(tokens, i, text)) {
      sentences.push(withFinalPeriod(tokens.slice(from, i + 1)));
      from = i + 1;
    }
  }
  return sentences;
}

function isBoundary(tokens: readonly Token[], index: number, text: string): boolean {
  const [token, next] = [tokens[index], tokens[index + 1]];
  if (token.end === next.start || next.joined === true) return false;
  let end = index;
  while (end > 0 && CLOSER.test(tokens[end].form) && tokens[end - 1].end === tokens[end].start) end--;
  const last = tokens[end].form;
  if (/^[.!?…]+$/u.test(last)) return !/^\p{Ll}/u.test(next.form);
  return (
    last.length > 2 &&
    last.endsWith('.') &&
    !isTitle(last) &&
    /^(?:\p{Lu}|["“])/u.test(text.slice(next.start))
  );
}

function isTitle(form: string): boolean {
  return /^(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Rev|vs|\p{Lu})\.$/u.test(form);
}

/** The treebank writes the period of an abbreviation that also ends the sentence as a token of its own. */
function withFinalPeriod(tokens: Token[]): Token[] {
  let last = tokens.length - 1;
  while (last > 0 && CLOSER.test(tokens[last].form)) last--;
  const token = tokens[last];
  if (!/[\p{L}\p{N}]\.$/u.test(token.form)) return tokens;
  const word = { ...token, end: token.end - 1, form: token.form.slice(0, -1) };
  const period = { start: token.end - 1, end: token.end, form: '.' };
  return [...tokens.slice(0, last), word, period, ...tokens.slice(last + 1)];
}

const CLOSER = /^(?:["”’)\]}»]|''|’’)$/u;
