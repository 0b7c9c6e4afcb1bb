import * as z from 'zod';
import { InputError, type Place } from '../errors';
import type { JsonRecord } from './jsonRecords';
import { isObject, shaped } from './jsonText';
import type { OffsetUnit } from './offsets';
import { decodeSpans } from './spanTags';

/** A label as the file places it. */
export interface SpacyLabel {
  readonly layer?: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** A text of a spaCy file. */
export interface SpacyText {
  readonly place: Place;
  /** The pair as it stands in the file; empty where it was another shape. */
  readonly raw: string;
  readonly text: string;
  readonly labels: readonly SpacyLabel[];
  /** What the offsets count, where Glossator counted them itself. */
  readonly unit?: OffsetUnit;
  /** What it says beyond labels, in words for a message. */
  readonly more: readonly string[];
}

const REMEDY = 'Write each text as ["text", {"entities": [[0, 4, "PER"]]}].';

const triple = z.tuple([z.int(), z.int(), z.string().min(1)], z.unknown());
const placed = z.looseObject({ start: z.int(), end: z.int(), label: z.string().min(1) });
const labels = z.array(z.union([triple, placed])).nullish();
const groups = z.record(z.string(), labels).nullish();
const annotations = z.looseObject({ entities: labels, spans: groups });
const pair = z.tuple([z.string(), annotations]);
const doc = z.looseObject({ text: z.string(), ents: labels, spans: groups });

const token = z.looseObject({ orth: z.string(), ner: z.string().nullish() });
const paragraph = z.looseObject({
  raw: z.string().nullish(),
  sentences: z.array(z.looseObject({ tokens: z.array(token) })),
});
const training = z.looseObject({ paragraphs: z.array(paragraph) });

/** @throws InputError where a record has none of the shapes of spaCy */
export function spacyText({ place, raw, value }: JsonRecord): SpacyText[] {
  if (isObject(value) && 'paragraphs' in value) return trainingTexts(value, place);
  if (isObject(value)) {
    const { text, ents, spans, ...others } = shaped(value, doc, place, REMEDY);
    const more = Object.keys(others).map((key) => `values of the field ${key}`);
    return [{ place, raw: '', text, labels: allLabels(ents, spans), more }];
  }
  const full = Array.isArray(value) && Array.isArray(value[1]) ? [value[0], { entities: value[1] }] : value;
  const [text, { entities, spans, ...others }] = shaped(full, pair, place, REMEDY);
  const more = Object.entries(others)
    .filter(([, content]) => isObject(content) && Object.keys(content).length > 0)
    .map(([key]) => `values of the field ${key}`);
  return [{ place, raw, text, labels: allLabels(entities, spans), more }];
}

function allLabels(entities: z.infer<typeof labels>, spans: z.infer<typeof groups>): SpacyLabel[] {
  const plain = (items: z.infer<typeof labels>, layer?: string): SpacyLabel[] =>
    (items ?? []).map((item) => {
      const [start, end, label] = Array.isArray(item) ? item : [item.start, item.end, item.label];
      return { ...(layer === undefined ? {} : { layer }), label, start, end };
    });
  const grouped = Object.entries(spans ?? {}).flatMap(([layer, items]) => plain(items, layer || 'spans'));
  return [...plain(entities), ...grouped];
}

/** Paragraphs of spaCy 2: tokens with BILUO tags, in a text that they are found in one behind the other. */
function trainingTexts(value: unknown, place: Place): SpacyText[] {
  return shaped(value, training, place, REMEDY).paragraphs.map(({ raw, sentences }) => {
    const tokens = sentences.flatMap((sentence) => sentence.tokens);
    const text = raw ?? sentences.map((one) => one.tokens.map(({ orth }) => orth).join(' ')).join('\n');
    let at = 0;
    const places = tokens.map(({ orth }) => {
      const start = text.indexOf(orth, at);
      if (start < 0)
        throw new InputError(`The token "${orth}" is not in the text.`, place, 'Check the field "raw".');
      at = start + orth.length;
      return { start, end: at };
    });
    const spans = decodeSpans(tokens.map(({ ner }) => (ner === undefined || ner === null ? 'O' : ner)));
    if (typeof spans === 'number')
      throw new InputError(`The tag "${tokens[spans].ner ?? ''}" is not BILUO.`, place, 'Write U-PER or O.');
    const found = spans.map(({ start, end, label }) => ({
      ...{ label, start: places[start].start, end: places[end - 1].end },
    }));
    const fields = ['tag', 'dep', 'head'].filter((field) => tokens.some((one) => one[field] !== undefined));
    return {
      ...{ place, raw: '', text, unit: 'utf16', labels: found },
      more: fields.map((field) => `values of the field ${field}`),
    };
  });
}
