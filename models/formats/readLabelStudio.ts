import { InputError, type Place } from '../errors';
import { type AnnotatedText, type TextLabel, type TextLayer, defaultLayer } from './annotatedText';
import { fileStem, numberedNames } from './documentNames';
import { unlessAllFaulty } from './faults';
import type { InputFile, ReadOptions } from './format';
import { jsonRecords } from './jsonRecords';
import { checkText, isObject } from './jsonText';
import { type Region, isRegion, readRegion, regionLabels } from './labelStudioRegions';
import {
  type LabelStudioTask,
  checkIsText,
  labelStudioTask,
  ownerOf,
  taskName,
  textOfTask,
} from './labelStudioTask';
import { type Counting, offsetsOf } from './offsets';
import { countingFits, countingRemark, countingWords, placeApart } from './quotedSpans';
import { unitOfWords } from './unitOfWords';

/** What the editor of Label Studio counts (HumanSignal/label-studio#1559 and its tests of emoji). */
const UNIT = 'codepoints';

interface ReadTask {
  readonly task: LabelStudioTask;
  readonly name: string;
  readonly place: Place;
  readonly text: string;
  readonly regions: readonly { readonly by: string | undefined; readonly region: Region }[];
  readonly faults: readonly InputError[];
  /** The ways to count under which most quotes fit; the best first. */
  readonly countings: readonly Counting[];
}

/**
 * The tasks of a Label Studio export (JSON or JSON-MIN). Offsets count code points; where the quoted texts of a task
 * fit another way to count, that: UTF-16 in old exports, CR LF as one. The control of a label is its layer; `label`,
 * the name in the templates, stands for `ner`. Who completed an annotation gave its labels.
 * @throws InputError where the file is another, or its quotes fit two ways that differ
 */
export function readLabelStudio({ name: file, text }: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const tasks = jsonRecords(text, file).map(({ value, place }, k) => readTask(value, place, k, options));
  const names = numberedNames(
    tasks.map(() => undefined),
    fileStem(file),
  );
  const { unit = UNIT } = options;
  const unquoted = tasks
    .filter(({ regions }) => regions.every(({ region }) => typeof region.value.text !== 'string'))
    .map(({ place, text, regions }) => ({
      ...{ place, text },
      spans: regions.map(({ region: { value } }) => ({ ...value, label: value.labels.join(', ') })),
    }));
  if (!options.unit) unitOfWords(unquoted, unit, true);
  const countings = tasks.map((task) => countingOf(task, tasks, options));
  const documents = tasks.map((task, k) => documentOf(task, countings[k], names[k]));
  const remarks = options.unit ? [] : remarksOn(countings, file);
  if (remarks.length > 0) documents[0] = { ...documents[0], remarks };
  return unlessAllFaulty(documents);
}

/** One remark for each way to count that is not the usual one, however many tasks it holds for. */
function remarksOn(countings: readonly Counting[], file: string): InputError[] {
  const counts = new Map<string, { counting: Counting; texts: number }>();
  for (const counting of countings) {
    const words = countingWords(counting);
    counts.set(words, { counting, texts: (counts.get(words)?.texts ?? 0) + 1 });
  }
  return [...counts.values()].flatMap(({ counting, texts }) =>
    countingRemark(counting, UNIT, { file }, texts),
  );
}

function readTask(value: unknown, place: Place, k: number, { unit: given }: ReadOptions): ReadTask {
  const task = labelStudioTask(value, place);
  const name = taskName(task, k + 1);
  const text = textOfTask(task, name, place);
  checkText(text, place);
  checkIsText(
    annotationsOf(task).flatMap(({ result }) => result),
    text,
    name,
    place,
  );
  const read = annotationsOf(task)
    .filter((one) => !one.was_cancelled)
    .flatMap((one) =>
      one.result
        .filter(isRegion)
        .map((item) => ({ by: ownerOf(one), region: readRegion(item, name, place) })),
    );
  const faults = read.flatMap(({ region }) => (region instanceof InputError ? [region] : []));
  const regions = read.flatMap(({ by, region }) => (region instanceof InputError ? [] : [{ by, region }]));
  const quotes = regions.flatMap(({ region: { value } }) =>
    typeof value.text === 'string' ? [{ parts: [value], quote: value.text }] : [],
  );
  const fits = countingFits(text, quotes, { usual: UNIT, given });
  const most = Math.max(...fits.map((one) => one.fits));
  const countings = fits.filter((one) => one.fits === most).map(({ counting }) => counting);
  return { task, name, place, text, regions, faults, countings };
}

