/**
 * ELMo's alphabet (bilm-tf, `data.py`): the 256 byte values and five marks, all shifted by one so that
 * 0 can stand for "no word".
 */
const shift = 1;
const beginSentence = 256;
const endSentence = 257;
const beginWord = 258;
const endWord = 259;
const padding = 260;

/** Size of the alphabet, 0 included. */
export const alphabetSize = 262;

/** Stands before the first and after the last word of every sentence. */
export type SentenceMark = 'begin' | 'end';

const encoder = new TextEncoder();

function framed(symbols: ArrayLike<number>): Uint16Array {
  const ids = new Uint16Array(symbols.length + 2);
  ids[0] = beginWord + shift;
  for (let k = 0; k < symbols.length; k++) ids[k + 1] = symbols[k] + shift;
  ids[ids.length - 1] = endWord + shift;
  return ids;
}

/**
 * The character ids of a word: begin mark, the bytes of its UTF-8 form, end mark; without padding.
 * @param maximum ids a word may have, marks included (50 in every published ELMo); more bytes are cut off
 */
export function characterIds(word: string, maximum: number): Uint16Array {
  return framed(encoder.encode(word).subarray(0, maximum - 2));
}

export function sentenceMarkIds(mark: SentenceMark): Uint16Array {
  return framed([mark === 'begin' ? beginSentence : endSentence]);
}

/** The id that fills a word up. */
export const paddingId = padding + shift;
