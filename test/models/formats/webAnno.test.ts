import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import type { AnnotatedText } from '../../../models/formats/annotatedText';
import { annotationFormat } from '../../../models/formats/formats';
import { guessFormat } from '../../../models/formats/recognizeFormat';

const NER = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity';
const codec = annotationFormat('webanno-tsv');

const tsv = (version: string, layers: readonly string[], ...lines: readonly string[]): string =>
  [`#FORMAT=WebAnno TSV ${version}`, ...layers.map((layer) => `#T_SP=${layer}`), '', '', ...lines, ''].join(
    '\n',
  );
const read = (text: string): AnnotatedText => codec.read({ name: 'a.tsv', text })[0];
const shown = ({ text, labels }: AnnotatedText): string[] =>
  labels.map(({ layer, label, start, end }) => `${layer} ${label} "${text.slice(start, end)}"`);

const SLOT = 'ROLE_webanno.custom.Move:args_webanno.custom.MoveArgsLink|uima.tcas.Annotation';

interface Case {
  readonly what: string;
  readonly content: string;
  readonly text?: string;
  readonly labels: readonly string[];
  readonly faults?: readonly string[];
}

const CASES: readonly Case[] = [
  {
    what: 'the value behind slots',
    content: tsv(
      '3.3',
      [`webanno.custom.Move|${SLOT}|kind`, 'webanno.custom.Thing|value'],
      '#Text=Ann flew home',
      '1-1\t0-3\tAnn\t_\t_\t_\tperson[2]\t',
      '1-2\t4-8\tflew\twho;where\t1-1[2];1-3[3]\ttravel\t_\t',
      '1-3\t9-13\thome\t_\t_\t_\tplace[3]\t',
    ),
    labels: ['Move travel "flew"', 'Thing person "Ann"', 'Thing place "home"'],
  },
  {
    what: 'the value before slots, and two slots',
    content: tsv(
      '3.3',
      [`webanno.custom.Move|value|${SLOT}|${SLOT}`],
      '#Text=Ann flew home',
      '1-1\t0-3\tAnn\t_\t_\t_\t_\t_\t',
      '1-2\t4-8\tflew\ttravel[1]|move[2]\twho|where\t1-1|1-3\t_|_\t_|_\t',
      '1-3\t9-13\thome\ttravel[1]\t_\t_\t_\t_\t',
    ),
    labels: ['Move travel "flew home"', 'Move move "flew"'],
  },
  {
    what: 'slots alone, filled and empty',
    content: tsv(
      '3.3',
      [`webanno.custom.Host|${SLOT}`],
      '#Text=Ann flew home',
      '1-1\t0-3\tAnn\t_\t*\t',
      '1-2\t4-8\tflew\twho;where\t1-1;1-3\t',
      '1-3\t9-13\thome\t_\t_\t',
    ),
    labels: ['Host * "Ann"', 'Host * "flew"'],
  },
  {
    what: 'a null value beside an empty slot',
    content: tsv(
      '3.3',
      [`webanno.custom.Host|${SLOT}|kind`],
      '#Text=Ann flew',
      '1-1\t0-3\tAnn\t_\t*\t*\t',
      '1-2\t4-8\tflew\t_\t_\t_\t',
    ),
    labels: ['Host * "Ann"'],
  },
  {
    what: 'labels without length beside others, on a sub-token and between tokens',
    content: tsv(
      '3.3',
      ['webanno.custom.Gap|value'],
      '#Text=Ann flew home',
      '1-1\t0-3\tAnn\tPER\t',
      '1-1.1\t0-0\t\tX[1]\t',
      '1-1.2\t3-3\t\tY|Z\t',
      '1-2\t4-8\tflew\t_\t',
      '1-3\t9-13\thome\tLOC\t',
    ),
    labels: ['Gap PER "Ann"', 'Gap LOC "home"'],
    faults: [
      'a.tsv:7: The label X (Gap) at 0',
      'a.tsv:8: The label Y (Gap) at 3',
      'a.tsv:8: The label Z (Gap) at 3',
    ],
  },
  {
    what: 'a label whose first unit has no length',
    content: tsv(
      '3.3',
      [`${NER}|value`],
      '#Text=Ann flew',
      '1-1\t0-3\tAnn\t_\t',
      '1-1.1\t3-3\t\tA[7]\t',
      '1-2\t4-8\tflew\tA[7]\t',
    ),
    labels: ['ner A " flew"'],
  },
  {
    what: 'escapes of Java up to 3.1',
    content: tsv(
      '3.1',
      [`${NER}|value`],
      '#Text=Z\\u00FCrich\\t\\"ruft\\" \\uD83D\\uDE00 \\\\ \\101',
      '1-1\t0-6\tZürich\tLOC\t',
      '1-2\t7-13\t"ruft"\t_\t',
      '1-3\t14-16\t😀\t_\t',
      '1-4\t17-18\t\\\t_\t',
      '1-5\t19-20\tA\t_\t',
    ),
    text: 'Zürich\t"ruft" 😀 \\ A\n',
    labels: ['ner LOC "Zürich"'],
  },
  {
    what: 'the same signs from 3.2 on, where they are no escapes',
    content: tsv(
      '3.2',
      [`${NER}|value`],
      '#Sentence.id=7',
      '#Text=Z\\u00FC\\tx',
      '1-1\t0-7\tZ\\u00FC\tLOC\t',
      '1-2\t8-9\tx\t_\t',
    ),
    text: 'Z\\u00FC\tx\n',
    labels: ['ner LOC "Z\\u00FC"'],
  },
  {
    what: 'code points, which scripts in Python count',
    content: tsv(
      '3.3',
      [`${NER}|value`],
      '#Text=😀 Ann',
      '1-1\t0-1\t😀\t_\t',
      '1-2\t2-5\tAnn\tPER\t',
      '',
      '#Text=👍 Bo שרה',
      '2-1\t6-7\t👍\t_\t',
      '2-2\t8-10\tBo\tPER\t',
      '2-3\t11-14\tשרה\tPER\t',
    ),
    text: '😀 Ann\n👍 Bo שרה\n',
    labels: ['ner PER "Ann"', 'ner PER "Bo"', 'ner PER "שרה"'],
  },
  {
    what: 'two layers of one short name, and CR LF',
    content: tsv(
      '3.3',
      ['webanno.custom.A|value', 'other.A|value'],
      '#Text=Ann',
      '1-1\t0-3\tAnn\tx\ty\t',
    ).replace(/\n/g, '\r\n'),
    labels: ['A x "Ann"', 'A2 y "Ann"'],
  },
];

