import * as z from 'zod';
import { InputError, type Place } from '../errors';
import type { Label } from './label';

const offset = z.int().nonnegative();
const name = z.string().min(1);

/** One line of an annotation file. The order of the keys is the order in which they are written. */
export const labelSchema = z
  .strictObject({
    id: name.describe('Stable and unique in the file.'),
    layer: name.describe('The layer it belongs to, such as "ner".'),
    label: name.describe('The label itself, such as "PER".'),
    start: offset.describe('Where it begins, in UTF-16 code units of the text.'),
    end: offset.describe('Where it ends, exclusive; equal to start only where it is lost.'),
    quote: name.describe('The labelled text.'),
    before: z.string().describe('Up to 32 code units of text before it.'),
    after: z.string().describe('Up to 32 code units of text after it.'),
    state: z.enum(['confirmed', 'rejected']),
    annotator: z.string().describe('Who decided.'),
    time: z.iso.datetime().describe('When, in UTC.'),
    note: z.string().optional(),
    confidence: z.number().min(0).max(1).optional().describe('Probability of the suggestion decided on.'),
    review: z.enum(['changed', 'lost']).optional().describe('Why a person must look at it again.'),
    rivalOf: name.optional().describe('The id of the label that it contradicts.'),
  })
  .refine(({ start, end, review }) => end > start || (end === start && review === 'lost'), {
    path: ['end'],
    message: 'must be greater than start',
  });

const KEYS = Object.keys(labelSchema.shape) as (keyof Label)[];

/** A label as one line of JSON without its line feed, always the same for equal labels. */
export function formatLabelLine(label: Label): string {
  return JSON.stringify(label, KEYS);
}

/**
 * Reads what `formatLabelLine` wrote, whatever the order of its keys.
 * @param place named in errors
 * @throws InputError where the line is no JSON, or not a label
 */
export function parseLabelLine(line: string, place: Place = {}): Label {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new InputError('The line is not JSON.', place, 'Correct the line or restore it from git.');
  }
  const parsed = labelSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue.path.length ? `: "${issue.path.join('.')}" is wrong` : '';
  throw new InputError(
    `The line is not a label${where} (${issue.message}).`,
    place,
    'Correct the line or restore it from git.',
  );
}
