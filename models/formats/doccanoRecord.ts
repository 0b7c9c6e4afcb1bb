import * as z from 'zod';
import { InputError, type Place } from '../errors';
import { type JsonObject, isObject, shaped } from './jsonText';

/** A label as a list: where it starts and ends, and its name. */
const triple = z.tuple([z.int(), z.int(), z.string().min(1)]);

/** A label as an object; in exports of 2019 and 2020 the name is the number of the label in its project. */
const entity = z.looseObject({
  id: z.union([z.int(), z.string()]).nullish(),
  label: z.union([z.string().min(1), z.int()]),
  start_offset: z.int(),
  end_offset: z.int(),
  user: z.union([z.int(), z.string()]).nullish(),
});

/** A label of the whole text: its name or number, alone or in an object. */
const whole = z.union([
  z.string(),
  z.int(),
  z.looseObject({
    label: z.union([z.string(), z.int()]).optional(),
    text: z.string().optional(),
    start_offset: z.undefined().optional(),
    start: z.undefined().optional(),
  }),
]);

/** A list of labels; a single label of the whole text may stand alone. */
const items = z.preprocess(
  (value) => (value === '' ? [] : typeof value === 'string' || typeof value === 'number' ? [value] : value),
  z.array(z.union([triple, entity, whole])).nullish(),
);
const record = z.looseObject({ label: items, labels: items, entities: items, annotations: items });
type Item = z.infer<typeof triple> | z.infer<typeof entity> | z.infer<typeof whole>;

/** The fields that hold labels, in the order in which doccano came to use them. */
export const labelFields = ['entities', 'annotations', 'labels', 'label'] as const;

/** A label of a record, in the unit of the file. */
export interface DoccanoLabel {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly id?: string;
  readonly annotator?: string;
}

/** What a record of doccano says, of whichever age. */
export interface DoccanoRecord {
  readonly text: string;
  readonly labels: readonly DoccanoLabel[];
  /** Labels of the whole text: a class, or a text that was written for it. */
  readonly wholeTextLabels: number;
  /** True for the lists in `entities` of 2018 and 2019, which the server counted in Python. */
  readonly isOldest: boolean;
}

const REMEDY = 'Write labels as [0, 4, "PER"], as doccano exports them.';

/** @throws InputError where a value is no record of doccano */
export function doccanoRecord(value: unknown, place: Place): DoccanoRecord {
  const fields = shaped(value, record, place, REMEDY);
  const text = textOf(fields, place);
  const all = labelFields.flatMap((field): Item[] => fields[field] ?? []);
  const labels = all.filter(isPlaced).map(labelOf);
  const { username } = fields;
  const annotator = typeof username === 'string' && username !== '' ? username : undefined;
  return {
    text,
    labels: annotator === undefined ? labels : labels.map((label) => ({ annotator, ...label })),
    wholeTextLabels: all.length - labels.length,
    isOldest: (fields.entities ?? []).some((item) => Array.isArray(item)),
  };
}

/** True for a label with a place in the text. */
export function isPlaced(item: unknown): item is z.infer<typeof triple> | z.infer<typeof entity> {
  return Array.isArray(item) || (isObject(item) && item.start_offset !== undefined);
}

export function labelOf(item: z.infer<typeof triple> | z.infer<typeof entity>): DoccanoLabel {
  if (Array.isArray(item)) return { start: item[0], end: item[1], label: item[2] };
  const { id, label, start_offset: start, end_offset: end, user } = item;
  return {
    ...{ label: String(label), start, end },
    ...(id !== undefined && id !== null && { id: String(id) }),
    ...(user !== undefined && user !== null && { annotator: String(user) }),
  };
}

/** The text stands in `text`, and in exports of versions 1.4 to 1.6 in `data`. */
function textOf(fields: JsonObject, place: Place): string {
  const { text, data, filename, img, image } = fields;
  if (typeof text === 'string') return text;
  if (typeof data === 'string') return data;
  const file = [filename, img, image].find((name) => typeof name === 'string');
  throw file === undefined
    ? new InputError('The field "text" is missing or wrong.', place, 'Give every record its text.')
    : new InputError(
        `The record is about the file ${file}, and has no text.`,
        place,
        'Export a project of texts from doccano.',
      );
}
