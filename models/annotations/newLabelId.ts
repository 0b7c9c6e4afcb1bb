import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no letter that looks like a digit, none that differs by case alone. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 10;

const spell = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, LENGTH), (byte) => ALPHABET[byte & 31]).join('');

/** A new id of 10 letters (50 random bits): among 100,000 labels two are equal once in 200,000 files. */
export function newLabelId(): string {
  return spell(randomBytes(LENGTH));
}

/** An id that depends on `content` alone, so that two programs give the same thing the same id. */
export function derivedLabelId(content: string): string {
  return spell(createHash('sha256').update(content).digest());
}
