import type * as z from 'zod';
import { parseJson as parse } from '../data/parseJson';
import { InputError, type Place } from '../errors';

/** An object of a JSON file. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for an object that is no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws InputError where a text is not JSON, or nested too deeply */
export function parseJson(text: string, place: Place): unknown {
  try {
    return parse(text);
  } catch (error) {
    const what = place.line === undefined ? 'file' : 'line';
    const at = error instanceof SyntaxError ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    const line = place.line ?? (at === undefined ? undefined : text.slice(0, Number(at)).split('\n').length);
    throw new InputError(
      `The ${what} is not JSON.`,
      line === undefined ? place : { ...place, line },
      'Check for a missing quote, comma or bracket, or a value such as NaN.',
    );
  }
}

/**
 * A value in the shape that a format has.
 * @param remedy says what the shape is
 * @throws InputError that names the first wrong field
 */
export function shaped<T>(value: unknown, schema: z.ZodType<T>, place: Place, remedy: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [{ path }] = result.error.issues;
  const field = path
    .map((key, k) => (typeof key === 'number' ? `[${key}]` : `${k ? '.' : ''}${String(key)}`))
    .join('');
  throw new InputError(
    field ? `The field "${field}" is missing or wrong.` : 'The value is not an object.',
    place,
    remedy,
  );
}

/**
 * Makes sure that a text can be kept in a file: one with the character NUL counts as binary, for us as for editors.
 * @throws InputError where it holds one
 */
export function checkText(text: string, place: Place): void {
  const at = text.indexOf('\0');
  if (at < 0) return;
  throw new InputError(
    `The text holds the character NUL at offset ${at}, and files with one are not text.`,
    place,
    'Take it out of the text, and move the labels behind it.',
  );
}

/**
 * What is wrong with the place of a label, if anything.
 * @param length of the text, in the unit of the offsets
 */
export function spanFault(
  { label, start, end }: { readonly label: string; readonly start: number; readonly end: number },
  length: number,
  place: Place,
): InputError | undefined {
  if (start >= 0 && start < end && end <= length) return undefined;
  if (start === end && start >= 0 && end <= length)
    return new InputError(
      `The label ${label} at ${start} covers no text, and a label here needs some.`,
      place,
      'Label a word beside it.',
    );
  return new InputError(
    start >= end
      ? `The label ${label} ends at ${end}, which is not behind its start at ${start}.`
      : `The label ${label} is at ${start}–${end}, and the text has ${length} characters.`,
    place,
    'Check the offsets, or their unit with --unit.',
  );
}

/** What a record has in fields that a format does not know, in words for a message; empty values are none. */
export function furtherFields(record: JsonObject, known: readonly string[]): string[] {
  const isEmpty = (value: unknown): boolean =>
    value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
  return Object.keys(record)
    .filter((key) => !known.includes(key) && !isEmpty(record[key]))
    .map((key) => `values of the field ${key}`);
}
