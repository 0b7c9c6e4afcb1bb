import { endsBehindAbbreviation } from './abbreviationEnds';
import { type BoundaryClassifier, pretrainedBoundaries } from './boundaryClassifier';
import { BoundaryFeatures } from './boundaryFeatures';
import type { Token } from './span';

/**
 * Splits the tokens of one paragraph into sentences, from left to right. Rules say where no sentence can
 * end; elsewhere a linear classifier decides, because running text of the web often goes without final
 * punctuation and capitals.
 *
 * @param tokens all tokens of the paragraph, in order
 * @returns the sentences in order; together they hold every token once, and none is empty. The period of
 *   an abbreviation that ends a sentence becomes a token of its own, as in the English Web Treebank.
 */
export function splitSentences(
  tokens: readonly Token[],
  classifier: BoundaryClassifier = pretrainedBoundaries,
): Token[][] {
  const features = new BoundaryFeatures(tokens);
  const sentences: Token[][] = [];
  let from = 0;
  for (let i = 0; i < tokens.length; i++) {
    const isLast = i + 1 === tokens.length;
    if (!isLast && ((i === from && BULLET.test(tokens[i].form)) || isFace(tokens[i + 1].form))) continue;
    const ends =
      isLast ||
      endsBehindAbbreviation(tokens, i, from) ||
      endsForCertain(tokens, i, from) ||
      (canEnd(tokens, i) && classifier.score(features, i, from) > margin(tokens[i]));
    if (!ends) continue;
    sentences.push(withFinalPeriod(tokens.slice(from, i + 1)));
    from = i + 1;
  }
  return sentences;
}

/**
 * Whether a sentence can end behind token `index`: not inside a word, a URL or a number, not after a title
 * such as `Mr.`, not between an initial and a name, not before a mark that closes; where no blank follows, only after a final mark and before
 * a capital (`country.They`).
 */
export function canEnd(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (next === undefined || next.joined === true) return false;
  if (token.end === next.start) return FINAL.test(token.form) && CAPITAL.test(next.form);
  if (CLOSING.test(next.form) || TITLE.test(token.form)) return false;
  if (token.form === '!' && EXCLAIMED.test(tokens.at(index - 1)?.form ?? '') && !STARTER.test(next.form))
    return false;
  return !INITIAL.test(token.form) || STARTER.test(next.form);
}

/**
 * Whether a sentence ends behind token `index` by marks that the classifier has hardly seen: a stop of a script without
 * blanks, a quotation before another one (`“Go.” “Why?”`), what is turned upside down behind, three dots before a word
 * that begins sentences.
 */
function endsForCertain(tokens: readonly Token[], index: number, from: number): boolean {
  const [{ form, start, end }, next] = [tokens[index], tokens[index + 1]];
  if (CLOSING.test(next.form) || /^[」』）]/u.test(next.form)) return false;
  if (/^[。！？｡।॥؟۔]+$/u.test(form)) return index > from;
  if (next.start === end) return false;
  const before = index > from ? tokens[index - 1] : undefined;
  if (/^[”"»’]$/u.test(form))
    return before?.end === start && STOP.test(before.form) && /^[“"«„‘]$/u.test(next.form);
  if (/^[¿¡]$/u.test(next.form)) return STOP.test(form);
  return index > from && /^(?:\.{3}|…)$/u.test(form) && AFTER_DOTS.test(next.form);
}

/** More certainty is asked after a colon or comma: the treebank's mail has many headers, other prose has not. */
function margin(last: Token): number {
  return /^[:;,]$/u.test(last.form) ? 1 : 0;
}

/** An emoticon or emoji behind a final mark belongs to the sentence before. */
function isFace(form: string): boolean {
  return /^\p{Extended_Pictographic}|^[:;=][-o^']?[()[\]DPp/|*]+$/u.test(form) && !/^[\d#*]/u.test(form);
}

/** The treebank writes the period of an abbreviation that also ends the sentence as a token of its own. */
function withFinalPeriod(tokens: Token[]): Token[] {
  let last = tokens.length - 1;
  while (last > 0 && QUOTE_OR_BRACKET.test(tokens[last].form)) last--;
  const token = tokens[last];
  if (!/[\p{L}\p{N}]\.$/u.test(token.form)) return tokens;
  const word = { ...token, end: token.end - 1, form: token.form.slice(0, -1) };
  const period = { start: token.end - 1, end: token.end, form: '.' };
  return [...tokens.slice(0, last), word, period, ...tokens.slice(last + 1)];
}

const FINAL = /^(?:\.?[.!?…]+\.?|[)\]”’"'»]|'')$/u;
const STOP = /^(?:[.!?]+|…)$/u;
const AFTER_DOTS =
  /^(?:The|This|That|These|Those|He|She|It|We|They|You|There|Then|But|However|His|Her|Its|Our|My|Their)$/u;
/** Names that are written with an exclamation mark. */
const EXCLAIMED = /^(?:Yahoo|Jeopardy|Joomla|Yum|Kahoot|E)$/u;
const CAPITAL = /^\p{Lu}/u;
const CLOSING = /^(?:[,;:%)\]}”’»…]|\.{1,3}|[!?]+|'s)$/u;
const TITLE =
  /^(?:Mr|Mrs|Ms|Mx|Dr|Drs|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Cpt|Sgt|Maj|Rev|Hon|Messrs|Mme|St|vs|e\.g|i\.e)\.$/iu;
const INITIAL = /^\p{Lu}\.$/u;
/** Capitalized words that begin sentences and are no names. */
const STARTER =
  /^(?:["“‘(]|\P{L}*\p{Ll}.*|The|This|That|These|Those|He|She|It|In|On|At|I|We|They|You|But|And|A|An|His|Her|Its|Our|My|As|After|When|If|For|There|Then|What|So|No|Yes|However|With|From|By|To|Please|Thanks)$/u;
const BULLET = /^[-–—•*·‣◦]$/u;
const QUOTE_OR_BRACKET = /^(?:["”’')\]}»]|''|’’)$/u;
