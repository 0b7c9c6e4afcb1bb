import { isConllu } from '../data/taggedExample';
import { InputError } from '../errors';
import { languageOfFile } from '../text/textFormat';
import type { FormatName } from './annotatedText';
import { withLineFeeds } from './columnRows';
import { annotationFormat, annotationFormats } from './formats';
import { guessJson } from './guessJson';
import { type JsonRecord, jsonRecords } from './jsonRecords';
import { isObject } from './jsonText';
import { looksLikeColumns } from './looksLikeColumns';
import { isOlderWebAnno, webAnnoHeader } from './readWebAnno';

/** What a file is, and what told it, in words that follow "recognized": `by its name`. */
export interface RecognizedFormat {
  readonly format: FormatName;
  readonly why: string;
}

/** A file that may be of several formats, or of none: a person must say. */
export class UnclearFormat extends InputError {
  /** @param candidates the formats that it can be read as; none where no reader takes it */
  constructor(
    file: string,
    readonly candidates: readonly FormatName[],
    why: { readonly message: string; readonly remedy: string } = {
      message: 'The format of the file is not clear.',
      remedy: 'Name it with --from.',
    },
  ) {
    const names = candidates.map((name) =>
      name === 'glossator' ? 'a plain text' : annotationFormat(name).title,
    );
    super(
      candidates.length > 0 ? `The file may be ${listed(names)}.` : why.message,
      { file },
      candidates.length > 0
        ? `Say which: ${listed(candidates.map((name) => `--from ${name}`))}.`
        : why.remedy,
    );
  }
}

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items[items.length - 1]}`;

const COLUMNS = /\.(conll|conll2003|iob2?|bio|bmes|tsv|tab|col)$/;
const JSON_FILE = /\.(jsonl?|ndjson)$/;
const JSON_FORMATS: readonly FormatName[] = ['doccano', 'prodigy', 'spacy', 'label-studio'];

/** Fields of a record that a message names. */
const MOST_FIELDS = 6;

/** True for a file of prose, by its name. */
export const isTextFile = (name: string): boolean => languageOfFile(name) !== undefined;

/** True for a file that may be of some format that is read here, by its name. */
export function mayHoldText(name: string): boolean {
  const file = withoutGz(name);
  const isOurs = annotationFormats.some(({ extensions }) => extensions.some((one) => file.endsWith(one)));
  return isOurs || isTextFile(name) || COLUMNS.test(file) || JSON_FILE.test(file);
}

const withoutGz = (name: string): string => name.toLowerCase().replace(/\.gz$/, '');

/**
 * The format of a file: by its name, then by what its lines look like, then by who can read it. Where that leaves
 * several, nothing is guessed.
 * @throws UnclearFormat where a person must say
 */
export function recognizeFormat(name: string, given: string): RecognizedFormat {
  const file = withoutGz(name);
  const text = withLineFeeds(given);
  if (text.trimStart().startsWith(webAnnoHeader) || isOlderWebAnno(text))
    return { format: 'webanno-tsv', why: 'by its first line' };
  if (/\.conllup?$/.test(file)) return { format: 'conllu', why: 'by its name' };
  if (file.endsWith('.ann')) return { format: 'brat', why: 'by its name' };
  const named = annotationFormats.find(
    ({ name: own }) => ['bilou', 'bioes'].includes(own) && file.endsWith(`.${own}`),
  );
  if (named) return { format: named.name, why: 'by its name' };
  if (/\.(xml|tei)$/.test(file)) return { format: 'tei', why: 'by its name' };
  const isText = isTextFile(name);
  const isColumns = COLUMNS.test(file);
  if (!isText && !isColumns && /^\s*<(\?xml|TEI|teiCorpus)\b/.test(text))
    return { format: 'tei', why: 'by its first line' };
  if (!isText && !isColumns) {
    const json = recognizeJson(name, text, JSON_FILE.test(file));
    if (json) return json;
  }
  if (/^[^\n]*\bannotation_id\t|^[^\n]*\tannotation_id\b/.test(text))
    throw new InputError(
      'Labels in a table of Label Studio are not read.',
      { file: name },
      'Export the project as JSON.',
    );
  const scheme = looksLikeColumns(text);
  // What is broken in CoNLL-U its reader names, unless it is another file of ten columns.
  if (isConllu('', text) && (!scheme || trial('conllu', name, text).texts > 0))
    return { format: 'conllu', why: 'by its ten columns' };
  if (scheme || isColumns)
    return { format: schemeName(text), why: scheme ? 'by its columns' : 'by its name' };
  if (file.endsWith('.csv'))
    throw new InputError(
      'Labels in CSV are not read.',
      { file: name },
      'Export the project as JSON, or save a table of words and tags with tabs between its columns, as .tsv.',
    );
  if (!isText) throw new UnclearFormat(name, []);
  const json = /^\s*[[{]/.test(text) ? guessJson(text) : undefined;
  if (json) throw new UnclearFormat(name, ['glossator', json]);
  return { format: 'glossator', why: 'by its name' };
}

/** The format of a file; see `recognizeFormat`. */
export function guessFormat(name: string, text: string): FormatName {
  return recognizeFormat(name, text).format;
}

function recognizeJson(name: string, text: string, isNamed: boolean): RecognizedFormat | undefined {
  if (!isNamed && !/^\s*[[{]/.test(text)) return undefined;
  const format = guessJson(text);
  if (format) return { format, why: 'by its fields' };
  const labelled = JSON_FORMATS.filter((one) => trial(one, name, text).labels > 0);
  // Records of texts without labels are those of two programs.
  const bare = (['doccano', 'prodigy'] as const).filter((one) => trial(one, name, text).texts > 0);
  const candidates = labelled.length > 0 ? labelled : bare;
  if (candidates.length === 1) return { format: candidates[0], why: 'by its fields' };
  if (candidates.length > 0) throw new UnclearFormat(name, candidates);
  if (isNamed) throw new UnclearFormat(name, [], strangeJson(jsonRecords(text, name)));
  return undefined;
}

/** What to say of JSON that no reader takes. */
function strangeJson(records: readonly JsonRecord[]): { message: string; remedy: string } {
  if (records.length === 0) return { message: 'The file holds no records.', remedy: 'Export it again.' };
  const [{ value }] = records;
  const fields = isObject(value) ? Object.keys(value).slice(0, MOST_FIELDS).join(', ') : '';
  return {
    message:
      fields === ''
        ? 'The file holds JSON of no format that can be read.'
        : `No format that can be read has records with these fields: ${fields}.`,
    remedy:
      'Write each text as {"text": "Mira left.", "label": [[0, 4, "PER"]]} on a line, or its words and tags in columns.',
  };
}

/** What a reader finds in a file: no texts where it does not take it. */
function trial(format: FormatName, name: string, text: string): { texts: number; labels: number } {
  try {
    const documents = annotationFormat(format).read({ name, text });
    return { texts: documents.length, labels: documents.reduce((sum, { labels }) => sum + labels.length, 0) };
  } catch (error) {
    if (error instanceof InputError) return { texts: 0, labels: 0 };
    throw error;
  }
}

function schemeName(text: string): FormatName {
  const scheme = looksLikeColumns(text);
  return scheme === undefined || scheme === 'iob2' ? 'conll2003' : scheme;
}
