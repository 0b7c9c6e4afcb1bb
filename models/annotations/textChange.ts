import { splitsCharacter } from './quoteLabel';

/** One replacement in a text: [start, end) became `newText`. Offsets count UTF-16 code units before it. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The text after a change. */
export function applyChange(text: string, { start, end, newText }: TextChange): string {
  return text.slice(0, start) + newText + text.slice(end);
}

/**
 * A replacement without what its old and new text share at both ends: editors and formatters often replace a word
 * or a whole file to change one letter. Insertions and deletions stay as they are; no character is cut in two.
 */
export function trimChange(text: string, change: TextChange): TextChange {
  const { newText } = change;
  let { start, end } = change;
  if (start === end || newText === '') return change;
  const limit = Math.min(end - start, newText.length);
  let head = 0;
  while (head < limit && text.charCodeAt(start + head) === newText.charCodeAt(head)) head++;
  if (head > 0 && (splitsCharacter(text, start + head) || splitsCharacter(newText, head))) head--;
  let tail = 0;
  while (
    tail < limit - head &&
    text.charCodeAt(end - tail - 1) === newText.charCodeAt(newText.length - tail - 1)
  )
    tail++;
  if (tail > 0 && (splitsCharacter(text, end - tail) || splitsCharacter(newText, newText.length - tail)))
    tail--;
  start += head;
  end -= tail;
  return { start, end, newText: newText.slice(head, newText.length - tail) };
}

/** A change with the text that it removed. */
export interface AppliedChange extends TextChange {
  readonly removed: string;
}
