import type { Block } from './block';

/**
 * Paragraphs of plain text. Empty lines part them. A single line break inside joins its lines where the
 * text was wrapped to a width, and parts them where the author ended the line: see `isWrapped`.
 */
export function plainBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: Line[] = [];
  for (const line of lines(text)) {
    if (line.start < line.end) paragraph.push(line);
    else paragraph = endParagraph(text, paragraph, blocks);
  }
  endParagraph(text, paragraph, blocks);
  return blocks;
}

/** A line without its indentation and trailing blanks; empty lines have `start === end`. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** Blanks before `start`, a tab as 4. */
  readonly indent: number;
}

function endParagraph(text: string, paragraph: readonly Line[], blocks: Block[]): Line[] {
  if (paragraph.length > 0) {
    const width = Math.max(...paragraph.map((line) => line.indent + line.end - line.start));
    const hard = isHardWrapped(paragraph, width);
    let from = 0;
    for (let i = 0; i < paragraph.length; i++) {
      if (i + 1 < paragraph.length && isWrapped(text, paragraph[i], paragraph[i + 1], width, hard)) continue;
      const start = paragraph[from].start;
      blocks.push({ start, text: text.slice(start, paragraph[i].end) });
      from = i + 1;
    }
  }
  return [];
}

/** No wider lines are taken for wrapped ones, unless all lines of the paragraph are about equally long. */
const WIDEST_WRAP = 100;
/** Narrower paragraphs are lists, addresses, verse: every line stands alone. */
const NARROWEST_WRAP = 40;

function isHardWrapped(paragraph: readonly Line[], width: number): boolean {
  if (width < NARROWEST_WRAP) return false;
  if (width <= WIDEST_WRAP) return true;
  const full = paragraph.slice(0, -1);
  return (
    full.length >= 2 && width <= 2 * WIDEST_WRAP && full.every((line) => line.end - line.start >= 0.8 * width)
  );
}

/**
 * Whether the break between two lines of a paragraph only wraps the text.
 * - A list item, a deeper indentation and a drawn line begin something new.
 * - In a paragraph wrapped to a width, the break wraps if the first word below would not have fitted above;
 *   lines may fall short of the width by a sixth, as ragged wrapping does.
 * - A line that goes on in lower case after no final punctuation is wrapped too, if it is not a short one.
 */
function isWrapped(text: string, above: Line, below: Line, width: number, hard: boolean): boolean {
  const next = text.slice(below.start, Math.min(below.end, below.start + 80));
  if (BULLET.test(next) || RULE.test(next) || RULE.test(text.slice(above.start, above.end))) return false;
  if (below.indent > above.indent + 1 && !BULLET.test(text.slice(above.start, above.start + 8))) return false;
  const length = above.indent + above.end - above.start;
  const word = /^\S*/u.exec(next)?.[0].length ?? 0;
  if (hard && length + 1 + word > width - width / 6) return true;
  const open = !/[.!?:;…]["'”’)\]]*$/u.test(text.slice(Math.max(above.start, above.end - 8), above.end));
  return open && /^\p{Ll}/u.test(next) && length >= NARROWEST_WRAP;
}

const BULLET = /^(?:[-*+•‣◦·–—>]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)])\s/u;
const RULE = /^[-=*_~#+\s]{3,}$/u;

/** Lines by any line end that editors know: LF, CR LF, CR; form feeds and Unicode separators as well. */
function lines(text: string): Line[] {
  const found: Line[] = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 10;
    if (code !== 10 && code !== 13 && code !== 12 && code !== 11 && code !== 0x2028 && code !== 0x2029)
      continue;
    found.push(trimmed(text, start, i));
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
    start = i + 1;
  }
  return found;
}

function trimmed(text: string, from: number, to: number): Line {
  let [start, end, indent] = [from, to, 0];
  while (start < end && isBlank(text.charCodeAt(start))) indent += text.charCodeAt(start++) === 9 ? 4 : 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return { start, end, indent };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0 || code === 0xfeff || code === 0x3000;
}
