import * as z from 'zod';
import { InputError, type Place } from '../errors';
import { type AnnotatedText, type TextLabel, type TextLayer, defaultLayer } from './annotatedText';
import { fileStem, numberedNames } from './documentNames';
import type { InputFile, ReadOptions } from './format';
import { checkText, parseJson, shaped, spanFault } from './jsonText';
import { type OffsetUnit, type Offsets, offsetsOf, sameQuote, unitOfQuotes } from './offsets';

/** The name that Label Studio's templates give the control for labels. */
export const labelControl = 'label';

const region = z.looseObject({
  id: z.string().optional(),
  from_name: z.string().optional(),
  type: z.string().optional(),
  value: z.looseObject({
    start: z.int(),
    end: z.int(),
    text: z.string().optional(),
    labels: z.array(z.string().min(1)),
  }),
  score: z.number().nullish(),
  meta: z.looseObject({ text: z.union([z.string(), z.array(z.string())]).optional() }).optional(),
});
type Region = z.infer<typeof region>;
const annotation = z.looseObject({
  completed_by: z.unknown().optional(),
  was_cancelled: z.boolean().optional(),
  result: z.array(z.looseObject({ id: z.unknown().optional(), type: z.string().optional() })),
});
const task = z.looseObject({
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(annotation).optional(),
  completions: z.array(annotation).optional(),
});
export type LabelStudioTask = z.infer<typeof task>;

const REMEDY = 'Export the project from Label Studio as JSON.';

/**
 * The tasks of a Label Studio export (JSON, not JSON-MIN). Offsets count code points, as its editor does
 * (HumanSignal/label-studio#1559 and the editor's tests of emoji); where the quoted texts of a task fit only UTF-16, as
 * in old exports, that. The control of a label is its layer; `label`, the name in the templates, stands for `ner`.
 * @throws InputError where the file is another, or a quote is not the text at its place
 */
export function readLabelStudio({ name: file, text }: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const parsed = parseJson(text, { file });
  const tasks: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  const names = numberedNames(
    tasks.map(() => undefined),
    fileStem(file),
  );
  return tasks.map((content, k) => documentOf(content, names[k], { file }, options));
}

function documentOf(item: unknown, name: string, place: Place, options: ReadOptions): AnnotatedText {
  const content = shaped(item, task, place, REMEDY);
  const text = textOf(content, place);
  checkText(text, place);
  const annotations = content.annotations ?? content.completions ?? [];
  const kept = annotations.filter((item) => !item.was_cancelled);
  const regions = kept.flatMap(({ result, completed_by: by }) =>
    result.filter(isRegion).map((item) => ({ by, region: shaped(item, region, place, REMEDY) })),
  );
  const unit = unitOfRegions(
    text,
    regions.map((item) => item.region),
    options.unit,
  );
  const offsets = offsetsOf(text, unit);
  const labels = regions.flatMap((item) =>
    regionLabels(text, item.region, annotatorOf(item.by), offsets, place),
  );
  const names = [...new Set(labels.map(({ layer }) => layer))];
  const layers = (names.length ? names : [defaultLayer]).map((layer): TextLayer => ({
    name: layer,
    kind: 'span',
  }));
  const others = annotations.flatMap(({ result }) => result).filter(({ type }) => type && type !== 'labels');
  const dataFields = Object.keys(content.data).filter((key) => content.data[key] !== text);
  const more = [
    ...(others.length ? ['sets of results other than labels'] : []),
    ...(Array.isArray(content.predictions) && content.predictions.length ? ['sets of predictions'] : []),
    ...(annotations.length > kept.length ? ['sets of cancelled annotations'] : []),
    ...dataFields.map((key) => `values of the field ${key}`),
  ];
  const raw = JSON.stringify(item);
  return { name, text, layers, labels, source: { format: 'label-studio', raw, labels, more } };
}

function textOf({ data }: LabelStudioTask, place: Place): string {
  if (typeof data.text === 'string') return data.text;
  const texts = Object.values(data).filter((value) => typeof value === 'string');
  if (texts.length === 1) return texts[0];
  throw new InputError(
    'A task has no field "text" in its data.',
    place,
    'Give tasks whose data is one text, in the field "text".',
  );
}

function unitOfRegions(text: string, regions: readonly Region[], given?: OffsetUnit): OffsetUnit {
  const quotes = regions.flatMap(({ value }) =>
    value.text === undefined ? [] : [{ span: value, quote: value.text }],
  );
  return given ?? unitOfQuotes(text, quotes, 'codepoints');
}

function regionLabels(
  text: string,
  { id, from_name: from, value, score, meta }: Region,
  annotator: string | undefined,
  offsets: Offsets,
  place: Place,
): TextLabel[] {
  const name = value.labels.join(', ');
  const fault = spanFault({ label: name, start: value.start, end: value.end }, offsets.length, place);
  if (fault) throw fault;
  const [start, end] = [offsets.toUtf16(value.start), offsets.toUtf16(value.end)];
  const quote = text.slice(start, end);
  if (value.text !== undefined && !sameQuote(quote, value.text))
    throw new InputError(
      `The label ${name} at ${value.start}–${value.end} says "${value.text}", and the text there is "${quote}".`,
      place,
      'Check that the text is the one that was annotated.',
    );
  const note = Array.isArray(meta?.text) ? meta.text.join(' ') : meta?.text;
  return value.labels.map((label) => ({
    layer: !from || from === labelControl ? defaultLayer : from,
    label,
    ...{ start, end },
    ...(id !== undefined && { id }),
    ...(note ? { note } : {}),
    ...(typeof score === 'number' && score >= 0 && score <= 1 && { confidence: score }),
    ...(annotator !== undefined && { annotator }),
  }));
}

/** The name of an annotator as exports give it: a number, or an object with an address. */
export function annotatorOf(by: unknown): string | undefined {
  if (typeof by === 'number' || typeof by === 'string') return String(by);
  if (by === null || typeof by !== 'object') return undefined;
  const { email, id } = by as { email?: unknown; id?: unknown };
  if (typeof email === 'string' && email) return email;
  return typeof id === 'number' ? String(id) : undefined;
}

/** True for a result of the control for labels. */
export function isRegion({ type }: { readonly type?: string }): boolean {
  return type === undefined || type === 'labels';
}
