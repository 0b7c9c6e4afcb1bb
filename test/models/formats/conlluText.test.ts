import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import type { AnnotatedText } from '../../../models/formats/annotatedText';
import type { ReadOptions } from '../../../models/formats/format';
import { annotationFormat } from '../../../models/formats/formats';
import { readConlluText } from '../../../models/formats/readConlluText';

const read = (text: string, options?: ReadOptions): AnnotatedText[] =>
  readConlluText({ name: 'x.conllu', text }, options);

const shown = ({ text, labels }: AnnotatedText): string[] =>
  labels.map(({ layer, label, start, end }) => `${layer} ${label} ${text.slice(start, end)}`);

/** A sentence of words, each `form` or `form|MISC`, with comments before it. */
const sentence = (comments: readonly string[], ...words: readonly string[]): string =>
  [
    ...comments.map((comment) => `# ${comment}`),
    ...words.map((word, k) => {
      const [form, misc = '_'] = word.split('|');
      const [id, shape] = form.includes('\t') ? form.split('\t') : [String(k + 1), form];
      return `${id}\t${shape}\t_\tX\t_\t_\t_\t_\t_\t${misc}`;
    }),
    '',
    '',
  ].join('\n');

describe('the text of CoNLL-U is its # text', () => {
  const cases: [what: string, file: string, text: string, words: string[]][] = [
    [
      'where SpaceAfter=No is missing',
      sentence(['text = Nora ran, then slept.'], 'Nora', 'ran', ',', 'then', 'slept|SpaceAfter=No', '.'),
      'Nora ran, then slept.\n',
      ['Nora', 'ran', ',', 'then', 'slept', '.'],
    ],
    [
      'with runs of blanks',
      sentence(['text = the TOOL  and   Map .'], 'the', 'TOOL', 'and', 'Map', '.'),
      'the TOOL  and   Map .\n',
      ['the', 'TOOL', 'and', 'Map', '.'],
    ],
    [
      'with no-break spaces between, inside and as words',
      sentence(['text = 10\u00a0km to New\u00a0York \u00a0'], '10', 'km', 'to', 'New\u00a0York', '\u00a0'),
      '10\u00a0km to New\u00a0York \u00a0\n',
      ['10', 'km', 'to', 'New\u00a0York', '\u00a0'],
    ],
    [
      'with words that hold blanks',
      sentence(['text = 10  000 people'], '10 000', 'people'),
      '10  000 people\n',
      ['10  000', 'people'],
    ],
    [
      'with words of two parts',
      sentence(['text = Vámonos  al mar.'], '1-2\tVámonos', '1\tvamos', '2\tnos', '3-4\tal', '4\tel').replace(
        /4\tel.*/,
        '3\ta\t_\tX\t_\t_\t_\t_\t_\t_\n4\tel\t_\tX\t_\t_\t_\t_\t_\t_\n5\tmar\t_\tX\t_\t_\t_\t_\t_\t_\n6\t.\t_\tX\t_\t_\t_\t_\t_\t_',
      ),
      'Vámonos  al mar.\n',
      ['Vámonos', 'Vámonos', 'al', 'al', 'mar', '.'],
    ],
    [
      'beside emoji, combining marks and right-to-left words',
      sentence(['text = 👩‍🔬, cafe\u0301  שרה!'], '👩‍🔬', ',', 'cafe\u0301', 'שרה', '!'),
      '👩‍🔬, cafe\u0301  שרה!\n',
      ['👩‍🔬', ',', 'cafe\u0301', 'שרה', '!'],
    ],
    [
      'sentence by sentence, and CRLF is not part of it',
      (
        sentence(['text = One ,two'], 'One', ',', 'two') + sentence(['newpar', 'text = Three.'], 'Three', '.')
      ).replaceAll('\n', '\r\n'),
      'One ,two\n\nThree.\n',
      ['One', ',', 'two', 'Three', '.'],
    ],
    [
      'and carriage returns alone end lines',
      sentence(['text = One.'], 'One', '.').replaceAll('\n', '\r'),
      'One.\n',
      ['One', '.'],
    ],
    [
      'but spacing in MISC is exact',
      sentence(['text = a b c'], 'a|SpacesAfter=\\s\\n', 'b', 'c|SpacesAfter=\\n'),
      'a \nb c\n',
      ['a', 'b', 'c'],
    ],
  ];
  for (const [what, file, text, words] of cases)
    it(what, () => {
      const [document] = read(file);
      assert.equal(document.text, text);
      assert.deepEqual(
        document.labels.map(({ start, end }) => text.slice(start, end)),
        words,
      );
      assert.equal(document.faults, undefined);
    });

  it('says where SpaceAfter has other blanks', () => {
    const [{ remarks }] = read(
      sentence(['text = a.'], 'a|SpaceAfter=No', '.') + sentence(['sent_id = 2', 'text = b.'], 'b', '.'),
    );
    assert.deepEqual(
      remarks?.map((remark) => remark.format()),
      ['x.conllu:6: SpaceAfter says other blanks than # text, which is taken.'],
    );
  });

  it('says where it has other words, and takes these', () => {
    const [{ text, faults, labels }] = read(
      sentence(['sent_id = 1', 'text = Nora walks.'], 'Nora', 'runs', '.') + sentence(['text = Hm'], 'Hm'),
    );
    assert.equal(text, 'Nora runs . Hm\n');
    assert.deepEqual(
      faults?.map((fault) => fault.format()),
      [
        'x.conllu:2: The words of the sentence are not those of its # text, and the words are taken. Correct one of the two.',
      ],
    );
    assert.equal(labels.length, 4);
  });

  it('names the first sentences of many', () => {
    const [{ faults = [] }] = read(sentence(['text = __'], '_').repeat(40));
    assert.equal(faults.length, 3);
    assert.match(faults[2].message, /, and so in 37 more sentences\.$/);
  });
});

