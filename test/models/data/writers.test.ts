import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnnotatedDocument } from '../../../models/data/annotatedDocument';
import { documentText } from '../../../models/data/conllu';
import { readConllu } from '../../../models/data/readConllu';
import { conlluExamples } from '../../../models/data/taggedExample';
import { writeConll2003 } from '../../../models/data/writeConll2003';
import { writeConllu } from '../../../models/data/writeConllu';
import { writeJsonl } from '../../../models/data/writeJsonl';
import { Random } from '../../../models/random';
import type { TokenPrediction } from '../../../models/taggers/prediction';
import type { Token } from '../../../models/text/span';
import { conlluProblems } from './conlluProblems';

function tagged(label: string): TokenPrediction {
  return { label, probability: 0.9, runnerUp: { label: 'X', probability: 0.1 } };
}

/** A document from sentences of tokens; `+` before a form joins it to the word before. */
function documentOf(
  source: string,
  sentences: string[][],
  spans: [number, number, string][] = [],
): AnnotatedDocument {
  let at = 0;
  return {
    id: 'a file.txt',
    source,
    sentences: sentences.map((forms) => {
      const tokens = forms.map((marked): Token => {
        const form = marked.replace(/^\+/, '');
        const start = source.indexOf(form, at);
        at = start + form.length;
        return { form, start, end: at, ...(marked === form ? {} : { joined: true }) };
      });
      return {
        sentence: { tokens, start: tokens[0].start, end: tokens[tokens.length - 1].end },
        layers: {
          pos: { kind: 'token', tags: tokens.map(() => tagged('NOUN')) },
          ner: {
            kind: 'span',
            spans: spans.map(([start, end, label]) => ({ start, end, label, probability: 0.8 })),
          },
        },
      };
    }),
  };
}

const DOCUMENT = documentOf(
  "Ada doesn't (yet).Go!\n \nBye",
  [['Ada', 'does', "+n't", '(', 'yet', ')', '.'], ['Go', '!'], ['Bye']],
  [[0, 1, 'PER']],
);

