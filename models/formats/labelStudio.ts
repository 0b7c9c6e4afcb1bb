import { z } from 'zod';
import { InputError, type Place } from '../errors';
import { type AnnotatedText, type TextLabel, type TextLayer, defaultLayer } from './annotatedText';
import { fileStem, numberedNames } from './documentNames';
import type { InputFile, ReadOptions, WriteOptions, Written } from './format';
import { type JsonObject, checkSpan, parseJson, shaped } from './jsonText';
import { type OffsetUnit, offsetsOf, sameQuote, unitOfQuotes } from './offsets';
import { prepareLabels } from './prepare';
import { Report } from './report';
import { isUnchanged } from './sourceRecord';

/** The name that Label Studio's templates give the control for labels. */
const CONTROL = 'label';

const region = z.looseObject({
  id: z.string().optional(),
  from_name: z.string().optional(),
  type: z.string().optional(),
  value: z.looseObject({
    start: z.int(),
    end: z.int(),
    text: z.string().optional(),
    labels: z.array(z.string()),
  }),
  score: z.number().nullish(),
  meta: z.looseObject({ text: z.union([z.string(), z.array(z.string())]).optional() }).optional(),
});
type Region = z.infer<typeof region>;
const annotation = z.looseObject({
  completed_by: z.unknown().optional(),
  was_cancelled: z.boolean().optional(),
  result: z.array(z.looseObject({ type: z.string().optional() })),
});
const task = z.looseObject({
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(annotation).optional(),
  completions: z.array(annotation).optional(),
});
type Task = z.infer<typeof task>;

const REMEDY = 'Export the project from Label Studio as JSON.';

/**
 * The tasks of a Label Studio export (JSON, not JSON-MIN). Offsets count code points, as the editor does since
 * version 1.4 (HumanSignal/label-studio#1559); where the quoted texts of a task fit only UTF-16, as in older exports,
 * that. The control of a label is its layer; `label`, the name in the templates, stands for `ner`.
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
  const annotations = content.annotations ?? content.completions ?? [];
  const kept = annotations.filter((item) => !item.was_cancelled);
  const regions = kept.flatMap(({ result, completed_by: by }) =>
    result
      .filter(({ type }) => type === undefined || type === 'labels')
      .map((item) => ({ by, region: shaped(item, region, place, REMEDY) })),
  );
  const unit = unitOfRegions(
    text,
    regions.map((item) => item.region),
    options.unit,
  );
  const labels = regions.flatMap((item) =>
    regionLabels(text, item.region, annotatorOf(item.by), unit, place),
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

function textOf({ data }: Task, place: Place): string {
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
  unit: OffsetUnit,
  place: Place,
): TextLabel[] {
  const offsets = offsetsOf(text, unit);
  const name = value.labels.join(', ');
  checkSpan({ label: name, start: value.start, end: value.end }, offsets.length, place);
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
    layer: from === undefined || from === CONTROL ? defaultLayer : from,
    label,
    ...{ start, end },
    ...(id !== undefined && { id }),
    ...(note ? { note } : {}),
    ...(typeof score === 'number' && { confidence: score }),
    ...(annotator !== undefined && { annotator }),
  }));
}

function annotatorOf(by: unknown): string | undefined {
  if (typeof by === 'number' || typeof by === 'string') return String(by);
  if (by === null || typeof by !== 'object') return undefined;
  const { email, id } = by as { email?: unknown; id?: unknown };
  if (typeof email === 'string' && email) return email;
  return typeof id === 'number' ? String(id) : undefined;
}

/**
 * Documents as tasks of Label Studio, to import into a project. Its users are numbers of one installation, so new
 * labels carry no annotator. A task that was read from Label Studio and did not change is kept as it was.
 */
export function writeLabelStudio(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions = {},
): Written {
  const report = new Report();
  const unit = options.unit ?? 'codepoints';
  const tasks = documents.map((document): unknown => {
    const isOwn = document.source?.format === 'label-studio';
    const wholeCharacters = unit === 'codepoints';
    const annotators = isOwn;
    const holds = { layers: true, notes: true, confidence: true, annotators, wholeCharacters } as const;
    const labels = prepareLabels(document, { format: 'label-studio', ...holds }, options, report);
    if (isUnchanged(document, labels, 'label-studio') && !options.unit)
      return JSON.parse(document.source.raw);
    const before = isOwn
      ? (JSON.parse(document.source?.raw ?? '{}') as Task)
      : { data: { text: document.text } };
    return { ...before, annotations: annotationsOf(document, before, labels, unit) };
  });
  const { problems, losses } = report;
  const content = `${JSON.stringify(tasks, null, 2)}\n`;
  return { files: problems.length ? [] : [{ name: `${stem}.json`, content }], problems, losses };
}

/** Each annotator's labels in the annotation of that annotator; the others in the first. */
function annotationsOf(
  { text }: AnnotatedText,
  before: Task,
  labels: readonly TextLabel[],
  unit: OffsetUnit,
): JsonObject[] {
  const offsets = offsetsOf(text, unit);
  const old = before.annotations ?? before.completions ?? [{ result: [] }];
  const owners = old.map(({ completed_by: by }) => annotatorOf(by));
  const ownerOf = ({ annotator }: TextLabel): number => Math.max(0, owners.indexOf(annotator));
  return old.map((item, owner) => {
    const others = item.result.filter(({ type }) => type !== undefined && type !== 'labels');
    const own = labels
      .filter((label) => !item.was_cancelled && ownerOf(label) === owner)
      .map(({ id, layer, label, start, end, note, confidence }, k) => ({
        id: id ?? `g${owner}-${k}`,
        from_name: layer === defaultLayer ? CONTROL : layer,
        to_name: 'text',
        type: 'labels',
        value: {
          start: offsets.fromUtf16(start),
          end: offsets.fromUtf16(end),
          text: text.slice(start, end),
          labels: [label],
        },
        ...(confidence !== undefined && { score: confidence }),
        ...(note !== undefined && { meta: { text: [note] } }),
      }));
    return { ...item, result: item.was_cancelled ? item.result : [...own, ...others] };
  });
}
