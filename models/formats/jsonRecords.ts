import { linesOf } from '../data/lines';
import { parseJson as parse } from '../data/parseJson';
import { InputError, type Place } from '../errors';
import type { PiecewiseFile } from './format';
import { parseJson } from './jsonText';

/** One record of a JSON Lines file, or one item of the list that a JSON file is. */
export interface JsonRecord {
  readonly place: Place;
  /** As it stands in the file; without line breaks. */
  readonly raw: string;
  readonly value: unknown;
}

/**
 * The records of a file in JSON Lines, or in JSON as one list (or one object over several lines).
 * @throws InputError where the file, or a line of it, is not JSON
 */
export function jsonRecords(text: string, file: string): JsonRecord[] {
  const start = text.trimStart();
  if (isList(start)) return itemsOf(text, file);
  if (isOneObject(start)) {
    const next = /^\}\s*\{/m.exec(text);
    if (next)
      throw new InputError(
        'Here a record ends and another begins, each written over several lines.',
        { file, line: text.slice(0, next.index).split('\n').length },
        'Write each on one line, as jq -c does, or all of them as one list.',
      );
    const value = parseJson(text, { file });
    return [{ place: { file }, raw: JSON.stringify(value), value }];
  }
  return [...lineRecords(text, file)];
}

/** The records of the lines of a text, the first of which is `first`. */
function* lineRecords(text: string, file: string, first = 1): Generator<JsonRecord> {
  for (const { number: line, text: raw } of linesOf(text, first))
    if (raw.trim() !== '') yield { ...{ place: { file, line }, raw }, value: parseJson(raw, { file, line }) };
}

/** The records that `jsonRecords` reads, one after the other where they are lines; else all are held. */
export async function* recordsOf(file: PiecewiseFile): AsyncGenerator<JsonRecord> {
  let held = '';
  let line: number | undefined;
  for await (const piece of file.pieces()) {
    if (line === undefined) {
      held += piece;
      const start = held.trimStart();
      if (start === '' || isList(start) || isOneObject(start)) continue;
      line = 1;
    }
    const text = held === '' ? piece : held;
    held = '';
    yield* lineRecords(text, file.name, line);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
  }
  if (held !== '') yield* jsonRecords(held, file.name);
}

/** True where a file is one list of records, and not JSON Lines whose lines are lists. */
function isList(start: string): boolean {
  if (!start.startsWith('[') || /^\[\s*"/.test(start)) return false;
  const [first, second] = start.split(/\r?\n/, 2);
  return !(/\]\s*$/.test(first) && second?.startsWith('['));
}

/** An object that is written over several lines, as editors and `jq` do. */
function isOneObject(start: string): boolean {
  return /^\{\s*\n/.test(start);
}

/** The items of a list, each with the line that it begins on. */
function itemsOf(text: string, file: string): JsonRecord[] {
  const list = parseJson(text, { file });
  if (!Array.isArray(list)) return [{ place: { file }, raw: text, value: list }];
  return [...itemPlaces(text)].map(({ start, end, line }, k) => {
    const value = (list as unknown[])[k];
    const raw = text.slice(start, end).trim();
    return { place: { file, line }, raw: /[\r\n]/.test(raw) ? JSON.stringify(value) : raw, value };
  });
}

/** Where the items of the outermost list stand in a text that is known to be JSON. */
function* itemPlaces(text: string): Generator<{ start: number; end: number; line: number }> {
  let depth = 0;
  let line = 1;
  let begun: { start: number; line: number } | undefined;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (sign === '\n') line++;
    else if (/\s/.test(sign)) continue;
    else if ((sign === ',' || sign === ']') && depth === 1) {
      if (begun) yield { ...begun, end: i };
      begun = undefined;
      if (sign === ']') return;
    } else {
      if (depth === 1) begun ??= { start: i, line };
      if (sign === '"') for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++;
      if (sign === '[' || sign === '{') depth++;
      else if (sign === ']' || sign === '}') depth--;
    }
  }
}

/** The first records of a file, as far as they are JSON. */
export function firstRecords(text: string, most: number): unknown[] {
  const found: unknown[] = [];
  try {
    const start = text.trimStart();
    if (isList(start))
      for (const { start: from, end } of itemPlaces(start)) {
        found.push(parse(start.slice(from, end)));
        if (found.length === most) break;
      }
    else if (isOneObject(start)) found.push(parse(start));
    else
      for (const line of linesOf(start)) {
        if (line.text.trim() !== '') found.push(parse(line.text));
        if (found.length === most) break;
      }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return found;
}
