import * as z from 'zod';
import { InputError, type Place } from '../errors';
import { type TextLabel, defaultLayer } from './annotatedText';
import { isObject, spanFault } from './jsonText';
import type { Offsets } from './offsets';
import { quoteFits } from './quotedSpans';

/** The name that Label Studio's templates give the control for labels. */
export const labelControl = 'label';

/** A number; scripts write it as a text, too. */
const offset = z.preprocess(
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
  z.int(),
);

const region = z.looseObject({
  id: z.union([z.string(), z.int()]).nullish(),
  from_name: z.string().nullish(),
  value: z.looseObject({
    start: offset,
    end: offset,
    text: z.string().nullish(),
    labels: z.array(z.string().min(1)).min(1),
  }),
  score: z.number().nullish(),
  meta: z
    .looseObject({
      text: z.union([z.string(), z.array(z.string())]).nullish(),
      /** Written by Glossator, whose annotators are no users of an installation of Label Studio. */
      annotator: z.string().nullish(),
    })
    .nullish(),
});

/** A labelled region of a text, as a result holds it. */
export type Region = z.infer<typeof region>;

/** True for a result of a control for labels, of text or of HTML. */
export function isRegion({ type }: { readonly type?: unknown }): boolean {
  return type === undefined || type === 'labels' || type === 'hypertextlabels';
}

/** A result that is a region; or why it cannot be read, for a message that names task and region. */
export function readRegion(
  result: { readonly id?: unknown },
  task: string,
  place: Place,
): Region | InputError {
  const { data } = region.safeParse(result);
  const name = regionName(result.id, task);
  const value = 'value' in result && isObject(result.value) ? result.value : {};
  if ('channel' in value || 'original_length' in result)
    return new InputError(
      `${name} is a label on a recording, not on a text.`,
      place,
      'Give the export of a project of texts.',
    );
  if (data) return data;
  const control = 'from_name' in result ? String(result.from_name) : labelControl;
  if ('startOffset' in value || typeof value.start === 'string')
    return new InputError(
      `${name} is a label on HTML (control “${control}”). Its place is the path of an element, which cannot be read.`,
      place,
      'Label the text in a project with a Text object instead of HyperText.',
    );
  const isUnnamed = value.labels === undefined || value.labels === null;
  const isLabelless = isUnnamed || (Array.isArray(value.labels) && value.labels.length === 0);
  if (isLabelless && typeof value.start === 'number')
    return new InputError(`${name} has no label.`, place, 'Give it one in Label Studio.');
  return new InputError(
    `${name} is not a label with start and end.`,
    place,
    'Export the project from Label Studio as JSON.',
  );
}

function regionName(id: unknown, task: string): string {
  return typeof id === 'string' || typeof id === 'number' ? `Region ${id} of ${task}` : `A region of ${task}`;
}

/** The labels of a region at their places in the text; or what is wrong with it. */
export function regionLabels(
  text: string,
  { id, from_name: from, value, score, meta }: Region,
  owner: string | undefined,
  offsets: Offsets,
  { task, place }: { readonly task: string; readonly place: Place },
): TextLabel[] | InputError {
  const name = value.labels.join(', ');
  const of = `${name} (${regionName(id, task).replace(/^[RA]/, (sign) => sign.toLowerCase())})`;
  const fault = spanFault({ label: of, start: value.start, end: value.end }, offsets.length, place);
  if (fault) return fault;
  const [start, end] = [offsets.toUtf16(value.start), offsets.toUtf16(value.end)];
  if (typeof value.text === 'string' && !quoteFits(text, [{ start, end }], value.text))
    return new InputError(
      `The label ${of} at ${value.start}–${value.end} says "${shortened(value.text)}", and the text there is "${shortened(text.slice(start, end))}".`,
      place,
      'Check that the text and its line ends are those that were annotated.',
    );
  const annotator = meta?.annotator ?? owner;
  const note = Array.isArray(meta?.text) ? meta.text.join(' ') : meta?.text;
  return value.labels.map((label) => ({
    layer: !from || from === labelControl ? defaultLayer : from,
    label,
    ...{ start, end },
    ...(id !== undefined && id !== null && { id: String(id) }),
    ...(note ? { note } : {}),
    ...(typeof score === 'number' && score >= 0 && score <= 1 && { confidence: score }),
    ...(annotator !== undefined && { annotator }),
  }));
}

function shortened(quote: string): string {
  return quote.length > 40 ? `${quote.slice(0, 39)}…` : quote;
}