/** The way to count of a task: where its own quotes leave two that differ, the one that other tasks prove. */
function countingOf(task: ReadTask, tasks: readonly ReadTask[], { unit }: ReadOptions): Counting {
  const { text, regions, countings, name, place } = task;
  const [first] = countings;
  const spans = regions.map(({ region: { value } }) => value);
  const open = countings.filter((one) => one === first || placeApart(text, spans, first, one));
  if (open.length === 1 || unit) return first;
  const proved = tasks.flatMap((one) => (one.countings.length === 1 ? one.countings : []));
  const likely = open.filter((one) => proved.some((other) => countingWords(other) === countingWords(one)));
  if (likely.length === 1) return likely[0];
  const isUsual = first.unit === UNIT && !first.lineEnds && !first.mark;
  const doubt = open.find((one) => one !== first && (!isUsual || one.lineEnds === 'as-one' || one.mark));
  if (!doubt) return first;
  throw new InputError(
    `The quotes of ${name} fit whether offsets count ${countingWords(first)} or ${countingWords(doubt)}.`,
    place,
    `Say --unit ${first.unit} to count every character of the text.`,
  );
}

function documentOf(read: ReadTask, counting: Counting, name: string): AnnotatedText {
  const { task, text, place } = read;
  const offsets = offsetsOf(text, counting);
  const found = read.regions.map(({ by, region }) =>
    regionLabels(text, region, by, offsets, { task: read.name, place }),
  );
  const labels = withDistinctIds(found.flatMap((one) => (one instanceof InputError ? [] : one)));
  const faults = [...read.faults, ...found.flatMap((one) => (one instanceof InputError ? [one] : []))];
  const layers = [...new Set(labels.map(({ layer }) => layer))];
  return {
    ...{ name, text, labels },
    layers: (layers.length ? layers : [defaultLayer]).map((layer): TextLayer => ({
      name: layer,
      kind: 'span',
    })),
    source: {
      ...{ format: 'label-studio', raw: JSON.stringify(task), labels, counting },
      more: leftOut(task, text),
    },
    ...(faults.length > 0 && { faults }),
  };
}

/** Scripts give the same id to many regions; all but the first place of one go without it. */
function withDistinctIds(labels: readonly TextLabel[]): TextLabel[] {
  const places = new Map<string, string>();
  return labels.map((label) => {
    if (label.id === undefined) return label;
    const { id, ...nameless } = label;
    const place = JSON.stringify([label.start, label.end, label.annotator, label.layer]);
    const known = places.get(id) ?? place;
    places.set(id, known);
    return known === place ? label : nameless;
  });
}

const annotationsOf = (task: LabelStudioTask): NonNullable<LabelStudioTask['annotations']> => [
  ...(task.annotations ?? []),
  ...(task.completions ?? []),
];

/** What the results of controls other than those for labels are called. */
const RESULTS: Readonly<Record<string, string>> = {
  choices: 'choices',
  taxonomy: 'choices of a taxonomy',
  relation: 'relations',
  paragraphlabels: 'labels on parts of dialogues',
  rating: 'ratings',
  textarea: 'texts that were entered',
  number: 'numbers',
  datetime: 'dates',
  pairwise: 'comparisons',
  ranker: 'rankings',
};

function leftOut(task: LabelStudioTask, text: string): string[] {
  const annotations = annotationsOf(task);
  const results = annotations.filter((one) => !one.was_cancelled).flatMap(({ result }) => result);
  const predictions = Array.isArray(task.predictions) ? (task.predictions as unknown[]) : [];
  const regions = predictions.flatMap((one) =>
    isObject(one) && Array.isArray(one.result) ? (one.result as unknown[]) : [],
  );
  return [
    ...results
      .filter((one) => !isRegion(one))
      .map(({ type = '' }) => RESULTS[type] ?? `results of the kind ${type}`),
    ...regions.map(() => 'predictions of a model'),
    ...annotations.filter((one) => one.was_cancelled).map(() => 'cancelled annotations'),
    ...Object.keys(task.data)
      .filter((key) => task.data[key] !== text && task.data[key] !== null && task.data[key] !== '')
      .map((key) => `values of the field ${key}`),
  ];
}