describe('WebAnno TSV 3.1 to 3.3', () => {
  for (const { what, content, text, labels, faults = [] } of CASES)
    it(what, () => {
      const document = read(content);
      assert.deepEqual(shown(document), labels);
      if (text !== undefined) assert.equal(document.text, text);
      const messages = (document.faults ?? []).map((fault) => fault.format());
      assert.equal(messages.length, faults.length);
      for (const [k, message] of messages.entries())
        assert.ok(message.startsWith(`${faults[k]} covers no text`), message);
      assert.equal(codec.write([document], 'x').files[0].content, content);
      // Written anew it says the same, and nothing that is refused.
      const { source: _, ...fresh } = document;
      const { files, problems } = codec.write([fresh], 'x', { misaligned: 'skip' });
      assert.deepEqual(problems, []);
      const again = read(files[0].content);
      assert.deepEqual(again.faults, undefined);
      assert.equal(again.labels.length, labels.length);
    });

  it('refuses a file whose labels all cover nothing, with the line of the first', () =>
    assert.throws(
      () => read(tsv('3.3', [`${NER}|value`], '#Text=Ann', '1-1\t0-3\tAnn\t_\t', '1-1.1\t0-0\t\tX\t')),
      (error) => error instanceof InputError && error.format().startsWith('a.tsv:7: The label X (ner) at 0'),
    ));

  const OLDER: [what: string, text: string][] = [
    ['TSV 1', '#id=1\n#text=Ann flew\n1\tAnn\tB-PER\n2\tflew\tO\n'],
    [
      'TSV 2',
      ` # ${NER} | value # de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS | PosValue\n#id=1\n#text=Ann\n1-1\tAnn\tPER\tNNP\n`,
    ],
    [
      "TSV 2 of a layer of one's own",
      '# webanno.custom.Mood | value\r\n#id=1\r\n#text=Ann\r\n1-1\tAnn\tgood\r\n',
    ],
  ];
  for (const [what, text] of OLDER)
    it(`names ${what} as such`, () => {
      assert.equal(guessFormat('a.tsv', text), 'webanno-tsv');
      assert.throws(() => read(text), /The file is in WebAnno TSV 1 or 2, which has no offsets\./);
    });
});
