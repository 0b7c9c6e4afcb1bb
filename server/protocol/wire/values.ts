import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** The longest name of a layer or label, in code units; the longest note; a title is cut. */
const [MOST_NAME, MOST_NOTE, MOST_TITLE] = [200, 10_000, 500];
/** The longest text that is looked for. */
const MOST_WORDS = 100_000;

const COUNT = 'must be a whole number, 0 or greater';
/** An offset, a line or a character of a line. */
export const count = z.int(COUNT).nonnegative(COUNT);

/** Versions may be any whole number. */
export const version = z.int('must be a whole number');

const SHARE = 'must be a number from 0 to 1';
export const share = z.number(SHARE).min(0, SHARE).max(1, SHARE);

export const text = z.string('must be a string');
export const flag = z.boolean('must be true or false');

const NAME = `must be a name of 1 to ${MOST_NAME} characters without control characters`;
/** The name of a layer or label to give. */
export const name = z
  .string(NAME)
  .max(MOST_NAME, NAME)
  .regex(/^(?=.*\S)[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+$/u, NAME);

const KNOWN = 'must be a name';
/** A name that is there already, perhaps brought in from elsewhere: what is wrong with it can be mended by it. */
export const knownName = z.string(KNOWN).min(1, KNOWN).max(MOST_WORDS, KNOWN);

export const note = z.string('must be a string').max(MOST_NOTE, `must be at most ${MOST_NOTE} characters`);

/** What was done, for people to read: it may quote much text, which is cut. */
export const title = text.transform((all) =>
  all.length > MOST_TITLE ? `${all.slice(0, MOST_TITLE - 1)}…` : all,
);

export const words = text.max(MOST_WORDS, `must be at most ${MOST_WORDS} characters`);

const URI = 'must be a URI such as file:///texts/a.txt';
/** The URI of a document; one of a file has to name a path of this machine. */
export const uri = z.string(URI).refine(isUri, URI);

const FILE = 'must be the URI of a file, such as file:///texts/a.txt';
export const fileUri = z.string(FILE).refine((value) => /^file:/i.test(value) && isUri(value), FILE);

function isUri(value: string): boolean {
  try {
    const { protocol } = new URL(value);
    if (protocol.length < 3) return false; // C:\texts
    return protocol !== 'file:' || !fileURLToPath(value).includes('\0');
  } catch {
    return false;
  }
}

export const position = z.object({ line: count, character: count });
export const range = z.object({ start: position, end: position });
/** A document of LSP. */
export const document = z.object({ uri });

const ORDER = 'must not be less than start';
/** A piece of text that may be empty. */
export const isOrdered = ({ start, end }: { start: number; end: number }): boolean => start <= end;
export const ordered = { path: ['end'], message: ORDER };
/** A piece of text that holds something. */
export const isFilled = ({ start, end }: { start?: number; end?: number }): boolean =>
  start === undefined || end === undefined || start < end;
export const filled = { path: ['end'], message: 'must be greater than start' };

/** One of a few words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`);

/** One of the numbers of an enumeration of LSP. */
export const oneOfNumbers = <const T extends readonly [number, ...number[]]>(...values: T) =>
  z.literal(values, `must be one of ${values.join(', ')}`);

export const listOf = <T extends z.ZodType>(item: T) => z.array(item, 'must be a list');

/**
 * A list of perhaps thousands. It is handed on as it came where all its items fit; a schema makes a copy of each.
 * @param fits true only for what the schema takes; where it is false, the schema says what is wrong
 */
export const longListOf = <T extends z.ZodType>(item: T, fits: (value: unknown) => boolean) =>
  z.unknown().transform((value, context): z.output<T>[] => {
    if (Array.isArray(value) && value.every(fits)) return value as z.output<T>[];
    const parsed = listOf(item).safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues)
      context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    return z.NEVER;
  });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isPosition = (value: unknown): boolean =>
  isRecord(value) && isCount(value['line']) && isCount(value['character']);

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

/** One replacement in a text, or a whole one: editors send tens of thousands in one message. */
export const changes = longListOf(z.object({ range: range.optional(), text }), (value) => {
  if (!isRecord(value) || typeof value['text'] !== 'string') return false;
  const { range: place } = value;
  return place === undefined || (isRecord(place) && isPosition(place['start']) && isPosition(place['end']));
});