describe('CoNLL-U Plus', () => {
  const plus = (columns: string, ...rows: string[]): string =>
    `# global.columns = ${columns}\n${rows.map((row) => row.replaceAll(' ', '\t')).join('\n')}\n\n`;
  const cases: [what: string, file: string, labels: string[], options?: ReadOptions][] = [
    [
      'some columns, one of another name',
      plus('ID FORM UPOS PARSEME:MWE', '1 Nora PROPN *', '2 left VERB 1:VID'),
      ['pos PROPN Nora', 'pos VERB left'],
    ],
    [
      'the same column as a layer',
      plus('ID FORM UPOS PARSEME:MWE', '1 Nora PROPN *', '2 left VERB 1:VID'),
      ['pos PROPN Nora', 'pos VERB left', 'parseme-mwe 1:VID left'],
      { layers: ['pos', 'parseme-mwe'] },
    ],
    [
      'another order',
      plus('UPOS NE FORM', 'PROPN B-PER Nora', 'VERB O left'),
      ['pos PROPN Nora', 'pos VERB left', 'ne PER Nora'],
    ],
    ['no numbers, lower case', plus('form misc', 'Nora NER=B-PER', 'left _'), ['ner PER Nora']],
    [
      'the header as a block of its own, after a comment',
      `# made by hand\n${plus('ID FORM UPOS')}# text = Nora\n1\tNora\tPROPN\n`,
      ['pos PROPN Nora'],
    ],
    ['CRLF', plus('ID FORM UPOS', '1 Nora PROPN').replaceAll('\n', '\r\n'), ['pos PROPN Nora']],
  ];
  for (const [what, file, labels, options] of cases) {
    it(what, () => assert.deepEqual(read(file, options).flatMap(shown), labels));

    it(`${what}: comes back, with its columns`, () => {
      const documents = read(file, options);
      const { files } = annotationFormat('conllu').write(documents, 'x');
      assert.deepEqual(files, [{ name: 'x.conllup', content: file }]);
      const [document] = documents;
      const renamed = { ...document, labels: document.labels.map((label) => ({ ...label, label: 'Z' })) };
      const again = read(annotationFormat('conllu').write([renamed], 'x').files[0].content, options);
      assert.deepEqual(
        again.flatMap(shown),
        labels.map((label) => label.replace(/ \S+ /, ' Z ')),
      );
    });
  }

  it('is written in ten columns where it has no place for a label', () => {
    const [document] = read(plus('ID FORM', '1 Nora', '2 left'));
    const label = { layer: 'ner', label: 'PER', start: 0, end: 4 };
    const [file] = annotationFormat('conllu').write([{ ...document, labels: [label] }], 'x').files;
    assert.equal(file.name, 'x.conllu');
    assert.match(file.content, /^1\tNora(\t_){7}\tNER=B-PER$/m);
  });

  const wrong: [file: string, message: string][] = [
    [
      plus('ID UPOS', '1 X'),
      'x.conllu:1: # global.columns names no column FORM, and without it there are no words to read.',
    ],
    [plus('ID FORM FORM', '1 a b'), 'x.conllu:1: # global.columns names FORM twice.'],
    [
      plus('ID FORM UPOS', '1 Nora'),
      'x.conllu:2: The line has 2 columns. # global.columns names 3, separated by tabs.',
    ],
    [
      '1\tNora\tX\n',
      'x.conllu:1: The line has 3 columns. CoNLL-U needs ten, separated by tabs; CoNLL-U Plus names',
    ],
  ];
  for (const [file, message] of wrong)
    it(message, () =>
      assert.throws(
        () => read(file),
        (error) => {
          assert.ok(error instanceof InputError);
          assert.ok(error.format().startsWith(message), error.format());
          return true;
        },
      ),
    );
});
