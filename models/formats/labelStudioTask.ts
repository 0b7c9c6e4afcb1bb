import * as z from 'zod';
import { InputError, type Place } from '../errors';
import { type JsonObject, isObject, shaped } from './jsonText';

const result = z.looseObject({ id: z.unknown().optional(), type: z.string().optional() });
const annotation = z.looseObject({
  completed_by: z.unknown().optional(),
  was_cancelled: z.boolean().nullish(),
  result: z.array(result),
});
const task = z.looseObject({
  id: z.union([z.int(), z.string()]).nullish(),
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(annotation).nullish(),
  completions: z.array(annotation).nullish(),
});
export type LabelStudioTask = z.infer<typeof task>;

const REMEDY = 'Export the project from Label Studio as JSON.';

/**
 * A task of the JSON export. Records of JSON-MIN, which have a list of labels in the field of each control, become
 * tasks, too.
 * @throws InputError where a value is none
 */
export function labelStudioTask(value: unknown, place: Place): LabelStudioTask {
  const isMin = isObject(value) && !isObject(value.data) && !('annotations' in value);
  const item = isMin ? taskOfMin(value) : value;
  shaped(item, task, place, REMEDY);
  return item as LabelStudioTask; // with its fields in their order
}

/** Fields that JSON-MIN adds to the data of a task. */
const MIN_FIELDS = ['id', 'annotator', 'annotation_id', 'created_at', 'updated_at', 'lead_time'];

function taskOfMin(record: JsonObject): unknown {
  const data: Record<string, unknown> = {};
  const regions: unknown[] = [];
  for (const [field, value] of Object.entries(record)) {
    if (MIN_FIELDS.includes(field)) continue;
    const items = Array.isArray(value) ? (value as unknown[]) : [];
    if (items.length > 0 && items.every((item) => isObject(item) && Array.isArray(item.labels)))
      for (const item of items) {
        const region = item as JsonObject;
        regions.push({
          from_name: field,
          type: 'labels',
          value: region,
          ...(region.id ? { id: region.id } : {}),
        });
      }
    else data[field] = value;
  }
  if (Object.keys(data).length === 0) return record;
  return { id: record.id, data, annotations: [{ completed_by: record.annotator, result: regions }] };
}

/** The words for a task in messages. */
export function taskName({ id }: { readonly id?: unknown }, number: number): string {
  return typeof id === 'number' || typeof id === 'string'
    ? `task ${id}`
    : `task number ${number} of the file`;
}

/** @throws InputError where the data of a task holds no text, or several and none in the field "text" */
export function textOfTask(
  { data, annotations, completions }: LabelStudioTask,
  name: string,
  place: Place,
): string {
  if (typeof data.text === 'string') return data.text;
  const texts = Object.entries(data).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  if (texts.length === 1) return texts[0][1];
  const quotes = [...(annotations ?? []), ...(completions ?? [])].flatMap((one) =>
    one.result.flatMap(({ value }) =>
      isObject(value) && typeof value.text === 'string' && value.text !== '' ? [value.text] : [],
    ),
  );
  const quoted = texts.filter(
    ([, text]) => quotes.length > 0 && quotes.every((quote) => text.includes(quote)),
  );
  if (quoted.length === 1) return quoted[0][1];
  if (texts.length > 0)
    throw new InputError(
      `The data of ${name} holds several texts: ${texts.map(([field]) => field).join(', ')}.`,
      place,
      'Make a task of each, and move its regions there.',
    );
  const isDialogue = Object.values(data).some((value) => Array.isArray(value) && value.some(isObject));
  throw isDialogue
    ? new InputError(
        `The data of ${name} is a dialogue or a list, whose paragraphs cannot be read.`,
        place,
        'Make a task of each paragraph, with its words in the field "text".',
      )
    : new InputError(
        `The data of ${name} holds no text.`,
        place,
        'Give tasks whose data is one text, in the field "text".',
      );
}

/** Controls that label a text, or all of it. */
const OF_TEXT =
  /^(?:labels|hypertextlabels|paragraphlabels|choices|relation|rating|textarea|number|datetime|taxonomy)$/;

/** Where Label Studio fetches a text that a project keeps elsewhere (`valueType="url"`). */
const ADDRESS = /^(?:\/data\/|[a-z][a-z0-9+.-]*:\/\/)\S+$/;

/**
 * @throws InputError where people labelled an image or a recording, or a text that is not in the export: its address is
 * no text
 */
export function checkIsText(
  results: readonly { readonly type?: string; readonly value?: unknown }[],
  text: string,
  name: string,
  place: Place,
): void {
  const isElsewhere = ({ value }: { readonly value?: unknown }): boolean =>
    isObject(value) && typeof value.text === 'string' && value.text !== '' && !text.includes(value.text);
  if (ADDRESS.test(text.trim()) && results.some(isElsewhere))
    throw new InputError(
      `The text of ${name} is not in the export, only its address: ${text.trim()}.`,
      place,
      'Put the text itself into the data of the task, in place of the address.',
    );
  const other = results.find(({ type }) => type !== undefined && /labels$/.test(type) && !OF_TEXT.test(type));
  if (other === undefined || /\s/.test(text.trim()) || results.some(({ type }) => type === 'labels')) return;
  throw new InputError(
    `The labels of ${name} (${other.type ?? ''}) are on an image or a recording, not on a text.`,
    place,
    'Give the export of a project of texts.',
  );
}

/** Who made an annotation, where it says so. */
export function ownerOf(annotation: {
  readonly completed_by?: unknown;
  readonly created_username?: unknown;
}): string | undefined {
  const { completed_by: by, created_username: name } = annotation;
  return annotatorOf(by) ?? (typeof name === 'string' ? annotatorOf(name.trim()) : undefined);
}

/** The name of an annotator as exports give it: a number, or an object with an address. */
function annotatorOf(by: unknown): string | undefined {
  if (typeof by === 'number' || (typeof by === 'string' && by !== '')) return String(by);
  if (!isObject(by)) return undefined;
  const { email, username, id } = by;
  if (typeof email === 'string' && email) return email;
  if (typeof username === 'string' && username) return username;
  return typeof id === 'number' ? String(id) : undefined;
}