describe('writeConllu', () => {
  it('writes ranges, offsets, spacing and paragraphs', () => {
    const text = [...writeConllu(DOCUMENT)].join('');
    assert.deepEqual(conlluProblems(text), []);
    assert.equal(
      text.split('\n\n')[0],
      [
        '# newdoc id = a file.txt',
        '# newpar',
        '# sent_id = 1',
        "# text = Ada doesn't (yet).",
        '1\tAda\t_\tNOUN\t_\t_\t_\t_\t_\tNER=B-PER|TokenRange=0:3',
        "2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\tTokenRange=4:11",
        '2\tdoes\t_\tNOUN\t_\t_\t_\t_\t_\tTokenRange=4:8',
        "3\tn't\t_\tNOUN\t_\t_\t_\t_\t_\tTokenRange=8:11",
        '4\t(\t_\tNOUN\t_\t_\t_\t_\t_\tSpaceAfter=No|TokenRange=12:13',
        '5\tyet\t_\tNOUN\t_\t_\t_\t_\t_\tSpaceAfter=No|TokenRange=13:16',
        '6\t)\t_\tNOUN\t_\t_\t_\t_\t_\tSpaceAfter=No|TokenRange=16:17',
        '7\t.\t_\tNOUN\t_\t_\t_\t_\t_\tSpaceAfter=No|TokenRange=17:18',
      ].join('\n'),
    );
    assert.equal(documentText(readConllu(text)), "Ada doesn't (yet).Go!\n\nBye\n");
    assert.deepEqual(conlluExamples(text, { layer: 'ner', kind: 'span' })[0].labels.slice(0, 2), [
      'B-PER',
      'O',
    ]);
  });

  it('numbers sentences on from a document before', () => {
    const text = [...writeConllu(DOCUMENT), ...writeConllu(DOCUMENT, 4)].join('');
    assert.deepEqual(conlluProblems(text), []);
    assert.match(text, /# sent_id = 6\n/);
  });

  it('keeps odd forms and labels inside their columns', () => {
    const document = documentOf('a\n b e\u0301 |', [['a\n b', 'e\u0301', '|']], [[0, 2, 'WORK OF|ART']]);
    const text = [...writeConllu(document)].join('');
    assert.deepEqual(conlluProblems(text), []);
    assert.match(text, /^1\ta b\t.*NER=B-WORK\\sOF\\pART\|TokenRange=0:4$/m);
    assert.match(text, /^2\té\t/m);
    assert.match(text, /^3\t\|\t/m);
  });

  it('is valid and gives the text back, whatever the text', () => {
    const random = new Random(11);
    const pick = (items: readonly string[]): string => items[random.below(items.length)];
    for (let round = 0; round < 300; round++) {
      let source = '';
      const sentences = Array.from({ length: 1 + random.below(4) }, () =>
        Array.from({ length: 1 + random.below(6) }, (_, i) => {
          const form = pick(['a', 'été', '😀', '#', '|', '_', 'don', "n't", '.']);
          const joined = i > 0 && /\S$/.test(source) && random.below(2) === 1;
          source += form + pick(['', ' ', ' ', '\n', '  ', '\r\n', '\n\n']);
          return joined ? `+${form}` : form;
        }),
      );
      const text = [...writeConllu(documentOf(source, sentences))].join('');
      assert.deepEqual(conlluProblems(text), [], text);
      assert.equal(
        documentText(readConllu(text)).replace(/\s+/g, ' ').trim(),
        source.replace(/\s+/g, ' ').trim(),
      );
    }
  });
});

describe('labels of whole sentences', () => {
  const labels = [
    { label: 'glad', probability: 0.7 },
    { label: 'sad', probability: 0.3 },
  ];
  const document: AnnotatedDocument = {
    ...DOCUMENT,
    sentences: DOCUMENT.sentences.map(({ sentence, layers }) => ({
      sentence,
      layers: { ...layers, tone: { kind: 'sentence', labels } },
    })),
  };

  it('are comments in CoNLL-U, which stays valid', () => {
    const text = [...writeConllu(document)].join('');
    assert.deepEqual(conlluProblems(text), []);
    assert.deepEqual(text.match(/^# tone = .*$/gm), Array(3).fill('# tone = glad'));
    assert.doesNotMatch(text, /TONE/);
  });

  it('are lists in JSON Lines, and left out of CoNLL-2003', () => {
    const [line] = [...writeJsonl(document)].map((json) => JSON.parse(json) as { layers: object });
    assert.deepEqual((line.layers as Record<string, unknown>)['tone'], labels);
    assert.deepEqual([...writeConll2003(document)], [...writeConll2003(DOCUMENT)]);
  });
});

describe('writeConll2003', () => {
  it('writes four columns', () => {
    const lines = [...writeConll2003(DOCUMENT)].join('').split('\n');
    assert.deepEqual(lines.slice(0, 4), ['-DOCSTART- -X- -X- O', '', 'Ada NOUN _ B-PER', 'does NOUN _ O']);
    assert.equal(lines.filter((line) => line === '').length, 5);
  });

  it('leaves out what was not predicted and blanks inside forms', () => {
    const document = documentOf('10 000', [['10 000']]);
    assert.equal([...writeConll2003(document, { pos: 'xpos', ner: 'ner' })][1], '10_000 _ _ O\n\n');
  });
});

describe('writeJsonl', () => {
  it('writes one object for each sentence, with offsets into the source', () => {
    const objects = [...writeJsonl(DOCUMENT)].map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(objects.length, 3);
    const [{ file, start, end, text, tokens, layers }] = objects;
    assert.deepEqual([file, start, end, text], ['a file.txt', 0, 18, "Ada doesn't (yet)."]);
    assert.deepEqual((tokens as object[])[2], { form: "n't", start: 8, end: 11, joined: true });
    const { pos, ner } = layers as Record<string, object[]>;
    assert.deepEqual(pos[0], { label: 'NOUN', probability: 0.9, runnerUp: { label: 'X', probability: 0.1 } });
    assert.deepEqual(ner, [
      { label: 'PER', probability: 0.8, start: 0, end: 3, firstToken: 0, lastToken: 0 },
    ]);
  });
});
