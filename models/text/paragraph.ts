import type { BlockContent } from './block';
import type { BlockCuts } from './blockCuts';
import { isWrapped, wrapWidth } from './lineWrap';

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
 * @param cuts of the versions of the text before
 */
export function* paragraphsFrom(
  text: string,
  from: number,
  cuts: BlockCuts,
): Generator<Paragraph | void, void, void> {
  let lines: Line[] = [];
  for (const line of linesFrom(text, from)) {
    if (line.start < line.end) lines.push(line);
    else if (lines.length > 0) {
      yield yield* paragraphOf(text, lines, cuts);
      lines = [];
    }
  }
  if (lines.length > 0) yield yield* paragraphOf(text, lines, cuts);
}

/** Lines that are looked at in one step: about a millisecond. */
const LINES_A_STEP = 1000;

function* paragraphOf(
  text: string,
  lines: readonly Line[],
  cuts: BlockCuts,
): Generator<void, Paragraph, void> {
  const { lineStart, start } = lines[0];
  const blocks = [];
  const width = wrapWidth(lines);
  let from = 0;
  for (let i = 0; i < lines.length; i++) {
    if (i % LINES_A_STEP === 0) yield;
    if (i + 1 < lines.length && isWrapped(text, lines[i], lines[i + 1], width)) continue;
    const offset = lines[from].start - start;
    for (const piece of yield* cuts.piecesOf(text.slice(lines[from].start, lines[i].end)))
      blocks.push({ offset: offset + piece.start, content: piece.content });
    from = i + 1;
  }
  return { lineStart, start, end: lines[lines.length - 1].end, blocks };
}

/** Lines by LF (`LineEnds` brings CR LF and CR to it), vertical tab, form feed, NEL, and the Unicode separators. */
function* linesFrom(text: string, from: number): Generator<Line> {
  const lineEnd = /[\n-\r\u0085\u2028\u2029]/g;
  lineEnd.lastIndex = from;
  let start = from;
  for (let end = lineEnd.exec(text); end !== null; end = lineEnd.exec(text)) {
    yield trimmed(text, start, end.index);
    start = lineEnd.lastIndex;
  }
  yield trimmed(text, start, text.length);
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
