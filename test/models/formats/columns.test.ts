import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import type { AnnotatedText } from '../../../models/formats/annotatedText';
import type { ReadOptions } from '../../../models/formats/format';
import { annotationFormat } from '../../../models/formats/formats';
import { readColumns } from '../../../models/formats/readColumns';

const read = (text: string, options?: ReadOptions): AnnotatedText[] =>
  readColumns({ name: 'x.conll', text }, 'conll2003', options);

const shown = ({ text, labels }: AnnotatedText): string[] =>
  labels.map(({ layer, label, start, end }) => `${layer} ${label} ${text.slice(start, end)}`);

interface Case {
  readonly what: string;
  readonly text: string;
  readonly options?: ReadOptions;
  /** The texts of the documents. */
  readonly texts: readonly string[];
  readonly labels: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: 'CoNLL-2003: only entities, unless asked for more',
    text: '-DOCSTART- -X- -X- O\n\nNora NNP B-NP B-PER\nran VBD B-VP O\n',
    texts: ['Nora ran\n'],
    labels: ['ner PER Nora'],
  },
  {
    what: 'CoNLL-2003 with parts of speech and chunks',
    text: 'Nora NNP B-NP B-PER\nran VBD B-VP O\n',
    options: { layers: ['pos', 'chunk', 'ner'] },
    texts: ['Nora ran\n'],
    labels: ['pos NNP Nora', 'pos VBD ran', 'chunk NP Nora', 'chunk VP ran', 'ner PER Nora'],
  },
  {
    what: 'German chunks',
    text: 'Nora NE I-NC I-PER\nlief VVFIN I-VC O\n',
    texts: ['Nora lief\n'],
    labels: ['ner PER Nora'],
  },
  {
    what: 'chunks alone',
    text: 'The DT B-NP\nbell NN I-NP\nrang VBD B-VP\n',
    texts: ['The bell rang\n'],
    labels: ['chunk NP The bell', 'chunk VP rang'],
  },
  {
    what: 'numbers first, two columns of entities, sources in comments with tabs',
    text: '#\thttp://example.org/bell\t[2011-04-05]\n1\tNora\tB-PER\tO\n2\tbesucht\tO\tO\n3\tBergen\tB-LOC\tB-LOCderiv\n4\t.\tO\tO\n',
    texts: ['Nora besucht Bergen .\n'],
    labels: ['ner PER Nora', 'ner LOC Bergen', 'ner-inner LOCderiv Bergen'],
  },
  {
    what: 'numbers first from 0, parts of speech',
    text: '0 Nora NNP B-PER\n1 ran VBD O\n\n0 Liv NNP B-PER\n',
    texts: ['Nora ran\nLiv\n'],
    labels: ['ner PER Nora', 'ner PER Liv'],
  },
  {
    what: 'numbers that begin anew without an empty line',
    text: '1 Nora NNP B-NP I-PER\n2 ran VBD B-VP O\n1 Liv NNP B-NP I-PER\n2 slept VBD B-VP O\n',
    texts: ['Nora ran Liv slept\n'],
    labels: ['ner PER Nora', 'ner PER Liv'],
  },
  {
    what: 'numbers that count through the file',
    text: '1\tNora\tB-PER\n2\tran\tO\n\n3\tLiv\tB-PER\n4\tslept\tO\n',
    texts: ['Nora ran\nLiv slept\n'],
    labels: ['ner PER Nora', 'ner PER Liv'],
  },
  {
    what: 'numbers of the sentences',
    text: '1\tNora\tB-PER\n1\tran\tO\n2\tLiv\tB-PER\n2\tslept\tO\n',
    texts: ['Nora ran Liv slept\n'],
    labels: ['ner PER Nora', 'ner PER Liv'],
  },
  {
    what: 'names of documents and their parts before the numbers',
    text: 'bc/x 0 0 Nora NNP B-PER\nbc/x 0 1 ran VBD O\n\nbc/y 1 0 Liv NNP B-PER\nbc/y 1 1 slept VBD O\n',
    texts: ['Nora ran\nLiv slept\n'],
    labels: ['ner PER Nora', 'ner PER Liv'],
  },
  {
    what: 'numbers of which one is wrong',
    text: `${'1 Nora B-PER\n2 ran O\n\n'.repeat(6)}1 Liv B-PER\n3 ran O\n`,
    texts: [`${'Nora ran\n'.repeat(6)}Liv ran\n`],
    labels: [...Array<string>(6).fill('ner PER Nora'), 'ner PER Liv'],
  },
  {
    what: 'tokens that are numbers, beside a part of speech',
    text: '7 CD B-NUM\n7 CD O\n\n1 CD B-NUM\n',
    texts: ['7 7\n1\n'],
    labels: ['ner NUM 7', 'ner NUM 1'],
  },
  {
    what: 'tokens that are numbers',
    text: '1 B-NUM\n2 O\n\n1 B-NUM\n',
    texts: ['1 2\n1\n'],
    labels: ['ner NUM 1', 'ner NUM 1'],
  },
  {
    what: 'two nested columns behind a part of speech',
    text: 'Bergen NE B-ORG B-LOC\nBank NN I-ORG O\n\nOslo NE B-LOC O\n',
    texts: ['Bergen Bank\nOslo\n'],
    labels: ['ner ORG Bergen Bank', 'ner LOC Oslo', 'ner-inner LOC Bergen'],
  },
  {
    what: 'WNUT: tabs, hashtags, the token #, a line of a tab between sentences',
    text: '#fjord\tO\n#\tO\nNora\tB-person\n\t\nBlanks in\tB-product\n',
    texts: ['#fjord # Nora\nBlanks in\n'],
    labels: ['ner person Nora', 'ner product Blanks in'],
  },
  {
    what: 'comments between blanks, and the token #',
    text: '# made by hand\n# O\nNora B-PER\n# id = 7\n',
    texts: ['# Nora\n'],
    labels: ['ner PER Nora'],
  },
  {
    what: 'CoNLL-2012: brackets at fixed places, lines of different lengths, documents by name',
    text: [
      '#begin document (nw/a/00/a_0001); part 000',
      'nw/a/00/a_0001 0 0 The DT (TOP(NP* - - - - (ORG* * (3',
      'nw/a/00/a_0001 0 1 Bergen NNP * - - - - (GPE) (ARG0*) -',
      'nw/a/00/a_0001 0 2 Bank NNP *) - - - - *) * 3)',
      '',
      'nw/a/00/a_0001 0 0 Nora NNP (TOP*) - - - - (PERSON) * * (1)',
      '',
      '#end document',
      '#begin document (nw/a/00/a_0001); part 001',
      'nw/a/00/a_0001 1 0 Hm UH (TOP*) - - - - * * -',
      '#end document',
    ].join('\n'),
    texts: ['The Bergen Bank\nNora\n', 'Hm\n'],
    labels: ['ner ORG The Bergen Bank', 'ner GPE Bergen', 'ner PERSON Nora'],
  },
  {
    what: 'a row of headings, in another order',
    text: 'Tag\tLemma\tPOS\tWord\nB-PER\tNora\tNNP\tNora\nO\trun\tVBD\tran\n',
    texts: ['Nora ran\n'],
    labels: ['ner PER Nora'],
  },
  {
    what: 'headings that name layers of their own',
    text: 'token people places\nNora B-X O\nBergen O B-Y\n',
    texts: ['Nora Bergen\n'],
    labels: ['people X Nora', 'places Y Bergen'],
  },
  {
    what: 'declared columns: every one that has a name is taken',
    text: 'B-PER Nora x NNP\nO ran y VBD\n',
    options: { columns: 'people, token, _, pos' },
    texts: ['Nora ran\n'],
    labels: ['people PER Nora', 'pos NNP Nora', 'pos VBD ran'],
  },
  {
    what: 'declared columns of which more follow',
    text: 'a Nora B-PER 1 2\nb ran O 1\n',
    options: { columns: '-,token,ner,...' },
    texts: ['Nora ran\n'],
    labels: ['ner PER Nora'],
  },
  {
    what: 'declared columns without tags',
    text: 'Nora NNP\nran VBD\n',
    options: { columns: 'token,pos' },
    texts: ['Nora ran\n'],
    labels: ['pos NNP Nora', 'pos VBD ran'],
  },
  {
    what: 'CRLF, and blanks and tabs at the ends of lines',
    text: 'Nora\tB-PER\t\r\nran\tO \r\n\r\nLiv\tB-PER\r\n',
    texts: ['Nora ran\nLiv\n'],
    labels: ['ner PER Nora', 'ner PER Liv'],
  },
  {
    what: 'carriage returns alone',
    text: 'Nora B-PER\rran O\r\rLiv B-PER\r',
    texts: ['Nora ran\nLiv\n'],
    labels: ['ner PER Nora', 'ner PER Liv'],
  },
  {
    what: 'a no-break space, a zero-width space, a line separator and a byte order mark as tokens',
    text: '\u00a0 SYM O O\n\u200b SYM O O\n\u2028 SYM O O\n\ufeff SYM O B-X\nruns VBZ B-VP O\n',
    texts: ['\u00a0 \u200b \u2028 \ufeff runs\n'],
    labels: ['ner X \ufeff'],
  },
  {
    what: 'a no-break space and a blank inside tokens',
    text: 'New\u00a0Haven\tB-LOC\nNew York\tB-LOC\n',
    texts: ['New\u00a0Haven New York\n'],
    labels: ['ner LOC New\u00a0Haven', 'ner LOC New York'],
  },
  {
    what: 'a bracket first, emoji, combining marks, right-to-left',
    text: '[\tO\n👩‍🔬\tB-PER\ncafe\u0301\tB-LOC\nשרה\tB-PER\n',
    texts: ['[ 👩‍🔬 cafe\u0301 שרה\n'],
    labels: ['ner PER 👩‍🔬', 'ner LOC cafe\u0301', 'ner PER שרה'],
  },
];

