import type { FormatName } from './annotatedText';
import { conlluDocuments } from './conlluDocuments';
import { doccanoDocuments, doccanoLines, readDoccano, writeDoccano } from './doccano';
import type { AnnotationFormat } from './format';
import { prodigyLines, readProdigy, writeProdigy } from './prodigy';
import { readBrat } from './readBrat';
import { readColumns } from './readColumns';
import { readConlluText } from './readConlluText';
import { readLabelStudio } from './readLabelStudio';
import { readTei } from './readTei';
import { readWebAnno } from './readWebAnno';
import { readSpacy, writeSpacy } from './spacy';
import { beginBrat, writeBrat } from './writeBrat';
import { beginColumns, writeColumns } from './writeColumns';
import { beginConllu, plusForm, writeConlluText } from './writeConlluText';
import { beginJsonLines } from './writeJsonLines';
import { writeLabelStudio } from './writeLabelStudio';
import { beginTei, writeTei } from './writeTei';
import { beginWebAnno, writeWebAnno } from './writeWebAnno';

/** Every format but the project's own, which is a text with its annotations beside it. */
export const annotationFormats: readonly AnnotationFormat[] = [
  {
    name: 'conllu',
    title: 'CoNLL-U',
    extensions: ['.conllu', '.conllup'],
    read: readConlluText,
    documents: (file, options) => () => conlluDocuments(file, options),
    write: writeConlluText,
    begin: beginConllu,
    formOf: plusForm,
  },
  columnFormat('conll2003', 'CoNLL-2003, IOB2', ['.conll', '.iob2', '.iob', '.bio']),
  columnFormat('bilou', 'BILOU', ['.bilou']),
  columnFormat('bioes', 'BIOES', ['.bioes']),
  {
    name: 'brat',
    title: 'brat standoff',
    extensions: ['.ann'],
    read: readBrat,
    write: (documents, _stem, options) => writeBrat(documents, options),
    begin: beginBrat,
  },
  {
    name: 'doccano',
    title: 'doccano JSON',
    extensions: ['.jsonl'],
    read: readDoccano,
    documents: doccanoDocuments,
    write: writeDoccano,
    begin: beginJsonLines(doccanoLines),
  },
  {
    name: 'prodigy',
    title: 'Prodigy JSON Lines',
    extensions: ['.jsonl'],
    read: readProdigy,
    write: writeProdigy,
    begin: beginJsonLines(prodigyLines),
  },
  {
    name: 'label-studio',
    title: 'Label Studio JSON',
    extensions: ['.json'],
    read: readLabelStudio,
    write: writeLabelStudio,
  },
  {
    name: 'webanno-tsv',
    title: 'WebAnno TSV 3',
    extensions: ['.tsv'],
    read: readWebAnno,
    write: (documents, _stem, options) => writeWebAnno(documents, options),
    begin: beginWebAnno,
  },
  {
    name: 'tei',
    title: 'TEI P5',
    extensions: ['.xml', '.tei'],
    read: readTei,
    write: (documents, _stem, options) => writeTei(documents, options),
    begin: beginTei,
  },
  {
    name: 'spacy',
    title: 'spaCy JSON',
    extensions: ['.json'],
    read: readSpacy,
    write: writeSpacy,
  },
];

function columnFormat(
  name: 'conll2003' | 'bilou' | 'bioes',
  title: string,
  extensions: readonly string[],
): AnnotationFormat {
  const scheme = name === 'conll2003' ? 'iob2' : name;
  return {
    name,
    title,
    extensions,
    read: (file, options) => readColumns(file, name, options),
    write: (documents, stem, options) => writeColumns(documents, stem, scheme, options),
    begin: beginColumns(scheme),
  };
}

/** @throws RangeError for a name that is none of `textFormats` */
export function annotationFormat(name: FormatName): AnnotationFormat {
  const format = annotationFormats.find((candidate) => candidate.name === name);
  if (!format) throw new RangeError(`There is no format "${name}".`);
  return format;
}
