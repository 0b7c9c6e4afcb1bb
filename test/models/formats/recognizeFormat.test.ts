import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import { guessFormat } from '../../../models/formats/recognizeFormat';

const SHAPES =
  'Write each text as {"text": "Mira left.", "label": [[0, 4, "PER"]]} on a line, or its words and tags in columns.';
const CHECK = 'Check for a missing quote, comma or bracket, or a value such as NaN.';
const ten = '1\tNora\t_\tX\t_\t_\t0\troot\t_\tNER=B-PER\n';

describe('the format of a file', () => {
  const cases: [name: string, text: string, format: string][] = [
    ['train.txt', '-DOCSTART- -X- -X- O\n\nNora NNP B-NP B-PER\nran VBD B-VP O\n', 'conll2003'],
    ['gold.conll.txt', 'Nora I-PER\nran O\n', 'conll2003'],
    ['one.txt', 'Nora B-PER\n', 'conll2003'],
    ['b.md', 'Nora\tS-PER\nran\tO\n', 'bioes'],
    ['c.txt', '1\tNora\tB-PER\tO\n2\tran\tO\tO\n', 'conll2003'],
    ['d.txt', ten, 'conllu'],
    ['broken.txt', `${'Nora B-PER\nran O\n'.repeat(9)}oops\n`, 'conll2003'],
    ['prose.txt', 'Type O\n', 'glossator'],
    ['poem.txt', 'O wind\nO rain\nO sea\n', 'glossator'],
    ['list.md', '- one\n- two\n', 'glossator'],
    ['song.txt', '[Chorus] Nora left.', 'glossator'],
    ['folio.txt', '[fol. 12r]\n\nNora left.\n', 'glossator'],
    ['badge.md', '[![Build](http://x.y/b.svg)](http://x.y)\n', 'glossator'],
    ['brace.txt', '{left} of here', 'glossator'],
    ['empty.txt', '', 'glossator'],
    ['a.conll', '[\tO\nNora\tB-PER\n]\tO\n', 'conll2003'],
    ['a.conll', '{ O\nNora B-PER\n', 'conll2003'],
    ['a.conll', ten, 'conllu'],
    ['a.tsv', 'E-mail\tO\nU-Bahn\tB-MISC\n', 'conll2003'],
    ['a.conll', 'U-Bahn NN B-NP O\nNora NNP B-NP U-PER\n', 'bilou'],
    ['a.conll', `${ten}3\tbroken\t_\tX\t_\t_\t0\troot\t_\t_\n`, 'conllu'],
    ['a.conllup', '# global.columns = ID FORM\n1\tNora\n', 'conllu'],
    ['eng.testa', 'Nora NNP I-NP I-PER\nran VBD I-VP O\n', 'conll2003'],
    ['noname', '# global.columns = ID FORM\n1\tNora\n', 'conllu'],
    ['x.json', '[{"id":1,"text":"Nora ran.","label":[[0,4,"PER"]]}]', 'doccano'],
    ['x.json', '[["Nora ran.",{"entities":[[0,4,"PER"]]}]]', 'spacy'],
    ['x.json', '[["Nora ran.",[[0,4,"PER"]]]]', 'spacy'],
    ['x.json', '{"classes":["PER"],"annotations":[["Nora ran.",{"entities":[[0,4,"PER"]]}]]}', 'spacy'],
    ['x.json', '[{"data":{"text":"Nora"},"annotations":[]}]', 'label-studio'],
    ['x.jsonl', '{"text":"Nora ran.","spans":[]}\n', 'prodigy'],
    ['x.jsonl', '{"text":"Nora ran.","label":[]}\n', 'doccano'],
    ['x.tsv', '#FORMAT=WebAnno TSV 3.3\n\n\n#Text=Nora\n1-1\t0-4\tNora\t\n', 'webanno-tsv'],
    ['x.ann', 'T1\tPER 0 4\tNora\n', 'brat'],
    ['x.conll', 'Nora B-PER\rran O\r', 'conll2003'],
  ];
  for (const [name, text, format] of cases)
    it(`${name} ${JSON.stringify(text.slice(0, 40))}`, () => assert.equal(guessFormat(name, text), format));

  const asked: [name: string, text: string, sentence: string][] = [
    [
      'export.txt',
      '{"text":"Nora ran.","label":[[0,4,"PER"]]}\n',
      'export.txt: The file may be a plain text or doccano JSON. Say which: --from glossator or --from doccano.',
    ],
    ['x.jsonl', '{"a":1}', `x.jsonl: No format that can be read has records with these fields: a. ${SHAPES}`],
    ['x.json', '[1]', `x.json: The file holds JSON of no format that can be read. ${SHAPES}`],
    ['x.json', '[]', 'x.json: The file holds no records. Export it again.'],
    ['x.jsonl', '', 'x.jsonl: The file holds no records. Export it again.'],
    ['x.jsonl', '\n{"text":"Nora","label":[],}\n', `x.jsonl:2: The line is not JSON. ${CHECK}`],
    ['x.jsonl', '{"text":"Nora","score":NaN,"label":[]}\n', `x.jsonl:1: The line is not JSON. ${CHECK}`],
    ['x.json', '[("Nora ran.", {"entities": [(0, 4, "PER")]})]', `x.json: The file is not JSON. ${CHECK}`],
    [
      'x.jsonl',
      '{\n "text": "Nora",\n "label": []\n}\n{\n "text": "Liv",\n "label": []\n}\n',
      'x.jsonl:4: Here a record ends and another begins, each written over several lines. Write each on one line, as jq -c does, or all of them as one list.',
    ],
    [
      'table.tsv',
      'annotation_id\ttext\tlabel\n1\tNora ran\t[{}]\n',
      'table.tsv: Labels in a table of Label Studio are not read. Export the project as JSON.',
    ],
    [
      'words.csv',
      'Word,Tag\nNora,B-PER\n',
      'words.csv: Labels in CSV are not read. Export the project as JSON, or save a table of words and tags with tabs between its columns, as .tsv.',
    ],
    [
      'x.jsonl',
      '{"text":"Nora"}\n',
      'x.jsonl: The file may be doccano JSON or Prodigy JSON Lines. Say which: --from doccano or --from prodigy.',
    ],
    ['x.foo', 'Nora ran.\n', 'x.foo: The format of the file is not clear. Name it with --from.'],
  ];
  for (const [name, text, sentence] of asked)
    it(`asks: ${sentence}`, () =>
      assert.throws(
        () => guessFormat(name, text),
        (error) => error instanceof InputError && assert.equal(error.format(), sentence) === undefined,
      ));
});
