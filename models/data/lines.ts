/** A line without its line feed (or carriage return and line feed), with its number counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a text one by one; nothing follows a final line feed.
 * @param first number of the first line
 */
export function* linesOf(text: string, first = 1): Generator<Line> {
  for (let number = first, start = 0; start < text.length; number++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    yield { number, text: text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end) };
    start = end + 1;
  }
}

/** Groups of consecutive lines that are not blank: the sentences of column formats. */
export function* blocksOf(text: string, first = 1): Generator<Line[]> {
  let block: Line[] = [];
  for (const line of linesOf(text, first)) {
    if (line.text.trim() !== '') block.push(line);
    else if (block.length) {
      yield block;
      block = [];
    }
  }
  if (block.length) yield block;
}
