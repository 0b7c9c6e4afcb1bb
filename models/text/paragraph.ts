import type { BlockContent } from './block';
import { isWrapped, wrapWidth } from './lineWrap';
import { piecesOf } from './longBlock';

/**
 * Lines of plain text between empty lines. A line break inside joins its lines where the text was wrapped
 * to a width, and parts them where the author ended the line; what is joined is a block, or several where it is very
 * long.
 */
export interface Paragraph {
  /** Where its first line begins, indentation included. */
  readonly lineStart: number;
  readonly start: number;
  readonly end: number;
  /** `offset` counts from the paragraph's `start`. */
  readonly blocks: readonly { readonly offset: number; readonly content: BlockContent }[];
}

/** A line without its indentation and trailing blanks; empty lines have `start === end`. */
export interface Line {
  readonly start: number;
  readonly end: number;
  /** Blanks before `start`, a tab as 4. */
  readonly indent: number;
  readonly lineStart: number;
}

/** The same paragraph, `shift` code units further on. */
export function moved(paragraph: Paragraph, shift: number): Paragraph {
  const { lineStart, start, end, blocks } = paragraph;
  return { lineStart: lineStart + shift, start: start + shift, end: end + shift, blocks };
}

/**
 * The paragraphs that begin at or behind `from`, which must not stand inside one; nothing now and then, while a long
 * one is read.
 */
export function* paragraphsFrom(text: string, from: number): Generator<Paragraph | void, void, void> {
  let lines: Line[] = [];
  for (const line of linesFrom(text, from)) {
    if (line.start < line.end) lines.push(line);
    else if (lines.length > 0) {
      yield yield* paragraphOf(text, lines);
      lines = [];
    }
  }
  if (lines.length > 0) yield yield* paragraphOf(text, lines);
}

/** Lines that are looked at in one step: about a millisecond. */
const LINES_A_STEP = 1000;

function* paragraphOf(text: string, lines: readonly Line[]): Generator<void, Paragraph, void> {
  const { lineStart, start } = lines[0];
  const blocks = [];
  const width = wrapWidth(lines);
  let from = 0;
  for (let i = 0; i < lines.length; i++) {
    if (i % LINES_A_STEP === 0) yield;
    if (i + 1 < lines.length && isWrapped(text, lines[i], lines[i + 1], width)) continue;
    const joined = text.slice(lines[from].start, lines[i].end);
    const offset = lines[from].start - start;
    for (const piece of yield* piecesOf(joined))
      blocks.push({
        offset: offset + piece.start,
        content: { text: joined.slice(piece.start, piece.end) },
      });
    from = i + 1;
  }
  return { lineStart, start, end: lines[lines.length - 1].end, blocks };
}

/** Lines by any line end that editors know: LF, CR LF, CR; form feeds and Unicode separators as well. */
function* linesFrom(text: string, from: number): Generator<Line> {
  let start = from;
  for (let i = from; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 10;
    if (code > 13 && code !== 0x2028 && code !== 0x2029) continue;
    if (code < 10) continue;
    yield trimmed(text, start, i);
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
    start = i + 1;
  }
}

function trimmed(text: string, from: number, to: number): Line {
  let [start, end, indent] = [from, to, 0];
  while (start < end && isBlank(text.charCodeAt(start))) indent += text.charCodeAt(start++) === 9 ? 4 : 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return { start, end, indent, lineStart: from };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0 || code === 0xfeff || code === 0x3000;
}
