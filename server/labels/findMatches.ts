import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Label } from '../../models/annotations/label';
import type { Span } from '../../models/text/span';
import type { Match } from '../protocol/labels';
import type { TextVersion } from '../protocol/versions';

/** Code units of a line that a preview shows before and after the words. */
const [BEFORE, AFTER] = [40, 80];
/** Scripts that set no space between words: a match may begin and end anywhere in them. */
const UNSPACED =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]$/u;
const IN_WORD = '[\\p{L}\\p{M}\\p{N}_]';

/** Finds `words` as they stand, as whole words, with any white space between them; undefined for no words. */
export function matchPattern(words: string): RegExp | undefined {
  const parts = words.trim().split(/\s+/);
  const letters = [...parts.join('')];
  if (letters.length === 0) return undefined;
  const pattern = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+');
  const isWord = (letter: string): boolean =>
    new RegExp(`^${IN_WORD}$`, 'u').test(letter) && !UNSPACED.test(letter);
  const before = isWord(letters[0]) ? `(?<!${IN_WORD})` : '';
  const after = isWord(letters[letters.length - 1]) ? `(?!${IN_WORD})` : '';
  return new RegExp(before + pattern + after, 'gu');
}

/** Where a text has what `pattern` finds, at most `most` places. */
export function matchesIn(text: string, pattern: RegExp, most: number): Span[] {
  const spans: Span[] = [];
  for (const { index, 0: words } of text.matchAll(pattern)) {
    if (spans.length >= most) break;
    spans.push({ start: index, end: index + words.length });
  }
  return spans;
}

/** Places with their lines, and the label that stands on each in `layer`. */
export function describeMatches(
  { uri, text }: { readonly uri: string; readonly text: string },
  version: TextVersion,
  spans: readonly Span[],
  labels: readonly Label[],
  layer: string,
): Match[] {
  const document = TextDocument.create(uri, '', 0, text);
  const standing = labels.filter((one) => one.layer === layer && one.state === 'confirmed');
  return spans.map(({ start, end }) => {
    const { line, character } = document.positionAt(start);
    const there = standing.find((one) => one.start < end && one.end > start);
    const from = start - character;
    const lineEnd = document.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
    const preview = shortened(text.slice(from, lineEnd), character, end - from);
    return {
      uri,
      version,
      start,
      end,
      line,
      preview,
      ...(there === undefined ? {} : { label: there.label }),
    };
  });
}

function shortened(line: string, start: number, end: number): string {
  const [from, to] = [Math.max(0, start - BEFORE), Math.min(line.length, end + AFTER)];
  const text = line.slice(from, to).trim();
  return `${from > 0 ? '…' : ''}${text}${to < line.length ? '…' : ''}`;
}
