import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import type { AnnotatedText, FormatName, TextLabel } from '../../../models/formats/annotatedText';
import type { WriteOptions, Written } from '../../../models/formats/format';
import { annotationFormat, annotationFormats } from '../../../models/formats/formats';
import { guessFormat } from '../../../models/formats/recognizeFormat';
import { Random } from '../../../models/random';
import { documentOf, randomLabels, randomText } from './randomTexts';

const TEXT = 'Ada Lovelace wrote. She lived.\n';
const label = (start: number, end: number, more: Partial<TextLabel> = {}): TextLabel => ({
  layer: 'ner',
  label: 'PER',
  start,
  end,
  ...more,
});
const write = (format: FormatName, document: AnnotatedText, options?: WriteOptions): Written =>
  annotationFormat(format).write([document], 'text', options);
const content = ({ files }: Written): string => files.map((file) => file.content).join('');

/** Words and tags of the lines of BILOU. */
const tags = (written: Written): string => content(written).trim().replace(/\t/g, '/').replace(/\n+/g, ' ');

describe('labels that do not fit are reported before anything is written', () => {
  const inside = documentOf(TEXT, [label(4, 8)]); // "Love"

  it('a border inside a token: no file, one problem, four choices', () => {
    const { files, problems } = write('bilou', inside);
    assert.deepEqual(files, []);
    assert.equal(problems.length, 1);
    const [{ reason, message, choices }] = problems;
    assert.deepEqual([reason, choices], ['misaligned', ['out', 'split', 'skip']]);
    assert.equal(message, 'The label PER begins or ends inside a token.');
    assert.deepEqual(write('bilou', documentOf(TEXT, [label(0, 8)])).problems[0].choices, [
      'out',
      'in',
      'split',
      'skip',
    ]);
  });

  const choices: [choice: WriteOptions['misaligned'], span: [number, number], tags: string][] = [
    ['out', [4, 8], 'Ada/O Lovelace/U-PER wrote/O ./O She/O lived/O ./O'],
    ['out', [0, 8], 'Ada/B-PER Lovelace/L-PER wrote/O ./O She/O lived/O ./O'],
    ['in', [0, 8], 'Ada/U-PER Lovelace/O wrote/O ./O She/O lived/O ./O'],
    ['split', [4, 8], 'Ada/O Love/U-PER lace/O wrote/O ./O She/O lived/O ./O'],
    ['skip', [4, 8], 'Ada/O Lovelace/O wrote/O ./O She/O lived/O ./O'],
  ];
  for (const [misaligned, span, expected] of choices)
    it(`${String(misaligned)} at ${span.join('–')}`, () => {
      const written = write('bilou', documentOf(TEXT, [label(...span)]), { misaligned });
      assert.deepEqual(written.problems, []);
      assert.equal(tags(written), expected);
    });

  it('a label smaller than a token cannot shrink', () =>
    assert.equal(write('bilou', inside, { misaligned: 'in' }).problems.length, 1));

  it('skipping is counted', () =>
    assert.deepEqual(
      write('bilou', inside, { misaligned: 'skip' }).losses.map(({ what, count }) => [what, count]),
      [
        ['misaligned labels, as chosen', 1],
        ['records of spacing', 1],
      ],
    ));

  it('nested labels', () => {
    const nested = documentOf(TEXT, [label(0, 12), label(4, 12, { label: 'ORG' })]);
    for (const format of ['conllu', 'conll2003', 'bilou', 'bioes'] as const) {
      const [{ reason, choices: offered }] = write(format, nested).problems;
      assert.deepEqual([reason, offered], ['overlap', ['longest', 'shortest']]);
    }
    assert.match(tags(write('bilou', nested, { overlaps: 'longest' })), /^Ada\/B-PER Lovelace\/L-PER /);
    assert.match(tags(write('bilou', nested, { overlaps: 'shortest' })), /^Ada\/O Lovelace\/U-ORG /);
    for (const format of ['brat', 'doccano', 'prodigy', 'label-studio', 'webanno-tsv'] as const)
      assert.deepEqual(write(format, nested).problems, []);
  });

  it('a label over the border of sentences joins them, and says so', () => {
    const written = write('bilou', documentOf(TEXT, [label(13, 23)]));
    assert.equal(content(written).split('\n\n').length, 2);
    assert.ok(written.losses.some(({ what }) => what === 'borders of sentences that labels cross'));
  });

  it('labels of several parts', () => {
    const parts = [
      { start: 0, end: 3 },
      { start: 13, end: 18 },
    ];
    const document = documentOf(TEXT, [label(0, 18, { parts })]);
    for (const { name } of annotationFormats) {
      const { problems } = write(name, document);
      if (name === 'brat') assert.deepEqual(problems, []);
      else
        assert.deepEqual(
          problems.map(({ choices: offered }) => offered),
          [['cover', 'split', 'skip']],
        );
    }
    assert.match(
      tags(write('bilou', document, { discontinuous: 'cover' })),
      /^Ada\/B-PER Lovelace\/I-PER wrote\/L-PER/,
    );
    assert.match(
      tags(write('bilou', document, { discontinuous: 'split' })),
      /^Ada\/U-PER Lovelace\/O wrote\/U-PER/,
    );
    assert.match(tags(write('bilou', document, { discontinuous: 'skip' })), /^Ada\/O/);
    assert.match(content(write('brat', document)), /^T1\tPER 0 3;13 18\tAda wrote$/m);
  });

  it('half a character, where whole ones are counted', () => {
    const document = documentOf('😀 Ada', [label(1, 6)]);
    for (const format of ['brat', 'prodigy', 'label-studio'] as const) {
      assert.deepEqual(
        write(format, document).problems.map(({ reason }) => reason),
        ['misaligned'],
      );
      assert.deepEqual(write(format, document, { misaligned: 'out' }).problems, []);
    }
    assert.match(content(write('prodigy', document, { misaligned: 'out' })), /"start":0,"end":5/);
    assert.match(content(write('prodigy', document, { misaligned: 'in' })), /"start":1,"end":5/);
    assert.match(content(write('doccano', document)), /\[1,6,"PER"\]/);
  });

  it('white space, which token formats cannot label', () => {
    const document = documentOf('Ada  wrote', [label(3, 5)]);
    for (const format of ['conllu', 'bilou', 'webanno-tsv'] as const) {
      assert.deepEqual(
        write(format, document).problems.map(({ reason }) => reason),
        ['no-text'],
      );
      assert.deepEqual(write(format, document, { misaligned: 'skip' }).problems, []);
    }
  });

  it('two layers, where a format holds one', () => {
    const document = documentOf(TEXT, [label(0, 3), label(13, 18, { layer: 'event' })]);
    for (const format of ['brat', 'doccano', 'prodigy'] as const) {
      assert.deepEqual(
        write(format, document).problems.map(({ choices: offered }) => offered),
        [['event', 'ner']],
      );
      assert.deepEqual(write(format, document, { layers: ['event'] }).problems, []);
    }
    assert.match(tags(write('bilou', document, { layers: ['event'] })), /^Ada\/O Lovelace\/O wrote\/U-PER/);
    assert.ok(write('bilou', document).losses.some(({ severity }) => severity === 'content'));
    for (const format of ['conllu', 'label-studio', 'webanno-tsv'] as const) {
      const { files } = write(format, document);
      const [again] = annotationFormat(format).read({ name: files[0].name, text: files[0].content });
      assert.deepEqual(again.labels.map(({ layer }) => layer).sort(), ['event', 'ner']);
    }
  });

  it('parts of speech that cover two tokens, or stand twice', () => {
    const document: AnnotatedText = {
      ...documentOf(TEXT, [
        label(0, 12, { layer: 'pos', label: 'PROPN' }),
        label(13, 18, { layer: 'pos', label: 'VERB' }),
        label(13, 18, { layer: 'pos', label: 'X' }),
      ]),
      layers: [{ name: 'pos', kind: 'token' }],
    };
    assert.deepEqual(
      write('conllu', document).problems.map(({ reason }) => reason),
      ['misaligned', 'overlap'],
    );
  });

  it('notes, times, annotators, confidences and decisions', () => {
    const decided = { note: 'sure', time: '2026-01-01T00:00:00Z', annotator: 'me', confidence: 0.5 };
    const document = documentOf(TEXT, [
      label(0, 12, decided),
      label(20, 23, { state: 'rejected' }),
      label(0, 19, { layer: '@reviewed', label: '*' }),
    ]);
    const lost = (format: FormatName): string[] =>
      write(format, document).losses.map(({ what, severity }) => `${severity}: ${what}`);
    assert.deepEqual(lost('doccano'), [
      'trace: marks of reviewed sentences',
      'trace: rejected suggestions',
      'content: notes',
      'trace: confidences',
      'trace: names of annotators',
      'trace: times',
    ]);
    assert.ok(!lost('brat').includes('content: notes'));
    assert.ok(!lost('label-studio').includes('content: notes'));
    assert.ok(!lost('label-studio').includes('trace: confidences'));
    assert.ok(!lost('prodigy').includes('trace: rejected suggestions'));
  });

  it('columns and relations of another format', () => {
    const [document] = annotationFormat('conllu').read({
      name: 'x.conllu',
      text: '1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\t_\n\n',
    });
    assert.deepEqual(
      write('conll2003', document)
        .losses.filter(({ severity }) => severity === 'content')
        .map(({ what }) => what),
      ['columns of lemmas', 'columns of dependencies'],
    );
  });

  it('every random label is written, skipped as chosen, or a problem', () => {
    const random = new Random(23);
    for (let round = 0; round < 80; round++) {
      const text = randomText(random, 1 + random.below(20));
      const labels = randomLabels(random, text, { anywhere: true, overlaps: true });
      for (const format of ['conllu', 'conll2003', 'bilou', 'bioes'] as const)
        for (const misaligned of [undefined, 'out', 'in', 'split', 'skip'] as const) {
          const options = { misaligned, overlaps: 'longest' } as const;
          const { problems, losses, files } = write(format, documentOf(text, labels), options);
          if (problems.length) {
            assert.deepEqual(files, []);
            continue;
          }
          const [again] = annotationFormat(format).read({ name: files[0].name, text: files[0].content });
          const skipped = losses.filter(({ what }) => what.endsWith('as chosen'));
          const count = skipped.reduce((sum, loss) => sum + loss.count, 0);
          assert.equal(again.labels.length + count, labels.length, `${format} ${String(misaligned)}`);
        }
    }
  });
});

