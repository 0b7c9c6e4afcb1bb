import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-types';
import type { TextChange } from '../../models/annotations/textChange';

type RangedChange = Extract<TextDocumentContentChangeEvent, { range: unknown }>;

/**
 * The changes of one edit, each placed in the text that the one before it left. The text is built once for all that
 * follow each other towards its beginning, or towards its end, as those of an editor do.
 */
export class SequentialChanges {
  readonly #version: number;
  #text: TextDocument;
  /** Not yet in the text, in its offsets and in the order of the edit. */
  #waiting: TextChange[] = [];
  #direction: 'none' | 'up' | 'down' = 'none';
  /** Where the last change begins, and where it ends in the text and after all that wait. */
  #lastStart: Position = { line: 0, character: 0 };
  #oldEnd: Position = { line: 0, character: 0 };
  #newEnd: Position = { line: 0, character: 0 };
  #growth = 0;

  constructor(text: TextDocument, version: number) {
    this.#text = text;
    this.#version = version;
  }

  /** Takes one change; gives it by offset, in the text that the one before it left. */
  take(change: TextDocumentContentChangeEvent): TextChange {
    if (!('range' in change)) {
      this.#flush();
      const whole = { start: 0, end: this.#text.getText().length, newText: change.text };
      this.#waiting = [whole];
      this.#flush();
      return whole;
    }
    const { start, end } = inOrder(change);
    const isUp = this.#direction !== 'down' && compare(end, this.#lastStart) <= 0;
    const isDown = this.#direction !== 'up' && compare(start, this.#newEnd) >= 0;
    if (!isUp && !isDown) this.#flush();
    const isBehind = this.#waiting.length > 0 && !isUp;
    if (this.#waiting.length > 0) this.#direction = isUp ? 'up' : 'down';
    const at = (place: Position): number => this.#text.offsetAt(isBehind ? this.#before(place) : place);
    const placed = { start: at(start), end: at(end), newText: change.text };
    const by = isBehind ? this.#growth : 0;
    this.#wait(placed, isBehind);
    return { start: placed.start + by, end: placed.end + by, newText: change.text };
  }

  /** The text after all changes. */
  finish(): TextDocument {
    this.#flush();
    if (this.#text.version !== this.#version) TextDocument.update(this.#text, [], this.#version);
    return this.#text;
  }

  /** A position behind all that waits, as it is in the text without that. */
  #before({ line, character }: Position): Position {
    const isSameLine = line === this.#newEnd.line;
    return {
      line: line - this.#newEnd.line + this.#oldEnd.line,
      character: isSameLine ? character - this.#newEnd.character + this.#oldEnd.character : character,
    };
  }

  /** The inverse of `#before`. */
  #after({ line, character }: Position): Position {
    const isSameLine = line === this.#oldEnd.line;
    return {
      line: line - this.#oldEnd.line + this.#newEnd.line,
      character: isSameLine ? character - this.#oldEnd.character + this.#newEnd.character : character,
    };
  }

  #wait(change: TextChange, isBehind: boolean): void {
    this.#waiting.push(change);
    this.#growth += change.newText.length - (change.end - change.start);
    if (this.#joinsLineBreaks(change)) return this.#flush();
    const place = this.#text.positionAt(change.start);
    const start = isBehind ? this.#after(place) : place;
    const lines = change.newText.split(/\r\n|\r|\n/);
    const tail = lines[lines.length - 1].length;
    this.#lastStart = start;
    this.#oldEnd = this.#text.positionAt(change.end);
    this.#newEnd = {
      line: start.line + lines.length - 1,
      character: lines.length === 1 ? start.character + tail : tail,
    };
  }

  /** True where a CR could meet an LF, or part from one: lines are then counted anew. */
  #joinsLineBreaks({ start, end, newText }: TextChange): boolean {
    const text = this.#text.getText();
    return newText.endsWith('\r') || text[start - 1] === '\r' || text[end - 1] === '\r';
  }

  #flush(): void {
    const { uri, languageId } = this.#text;
    const waiting = this.#direction === 'up' ? this.#waiting.reverse() : this.#waiting;
    if (waiting.length === 1) {
      // Keeps what is known of the lines around it.
      const [{ start, end, newText }] = waiting;
      const range = { start: this.#text.positionAt(start), end: this.#text.positionAt(end) };
      this.#text = TextDocument.update(this.#text, [{ range, text: newText }], this.#version);
    } else if (waiting.length > 1) {
      const text = this.#text.getText();
      const parts: string[] = [];
      let at = 0;
      for (const { start, end, newText } of waiting) {
        parts.push(text.slice(at, start), newText);
        at = end;
      }
      parts.push(text.slice(at));
      this.#text = TextDocument.create(uri, languageId, this.#version, parts.join(''));
    }
    this.#waiting = [];
    this.#direction = 'none';
    this.#growth = 0;
  }
}

function inOrder({ range: { start, end } }: RangedChange): { start: Position; end: Position } {
  return compare(start, end) <= 0 ? { start, end } : { start: end, end: start };
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
