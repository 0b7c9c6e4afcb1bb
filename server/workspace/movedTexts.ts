import type { Label } from '../../models/annotations/label';
import { InputError } from '../../models/errors';
import type { TextReader } from './textReader';

/** Code units around a label that must be the same, so that a name that stands everywhere proves nothing. */
const CONTEXT = 20;
/** Shares of the labels that must be found: in a text of the same name, in any other. */
const [SAME_NAME, OTHER_NAME] = [0.5, 0.8];

const baseName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/**
 * Where a text has gone that is no longer in its place: the first text, those of the same name first, in which its
 * labels stand with what was around them.
 * @param labels of the text that is gone
 * @param candidates names of texts that have no labels of their own
 * @returns undefined where none fits
 */
export async function placeOfMoved(
  name: string,
  labels: readonly Label[],
  candidates: readonly string[],
  reader: TextReader,
): Promise<string | undefined> {
  const isNamesake = (other: string): boolean => baseName(other) === baseName(name);
  const standing = labels.filter(({ review }) => review !== 'lost');
  if (standing.length === 0) return candidates.find(isNamesake);
  for (const other of [...candidates.filter(isNamesake), ...candidates.filter((one) => !isNamesake(one))]) {
    const needed = standing.length * (isNamesake(other) ? SAME_NAME : OTHER_NAME);
    const text = await textOf(other, reader);
    if (text !== undefined && countFound(standing, text, needed) >= needed) return other;
  }
  return undefined;
}

async function textOf(name: string, reader: TextReader): Promise<string | undefined> {
  try {
    return await reader.textOf(name);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** @param needed looks no further where so many can't be reached */
function countFound(labels: readonly Label[], text: string, needed: number): number {
  let found = 0;
  for (const [i, { before, quote, after }] of labels.entries()) {
    if (text.includes(before.slice(-CONTEXT) + quote + after.slice(0, CONTEXT))) found++;
    if (found + labels.length - 1 - i < needed) return found;
  }
  return found;
}
