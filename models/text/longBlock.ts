import type { Span } from './span';

/**
 * Blocks longer than this, in code units, are read in pieces: an edit in a book of one paragraph costs what an edit
 * in a page does, and markup that takes a parser quadratic time stays within a page.
 */
export const LONGEST_BLOCK = 4000;
const SHORTEST_PIECE = 2000;

/**
 * Where to cut a block that is longer than `LONGEST_BLOCK`, behind `from`: where a sentence ends for certain, else
 * between lines, else between words, else behind a sign that is no letter; never inside a word. A cut depends only on
 * what `readFor` says, so that an edit moves few of them.
 *
 * @returns undefined where the rest is one piece
 */
export function nextCut(text: string, from: number): number | undefined {
  if (text.length - from <= LONGEST_BLOCK) return undefined;
  const [least, most] = [from + SHORTEST_PIECE, from + LONGEST_BLOCK];
  return cutWithin(text, least, most) ?? cutBehind(text, most);
}

/** Code units before and behind a place that are looked at to say whether it is one to cut at. */
const AROUND = 12;

/** What of the text is read to cut at the end of `piece`, apart from where the text ends. */
export function readFor({ start, end }: Span): Span {
  return { start: start + SHORTEST_PIECE - AROUND, end: Math.max(start + LONGEST_BLOCK, end) + AROUND };
}

/** The best place in [least, most]; of several that are as good the one whose surroundings have the least hash. */
function cutWithin(text: string, least: number, most: number): number | undefined {
  for (const isPlace of [endsSentence, beginsLine, beginsWord, isBehindSign]) {
    let [best, lowest] = [-1, Infinity];
    for (let at = least; at <= most; at++) {
      const before = text.charCodeAt(at - 1);
      if (before > 96 && before < 123) continue; // within a word, or at its end: no place for any of them
      if (!isPlace(text, at)) continue;
      const hash = hashAround(text, at);
      if (hash < lowest) [best, lowest] = [at, hash];
    }
    if (best >= 0) return best;
  }
  return undefined;
}

/** The first place behind `from` where the text may be cut at all. */
function cutBehind(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) if (beginsWord(text, at) || isBehindSign(text, at)) return at;
  return undefined;
}

function beginsWord(text: string, at: number): boolean {
  return isBlank(text.charCodeAt(at - 1)) && !isBlank(text.charCodeAt(at));
}

function beginsLine(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) === 10 && !isBlank(text.charCodeAt(at));
}

/** Four small letters before the mark are no abbreviation; a capital behind it begins a sentence. */
function endsSentence(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  if (!isBlank(before)) return isFullWidthStop(before);
  const last = text.charCodeAt(at - 2);
  if ((last >= 97 && last <= 122) || last === 44) return false; // most words of a text
  return BEGUN.test(text.slice(at, at + 3)) && ENDED.test(text.slice(at - 12, at));
}

const ENDED = /\p{Ll}{4}[.!?…]["”’')\]»]{0,2}\s{1,4}$/u;
const BEGUN = /^["“‘'([«]?\p{Lu}/u;

function isFullWidthStop(code: number): boolean {
  return code === 0x3002 || code === 0xff01 || code === 0xff1f;
}

/** Whether a token ends for certain at `at`: behind a sign, but not inside an emoji or before an accent. */
function isBehindSign(text: string, at: number): boolean {
  const [before, next] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  if (before < 128 && next < 128) return isSign(before);
  return SIGN_BEFORE.test(text.slice(at - 2, at)) && NO_SIGN_GOES_ON.test(text.slice(at, at + 2));
}

function isSign(code: number): boolean {
  return (code > 32 && code < 48) || (code > 57 && code < 65) || (code > 90 && code < 97) || code > 122;
}

const SIGN_BEFORE = /(?:[^\p{L}\p{M}\p{N}\p{RI}\p{Cs}\u200D]|\uFE0F)$/u;
const NO_SIGN_GOES_ON = /^(?!\p{M}|\p{EMod}|\p{RI}|\p{Cs}|\u200D|[\u{E0020}-\u{E007F}])/u;

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000 || code === 0x2028;
}

/** FNV-1a over the code units around a place. */
function hashAround(text: string, at: number): number {
  let hash = 0x811c9dc5;
  for (let i = at - 6; i < at + 4; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
