import { commentValue } from '../data/conllu';
import { conlluColumns } from '../data/conlluColumns';
import { linesOf } from '../data/lines';
import { readConllu } from '../data/readConllu';
import { withLineFeeds } from './columnRows';
import type { PiecewiseFile, ReadOptions, UnnamedDocument } from './format';
import { NEW_DOCUMENT, type ConlluSource, conlluDocument } from './readConlluText';

/** The documents that `readConlluText` reads, with one of them in memory at a time. */
export async function* conlluDocuments(
  file: PiecewiseFile,
  { layers: wanted = [] }: ReadOptions = {},
): AsyncGenerator<UnnamedDocument> {
  let source: ConlluSource | undefined;
  for await (const { text, line } of documentTexts(file.pieces())) {
    // Before the first word, which is in the first document, stands what names the columns.
    source ??= { file: file.name, columns: conlluColumns(text, file.name), wanted };
    const sentences = [...readConllu(text, file.name, source.columns, line)];
    const id = sentences.length > 0 ? commentValue(sentences[0], 'newdoc id') : undefined;
    yield { id, document: conlluDocument('', sentences, text, source) };
  }
}

interface DocumentText {
  readonly text: string;
  /** Of its first line in the file, counted from 1. */
  readonly line: number;
}

/** The part of the file that belongs to each document; at least one. */
async function* documentTexts(pieces: AsyncIterable<string>): AsyncGenerator<DocumentText> {
  let before = ''; // of the document, from pieces that are done
  let [first, line, sentences] = [1, 1, 0];
  for await (const piece of wholeSentences(pieces)) {
    let start = 0;
    const { beginnings, lines } = sentencesIn(piece);
    for (const { at, line: within, isNew } of beginnings) {
      if (isNew && sentences > 0) {
        yield { text: before + piece.slice(start, at), line: first };
        [before, start, first, sentences] = ['', at, line + within - 1, 0];
      }
      sentences++;
    }
    before += piece.slice(start);
    line += lines;
  }
  yield { text: before, line: first };
}

/** Pieces that end with an empty line, so that none ends inside a sentence. */
async function* wholeSentences(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest: string | undefined;
  for await (const given of pieces) {
    // A piece without a line feed is all of its file.
    const piece = rest === undefined ? withLineFeeds(given) : rest + given;
    const end = endOfSentences(piece);
    if (end > 0) yield piece.slice(0, end);
    rest = piece.slice(end);
  }
  if (rest) yield rest;
}

/** The offset behind the last empty line, or 0. */
function endOfSentences(piece: string): number {
  const [lineFeed, both] = [piece.lastIndexOf('\n\n'), piece.lastIndexOf('\n\r\n')];
  return Math.max(lineFeed < 0 ? 0 : lineFeed + 2, both < 0 ? 0 : both + 3);
}

interface SentenceBeginning {
  readonly at: number;
  /** Counted from 1. */
  readonly line: number;
  readonly isNew: boolean;
}

/** Where the sentences of a piece begin; comments alone are none. */
function sentencesIn(piece: string): { beginnings: SentenceBeginning[]; lines: number } {
  const beginnings: SentenceBeginning[] = [];
  let lines = 0;
  let at = 0;
  let open: { at: number; line: number; isNew: boolean; hasWords: boolean } | undefined;
  for (const { number, text } of linesOf(piece)) {
    lines = number;
    if (text.trim() === '') {
      if (open?.hasWords) beginnings.push(open);
      open = undefined;
    } else {
      open ??= { at, line: number, isNew: false, hasWords: false };
      if (!text.startsWith('#')) open.hasWords = true;
      else open.isNew ||= NEW_DOCUMENT.test(text.slice(1).replace(/^[ \t]+/, ''));
    }
    const end = piece.indexOf('\n', at);
    at = end < 0 ? piece.length : end + 1;
  }
  if (open?.hasWords) beginnings.push(open);
  return { beginnings, lines };
}
