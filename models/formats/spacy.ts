import * as z from 'zod';
import { InputError } from '../errors';
import { type AnnotatedText, type TextLabel, defaultLayer } from './annotatedText';
import { fileStem, numberedNames } from './documentNames';
import { unlessAllFaulty } from './faults';
import type { InputFile, ReadOptions, WriteOptions, Written } from './format';
import { type JsonRecord, jsonRecords } from './jsonRecords';
import { checkText, isObject, spanFault } from './jsonText';
import { LossReport } from './lossReport';
import { offsetsOf } from './offsets';
import { prepareLabels } from './prepare';
import { isUnchanged } from './sourceRecord';
import { spacyText } from './spacyText';
import { unitOfWords } from './unitOfWords';

/** spaCy counts the characters of Python 3 strings. */
const UNIT = 'codepoints';

/**
 * The texts of a JSON file for spaCy: training pairs `["text", {"entities": [[0, 4, "PER"]]}]` in a list, a line each,
 * or in the `annotations` of ner-annotator; documents of spaCy 2 with `paragraphs`; and what `Doc.to_json()` gives.
 * @throws InputError at the first broken text, and UnclearUnit where labels behind emoji stand on parts of words
 */
export function readSpacy({ name: file, text }: InputFile, options: ReadOptions = {}): AnnotatedText[] {
  const texts = jsonRecords(text, file).flatMap(unpacked).flatMap(spacyText);
  const names = numberedNames(
    texts.map(() => undefined),
    fileStem(file),
  );
  const unproved = texts
    .filter(({ unit }) => unit === undefined)
    .map(({ place, text, labels }) => ({ place, text, spans: labels }));
  const usual = options.unit ?? unitOfWords(unproved, UNIT, true);
  return unlessAllFaulty(
    texts.map(({ place, raw, text, unit = usual, labels: placed, more }, k) => {
      checkText(text, place);
      const offsets = offsetsOf(text, unit);
      const faults = placed.flatMap((label) => spanFault(label, offsets.length, place) ?? []);
      const labels = placed
        .filter((label) => !spanFault(label, offsets.length, place))
        .map(({ layer = defaultLayer, label, start, end }): TextLabel => ({
          ...{ layer, label },
          ...{ start: offsets.toUtf16(start), end: offsets.toUtf16(end) },
        }));
      const layers = new Set([defaultLayer, ...labels.map(({ layer }) => layer)]);
      return {
        ...{ name: names[k], text, labels },
        layers: [...layers].map((name) => ({ name, kind: 'span' })),
        source: { format: 'spacy', raw, labels, more },
        ...(faults.length > 0 && { faults }),
      };
    }),
  );
}

const annotator = z.looseObject({ annotations: z.array(z.unknown()) });

/** The pairs inside the file of ner-annotator; texts that were skipped there are null. */
function unpacked(record: JsonRecord): JsonRecord[] {
  const { place, value } = record;
  const list = isObject(value) ? annotator.safeParse(value).data?.annotations : undefined;
  if (list === undefined) return [record];
  return list
    .filter((item) => item !== null)
    .map((item) => ({ place, raw: JSON.stringify(item), value: item }));
}

/**
 * Documents as a list of training pairs, one a line: entities are the layer `ner`, groups of spans the other layers.
 * @param stem name of the file, without extension
 */
export function writeSpacy(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions = {},
): Written {
  const report = new LossReport();
  const unit = options.unit ?? UNIT;
  const pairs = documents.map((document) => {
    const holds = { format: 'spacy', layers: true, wholeCharacters: unit === 'codepoints' } as const;
    const labels = prepareLabels(document, holds, options, report);
    if (isUnchanged(document, labels, 'spacy') && !options.unit && document.source.raw !== '')
      return document.source.raw.replace(/\s*\n\s*/g, ' ');
    if (document.source?.format === 'spacy')
      for (const what of document.source.more) report.lose(document.name, what, 'content');
    const offsets = offsetsOf(document.text, unit);
    const listed = (layer: string): unknown[] =>
      labels
        .filter((label) => label.layer === layer)
        .map(({ label, start, end }) => [offsets.fromUtf16(start), offsets.fromUtf16(end), label]);
    const groups = [...new Set(labels.map(({ layer }) => layer))].filter((name) => name !== defaultLayer);
    const spans = Object.fromEntries(groups.map((name) => [name, listed(name)]));
    return JSON.stringify([
      document.text,
      { entities: listed(defaultLayer), ...(groups.length > 0 && { spans }) },
    ]);
  });
  const { problems, losses } = report;
  const content = pairs.length ? `[\n${pairs.join(',\n')}\n]\n` : '[]\n';
  return { files: problems.length ? [] : [{ name: `${stem}.json`, content }], problems, losses };
}

/** @throws InputError always, since only spaCy reads its binary files */
export function refuseDocBin(file: string): never {
  throw new InputError(
    'A .spacy file (DocBin) is binary, and only spaCy reads it.',
    { file },
    `Export it in Python: for d in spacy.tokens.DocBin().from_disk("x.spacy").get_docs(spacy.blank("en").vocab): print(json.dumps([d.text, {"entities": [[e.start_char, e.end_char, e.label_] for e in d.ents]}])).`,
  );
}