describe('column files', () => {
  for (const { what, text, options, texts, labels } of cases) {
    it(what, () => {
      const documents = read(text, options);
      assert.deepEqual(
        documents.map((document) => document.text),
        texts,
      );
      assert.deepEqual(documents.flatMap(shown), labels);
    });

    it(`${what}: comes back, also when a label was changed and changed back`, () => {
      const written = (documents: readonly AnnotatedText[]): string =>
        annotationFormat('conll2003').write(documents, 'x').files[0].content;
      const feeds = text.includes('\n') ? text : text.replaceAll('\r', '\n');
      const documents = read(text, options);
      if (documents.length > 1) return;
      assert.equal(written(documents), feeds);
      const [document] = documents;
      const renamed = { ...document, labels: document.labels.map((label) => ({ ...label, label: 'Z' })) };
      const [again] = read(written([renamed]), options);
      assert.deepEqual(
        again.labels.map(({ start, end, label }) => [start, end, label]),
        document.labels.map(({ start, end }) => [start, end, 'Z']),
      );
    });
  }

  it('say which document is which', () => {
    const text = cases.find(({ what }) => what.startsWith('CoNLL-2012'))?.text ?? '';
    assert.deepEqual(
      read(text).map(({ name }) => name),
      ['nw_a_00_a_0001.000', 'nw_a_00_a_0001.001'],
    );
  });

  it('count what they leave out', () => {
    const [{ source, text }] = read('# from a feed\nok\tO\n\tO\nNora\tB-PER\n');
    assert.equal(text, 'ok Nora\n');
    assert.deepEqual(source?.traces, [
      { what: 'comments', count: 1 },
      { what: 'lines without a token', count: 1 },
    ]);
    const [blanks] = read('ok O\n O\nNora B-PER\n');
    assert.equal(blanks.text, 'ok Nora\n');
  });

  it('show what every column is, with three rows', () => {
    const [{ source }] = read('1\tNora\tB-PER\tO\tn\n2\tran\tO\tO\tn\n3\t!\tO\tO\t\n4\t?\tO\tO\tn\n');
    assert.deepEqual(
      source?.layout?.columns.map(({ role, samples }) => [
        role.is === 'layer' ? role.layer : role.is === 'left' ? role.because : role.is,
        ...samples,
      ]),
      [
        ['number', '1', '2', '3'],
        ['token', 'Nora', 'ran', '!'],
        ['ner', 'B-PER', 'O', 'O'],
        ['ner-inner', 'O', 'O', 'O'],
        ['unknown', 'n', 'n', ''],
      ],
    );
  });
});

