import type { FormatName } from './annotatedText';
import { type JsonObject, isObject } from './jsonText';
import { firstRecords } from './jsonRecords';

/** Records that are looked at: a file may begin with some that say nothing. */
const MOST_RECORDS = 20;

/** The format of a file of JSON or JSON Lines, by the fields of its first records; undefined where none tells. */
export function guessJson(text: string): FormatName | undefined {
  for (const record of firstRecords(text, MOST_RECORDS)) {
    const format = formatOfRecord(record);
    if (format) return format;
  }
  return undefined;
}

function formatOfRecord(record: unknown): FormatName | undefined {
  if (isPair(record)) return 'spacy';
  if (!isObject(record)) return undefined;
  const has = (...fields: readonly string[]): boolean => fields.some((field) => record[field] !== undefined);
  if (list(record, 'paragraphs') || (list(record, 'ents') && typeof record.text === 'string')) return 'spacy';
  const annotations = list(record, 'annotations');
  if (annotations && (annotations.some(isPair) || list(record, 'classes'))) return 'spacy';
  const results = [...(list(record, 'annotations') ?? []), ...(list(record, 'completions') ?? [])];
  if (isObject(record.data) || results.some((item) => isObject(item) && 'result' in item))
    return 'label-studio';
  if (has('annotation_id', 'lead_time')) return 'label-studio'; // JSON-MIN
  if (has('_input_hash', '_task_hash')) return 'prodigy';
  if (typeof record.text === 'string' && has('spans', 'answer')) return 'prodigy';
  if (has('label', 'labels', 'entities', 'annotations', 'Comments', 'annotation_approver'))
    return typeof record.text === 'string' || typeof record.data === 'string' ? 'doccano' : undefined;
  return undefined;
}

/** True for a text with an object of annotations, or with its entities, as spaCy is trained with. */
function isPair(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2 || typeof value[0] !== 'string') return false;
  const said: unknown = value[1];
  return isObject(said) || (Array.isArray(said) && said.length > 0 && said.every(isTriple));
}

const isTriple = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 3 && typeof value[0] === 'number' && typeof value[2] === 'string';

function list(record: JsonObject, field: string): readonly unknown[] | undefined {
  const value = record[field];
  return Array.isArray(value) ? (value as unknown[]) : undefined;
}