describe('broken files are named with line and remedy', () => {
  const cases: [format: FormatName, name: string, text: string, message: string, companion?: string][] = [
    ['conllu', 'x.conllu', '1\ta\n', 'x.conllu:1: The line has 2 columns.'],
    ['conll2003', 'x.conll', 'a O\nb PER\n', 'x.conll:2: The tag "PER" is not BIO.'],
    ['conll2003', 'x.conll', 'a O\nb\n', 'x.conll:2: The line has 1 column, and line 1 has 2.'],
    ['bilou', 'x.bilou', 'word\n', 'x.bilou:1: The line has 1 column, not a token and a tag.'],
    ['brat', 'x.ann', 'T1\tPER 0 3\tBob\n', 'x.ann:1: The text at 0–3 is "Ada", not "Bob".', 'Ada'],
    [
      'brat',
      'x.ann',
      'T1\tPER 0 9\tAda\n',
      'x.ann:1: The label PER ends at 9, and the text has 3 characters.',
      'Ada',
    ],
    ['brat', 'x.ann', 'T1 PER 0 3 Ada\n', 'x.ann:1: The line does not begin with an id and a tab.', 'Ada'],
    ['brat', 'x.ann', 'T1\tPER 3 0\tAda\n', 'x.ann:1: The line is not an id, a type', 'Ada'],
    ['brat', 'x.ann', 'T1\tA 0 3\tAda\nT1\tB 0 3\tAda\n', 'x.ann:2: Duplicate id T1.', 'Ada'],
    ['doccano', 'x.jsonl', '{"text":"a"}\n{"text":\n', 'x.jsonl:2: The line is not JSON.'],
    ['doccano', 'x.json', '[\n{"text":"a"},\n{"text":"b",}\n]', 'x.json:3: The file is not JSON.'],
    [
      'doccano',
      'x.jsonl',
      '{"text":"a","label":[[0,1]]}',
      'x.jsonl:1: The field "label[0]" is missing or wrong.',
    ],
    [
      'doccano',
      'x.jsonl',
      '{"text":"a","label":[[0,2,"X"]]}',
      'x.jsonl:1: The label X is at 0–2, and the text has 1 characters.',
    ],
    [
      'doccano',
      'x.jsonl',
      '{"text":"a","label":[[1,1,"X"]]}',
      'x.jsonl:1: The label X at 1 covers no text, and a label here needs some.',
    ],
    ['prodigy', 'x.jsonl', '{"spans":[]}', 'x.jsonl:1: The field "text" is missing or wrong.'],
    [
      'label-studio',
      'x.json',
      '[{"data":{"a":"x","b":"y"}}]',
      'x.json:1: The data of task number 1 of the file holds several texts: a, b.',
    ],
    [
      'label-studio',
      'x.json',
      '[{"id":3,"data":{"turns":[{"author":"A","text":"Ada left"}]}}]',
      'x.json:1: The data of task 3 is a dialogue or a list, whose paragraphs cannot be read.',
    ],
    [
      'label-studio',
      'x.json',
      '[{"id":3,"data":{"text":"/data/upload/3/x.txt"},"annotations":[{"result":[{"type":"labels","value":{"start":0,"end":3,"text":"Ada","labels":["X"]}}]}]}]',
      'x.json:1: The text of task 3 is not in the export, only its address: /data/upload/3/x.txt.',
    ],
    [
      'doccano',
      'x.jsonl',
      '{"text":"Ada","label":[[0,3,"X"]]}\n{"text":"Ada","label":[{"start":0,"end":3,"label":"X"}]}',
      'x.jsonl:2: The field "label[0]" is missing or wrong.',
    ],
    [
      'webanno-tsv',
      'x.tsv',
      '#FORMAT=WebAnno TSV 3.2\n#T_SP=webanno.custom.Host|kind|value\n\n\n#Text=Ada\n1-1\t0-3\tAda\tX\t\n',
      'x.tsv:6: The line has 1 column of layers, and the header names 2.',
    ],
    ['label-studio', 'x.json', '[1]', 'x.json:1: The value is not an object.'],
    [
      'label-studio',
      'x.json',
      '[{"data":{"text":"Ada"},"annotations":[{"result":[{"type":"labels","value":{"start":0,"end":1,"text":"B","labels":["X"]}}]}]}]',
      'x.json:1: The label X (a region of task number 1 of the file) at 0–1 says "B", and the text there is "A".',
    ],
    ['webanno-tsv', 'x.tsv', 'a\tb\n', 'x.tsv:1: The file does not begin with'],
    [
      'webanno-tsv',
      'x.tsv',
      '#FORMAT=WebAnno TSV 3.3\n\n\n#Text=Ada\n1-1\t0-3\tBob\n',
      'x.tsv:5: The text at 0-3 is "Ada", not "Bob".',
    ],
    [
      'webanno-tsv',
      'x.tsv',
      '#FORMAT=WebAnno TSV 3.3\n\n\n#Text=Ada\n1-1\t0\tBob\n',
      'x.tsv:5: The line is not a token',
    ],
  ];
  for (const [format, name, text, message, companion] of cases)
    it(`${format}: ${message}`, () =>
      assert.throws(
        () => annotationFormat(format).read({ name, text, companion }),
        (error) => {
          assert.ok(error instanceof InputError);
          assert.ok(error.format().startsWith(message), error.format());
          assert.ok(error.remedy.endsWith('.'));
          return true;
        },
      ));

  it('a file that no one can place', () =>
    assert.throws(() => guessFormat('x.jsonl', '{"a":1}'), /No format that can be read has/));
});
