import stringWidth from 'string-width';
import type { RankedUse, Use } from '../../models/similarity/nearestUses';
import type { PlacedSentence } from '../../models/text/segmenter';
import type { TerminalStyle } from '../terminal/terminalStyle';
import { lineStarts, positionOf } from '../../server/textPosition';

/** What `glossator nearest` found. */
export interface NearestText {
  readonly text: string;
  readonly sentences: readonly PlacedSentence[];
  readonly query: Use;
  /** The nearest ones, and how many there were in all. */
  readonly uses: readonly RankedUse[];
  readonly total: number;
}

/** Lines that show the query and each use with place, cosine and its sentence, the word in brackets. */
export function* nearestReport(found: NearestText, style: TerminalStyle, isJson = false): Generator<string> {
  const starts = lineStarts(found.text);
  const { colors } = style;
  const place = ({ sentence, word }: Use): { line: number; column: number } =>
    positionOf(found.sentences[sentence].tokens[word].start, starts);
  if (isJson) {
    for (const use of found.uses) {
      const { start, end, form } = found.sentences[use.sentence].tokens[use.word];
      const sentence = markedSentence(found, use, (word) => word).join('');
      yield `${JSON.stringify({ ...place(use), start, end, form, cosine: use.cosine, sentence })}\n`;
    }
    return;
  }
  const rows = [found.query, ...found.uses].map((use) => {
    const { line, column } = place(use);
    return {
      use,
      place: `${line}:${column}`,
      cosine: 'cosine' in use ? (use as RankedUse).cosine.toFixed(3) : '',
    };
  });
  const width = Math.max(...rows.map((row) => row.place.length));
  for (const row of rows) {
    const head = `${row.place.padStart(width)}  ${row.cosine.padStart(6)}  `;
    const shown = markedSentence(found, row.use, (word) => colors.bold(`[${word}]`));
    yield `${colors.dim(head)}${clipped(shown, style.width - head.length)}\n`;
  }
  if (found.total === 0) yield 'There is no other use of it in the text.\n';
}

/** Text before the word, the word, text after it; white space as one blank. */
function markedSentence(
  { text, sentences }: NearestText,
  { sentence, word }: Use,
  mark: (word: string) => string,
): [string, string, string] {
  const { start, end, tokens } = sentences[sentence];
  const token = tokens[word];
  const plain = (from: number, to: number): string => text.slice(from, to).replace(/\s+/g, ' ');
  return [plain(start, token.start), mark(plain(token.start, token.end)), plain(token.end, end)];
}

/** Cuts what is far from the word, so that the line fits; the word itself is never cut. */
function clipped([before, word, after]: [string, string, string], width: number): string {
  const room = Math.max(20, width - stringWidth(word));
  const half = room >> 1;
  const [left, right] = [Math.max(half, room - after.length), Math.max(half, room - before.length)];
  const start = before.length > left ? `…${before.slice(before.length - left + 1)}` : before;
  const end = after.length > right ? `${after.slice(0, right - 1)}…` : after;
  return start + word + end;
}