describe('column files that cannot be read', () => {
  const wrong: [text: string, message: string, options?: ReadOptions][] = [
    ['ok\tO\n\tB-PER\n', 'x.conll:2: The token is empty, and has the tag B-PER.'],
    ['ok NN O\nran O\n', 'x.conll:2: The line has 2 columns, and line 1 has 3.'],
    ['# made\n\nok NN O\n\nran\n', 'x.conll:5: The line has 1 column, and line 3 has 3.'],
    ['\u00a0 SYM O O\nruns VBZ B-VP\n', 'x.conll:2: The line has 3 columns, and line 1 has 4.'],
    ['ok\tO\n\u00a0\n', 'x.conll:2: The line has 1 column, and line 1 has 2.'],
    ['word\n', 'x.conll:1: The line has 1 column, not a token and a tag.'],
    ['Nora NNP\nran VBD\n', 'x.conll:1: The tag "NNP" is not BIO. Write O, B-label or I-label, or say'],
    ['a O b\n', 'x.conll:1: The line has 3 columns, and --columns names 2.', { columns: 'token,ner' }],
    ['a O\n', 'One column of --columns must be the token.', { columns: 'ner,pos' }],
    ['a O\n', '--columns names ner twice.', { columns: 'token,ner,ner' }],
    ['a O\n', '"n r" is no name of a column.', { columns: 'token,n r' }],
    ['a (X*\n', 'x.conll:1: The brackets of "(X*" do not match.', { columns: 'token,ner' }],
  ];
  for (const [text, message, options] of wrong)
    it(message, () =>
      assert.throws(
        () => read(text, options),
        (error) => {
          assert.ok(error instanceof InputError);
          assert.ok(error.format().startsWith(message), error.format());
          assert.ok(error.remedy.endsWith('.'));
          return true;
        },
      ),
    );
});
