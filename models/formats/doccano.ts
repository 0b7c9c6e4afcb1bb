import * as z from 'zod';
import { linesOf } from '../data/lines';
import { type AnnotatedText, type TextLabel, defaultLayer } from './annotatedText';
import { fileStem, nextNumber, numberedNames } from './documentNames';
import type { InputFile, ReadOptions, WriteOptions, Written } from './format';
import { type JsonObject, checkSpan, checkText, parseJson, shaped } from './jsonText';
import { type Offsets, offsetsOf } from './offsets';
import { writeJsonLines } from './writeJsonLines';

/**
 * doccano counts UTF-16 code units, since its offsets come from the browser's strings (doccano/doccano#2290, #2484).
 * Scripts in Python that make its files may count code points: `unit` says so.
 */
const UNIT = 'utf16';

const triple = z.tuple([z.int(), z.int(), z.string().min(1)]);
const entity = z.looseObject({
  id: z.union([z.int(), z.string()]).optional(),
  label: z.string().min(1),
  start_offset: z.int(),
  end_offset: z.int(),
});
const record = z.looseObject({
  text: z.string(),
  id: z.union([z.int(), z.string()]).optional(),
  label: z.array(triple).optional(),
  labels: z.array(triple).optional(),
  entities: z.array(z.union([entity, triple])).optional(),
});
type DoccanoRecord = z.infer<typeof record>;

const KNOWN_FIELDS = ['id', 'text', 'label', 'labels', 'entities'];

/**
 * The documents of a doccano file, one a line: labels as `label` (or `labels`), a list of `[start, end, label]`, or as
 * `entities` with `start_offset` and `end_offset`.
 * @throws InputError at the first broken line
 */
export function readDoccano({ name: file, text }: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const rows = [...linesOf(text)].filter((line) => line.text.trim() !== '');
  const records = rows.map(({ number: line, text: raw }) => ({
    raw,
    line,
    content: shaped(
      parseJson(raw, { file, line }),
      record,
      { file, line },
      'Give a JSON Lines file of doccano.',
    ),
  }));
  const names = numberedNames(
    records.map(() => undefined),
    fileStem(file),
  );
  return records.map(({ raw, line, content }, k) => {
    checkText(content.text, { file, line });
    const offsets = offsetsOf(content.text, options.unit ?? UNIT);
    const labels = labelsOf(content).map(({ start, end, ...label }): TextLabel => {
      checkSpan({ ...label, start, end }, offsets.length, { file, line });
      return { ...label, layer: defaultLayer, start: offsets.toUtf16(start), end: offsets.toUtf16(end) };
    });
    const more = Object.entries(content)
      .filter(([key, value]) => !KNOWN_FIELDS.includes(key) && !(Array.isArray(value) && !value.length))
      .map(([key]) => `values of the field ${key}`);
    return {
      name: names[k],
      text: content.text,
      layers: [{ name: defaultLayer, kind: 'span' }],
      labels,
      source: { format: 'doccano', raw, labels, more },
    };
  });
}

function labelsOf({ label, labels, entities }: DoccanoRecord): {
  label: string;
  start: number;
  end: number;
  id?: string;
}[] {
  return [...(label ?? []), ...(labels ?? []), ...(entities ?? [])].map((item) =>
    Array.isArray(item)
      ? { start: item[0], end: item[1], label: item[2] }
      : {
          start: item.start_offset,
          end: item.end_offset,
          label: item.label,
          ...(item.id !== undefined && { id: String(item.id) }),
        },
  );
}

/** Documents as lines of doccano; what was read from doccano keeps its other fields and the shape of its labels. */
export function writeDoccano(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions = {},
): Written {
  return writeJsonLines(documents, stem, options, { format: 'doccano', unit: UNIT, withLabels });
}

function withLabels(before: JsonObject, labels: readonly TextLabel[], offsets: Offsets): JsonObject {
  const triples = labels.map(({ start, end, label }) => [
    offsets.fromUtf16(start),
    offsets.fromUtf16(end),
    label,
  ]);
  const old = before.entities;
  if (!Array.isArray(old)) return { ...before, ['labels' in before ? 'labels' : 'label']: triples };
  if (old.some(Array.isArray)) return { ...before, entities: triples };
  const known = new Map((old as JsonObject[]).map((item) => [String(item.id), item]));
  let next = nextNumber([...known.keys()].map(Number));
  const entities = labels.map(({ id, label, start, end }) => ({
    ...(id === undefined || !known.has(id) ? { id: next++ } : known.get(id)),
    label,
    start_offset: offsets.fromUtf16(start),
    end_offset: offsets.fromUtf16(end),
  }));
  return { ...before, entities };
}
