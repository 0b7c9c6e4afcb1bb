import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Label } from '../../../models/annotations/label';
import { checkTexts } from '../../../models/lint/checkTexts';
import type { CheckedLayer, CheckedText, FindingCode, PredictedLabel } from '../../../models/lint/finding';
import { segment } from '../../../models/text/segmenter';

const LAYERS: CheckedLayer[] = [
  { name: 'ner', kind: 'span', labels: ['PER', 'ORG', 'LOC', 'MISC'] },
  { name: 'topic', kind: 'span', overlap: true },
  { name: 'pos', kind: 'token' },
];

/** A label on the words between `[` and `]`, which are then taken out; several in order. */
function textOf(marked: string, labels: readonly Partial<Label>[] = [], document = 'a.txt'): CheckedText {
  const starts: number[] = [];
  const spans: [number, number][] = [];
  let text = '';
  for (const character of marked) {
    if (character === '⟦') starts.push(text.length);
    else if (character === '⟧') spans.push([starts.pop() ?? 0, text.length]);
    else text += character;
  }
  spans.sort(([a, b], [c, d]) => a - c || d - b);
  return {
    document,
    text,
    sentences: segment(text, 'plain'),
    labels: spans.map(([start, end], k): Label => ({
      id: `${document}-${k}`,
      layer: 'ner',
      label: 'PER',
      ...{ start, end, quote: text.slice(start, end), before: '', after: '' },
      state: 'confirmed',
      annotator: 'me',
      time: '2026-01-01T00:00:00Z',
      ...labels[k],
    })),
  };
}

interface Case {
  readonly what: string;
  readonly texts: CheckedText[];
  /** `code message`, with the titles of fixes behind. */
  readonly findings: readonly string[];
}

const cases: Case[] = [
  { what: 'nothing wrong', texts: [textOf('⟦Ada Lovelace⟧ met ⟦Mary⟧ (⟦J. Inc.⟧).')], findings: [] },
  {
    what: 'white space at the ends',
    texts: [textOf('I saw⟦ Ada ⟧today.')],
    findings: ['ragged-boundary The label PER on " Ada " begins and ends with white space. | Move to "Ada"'],
  },
  {
    what: 'a comma at the end',
    texts: [textOf('I saw ⟦Ada,⟧ today.')],
    findings: ['ragged-boundary The label PER on "Ada," ends with a punctuation mark. | Move to "Ada"'],
  },
  {
    what: 'a quote at the start, but not a pair of them',
    texts: [textOf('He said "⟦"Emma"⟧ is ⟦(good⟧"')],
    findings: ['ragged-boundary The label PER on "(good" begins with a punctuation mark. | Move to "good"'],
  },
  {
    what: 'half a word',
    texts: [textOf('In Wash⟦ington D.C⟧. now')],
    findings: [
      'ragged-boundary The label PER on "ington D.C" begins and ends inside a word. | Move to "Washington D.C."',
    ],
  },
  {
    what: 'signs that belong to names',
    texts: [textOf('⟦@ada⟧ and ⟦#rome⟧ and ⟦😀⟧ and ⟦Ada 😀⟧')],
    findings: [],
  },
  {
    what: 'names that end in a mark of their own',
    texts: [
      textOf('⟦Yahoo!⟧ hired ⟦Mira⟧. He won on ⟦Jeopardy!⟧ twice. ⟦Guess?⟧ sells jeans.'),
      textOf('She works at ⟦Yahoo!⟧ Berg left ⟦Bellworks Inc.⟧', [], 'b.txt'),
      textOf("⟦Whoop!⟧'s bells, ⟦Toot!⟧ (1990) and ⟦Ring?⟧, too, in the ⟦U.S.⟧", [], 'c.txt'),
    ],
    findings: [],
  },
  {
    what: 'signs of amounts, findings, affixes, paths and laws',
    texts: [
      textOf('⟦CD4+⟧ and ⟦T-⟧ cells, ⟦<5⟧ mg, ⟦≥ 5⟧ mg, ⟦-5⟧ and ⟦50+⟧ years, ⟦§ 5⟧ BGB'),
      textOf("⟦-ing⟧ or ⟦anti-⟧ in ⟦/etc/bell⟧ of the ⟦boys'⟧ house, ⟦6'2\"⟧ tall", [], 'b.txt'),
      textOf('⟦Oslo (Norway)⟧ and ⟦(202) 555-0101⟧, ⟦¿Qué?⟧, ⟦»Mira«⟧, a ⟦Ph.D.⟧', [], 'c.txt'),
      textOf('Is it ⟦Yahoo!⟧?', [], 'd.txt'),
    ],
    findings: [],
  },
  {
    what: 'a hyphen of the next word, and a quotation mark whose other half is outside',
    texts: [textOf("⟦Mira-⟧born 'the ⟦boys'⟧ left")],
    findings: ['Mira-', "boys'"].map(
      (words) =>
        `ragged-boundary The label PER on "${words}" ends with a punctuation mark. | Move to "${words.slice(0, -1)}"`,
    ),
  },
  {
    what: 'marks that end sentences',
    texts: [textOf('Did they see ⟦Ada?⟧ They saw ⟦Mary!⟧ He saw ⟦Mary.⟧')],
    findings: ['Ada?', 'Mary!', 'Mary.'].map(
      (words) =>
        `ragged-boundary The label PER on "${words}" ends with a punctuation mark. | Move to "${words.slice(0, -1)}"`,
    ),
  },
  {
    what: 'overlap where the layer forbids it',
    texts: [textOf('⟦Ada ⟦Lovelace⟧⟧ wrote', [{}, { label: 'ORG' }])],
    findings: [
      'overlap ORG on "Lovelace" overlaps PER on "Ada Lovelace", which the layer ner does not allow. | Remove ORG on "Lovelace" | Remove PER on "Ada Lovelace"',
    ],
  },
  {
    what: 'overlap with the one that reaches furthest',
    texts: [textOf('⟦a ⟦b⟧ c ⟦d⟧⟧ e', [{}, { layer: 'topic' }, { label: 'LOC' }])],
    findings: [
      'overlap LOC on "d" overlaps PER on "a b c d", which the layer ner does not allow. | Remove LOC on "d" | Remove PER on "a b c d"',
    ],
  },
  {
    what: 'overlap where the layer allows it, and touching labels',
    texts: [
      textOf('⟦Ada ⟦Lovelace⟧⟧ wrote', [{ layer: 'topic' }, { layer: 'topic' }]),
      textOf('⟦a⟧ ⟦b⟧', [], 'b.txt'),
    ],
    findings: [],
  },
  {
    what: 'two annotators who agree, and one who says the same twice',
    texts: [
      textOf('⟦⟦Ada⟧⟧ wrote', [{}, { annotator: 'bo' }]),
      textOf('⟦⟦⟦Ada⟧⟧⟧ wrote', [{}, { annotator: 'bo' }, {}], 'b.txt'),
    ],
    findings: [
      'overlap PER on "Ada" overlaps PER on "Ada", which the layer ner does not allow. | Remove PER on "Ada" | Remove PER on "Ada"',
    ],
  },
  {
    what: 'two annotators who do not agree',
    texts: [textOf('⟦Ada ⟦Lovelace⟧⟧ wrote', [{}, { annotator: 'bo', label: 'ORG' }])],
    findings: [
      'overlap ORG on "Lovelace" by bo overlaps PER on "Ada Lovelace" by me, which the layer ner does not allow. | Remove ORG on "Lovelace" by bo | Remove PER on "Ada Lovelace" by me',
    ],
  },
  {
    what: 'words that changed, and words that are gone',
    texts: [
      textOf('⟦Eve⟧ wrote ⟦⟧.', [
        { review: 'changed', quote: 'Ada' },
        { review: 'lost', quote: 'a letter' },
      ]),
    ],
    findings: [
      'lost-anchor The label PER stood on "Ada", and now stands on "Eve". | Keep PER here | Remove PER',
      'lost-anchor The words of the label PER, "a letter", are gone from the text. | Remove PER',
    ],
  },
  {
    what: 'labels that the layer does not have',
    texts: [textOf('⟦Ada⟧ in ⟦Rome⟧', [{ label: 'per' }, { label: 'PLACE' }])],
    findings: [
      'unknown-label The layer ner has no label "per". | Relabel as PER | Remove per',
      'unknown-label The layer ner has no label "PLACE". | Remove PLACE',
    ],
  },
  {
    what: 'a layer that the project does not have',
    texts: [textOf('⟦Ada⟧', [{ layer: 'events' }])],
    findings: [
      'unknown-label The project has no layer "events", in which "Ada" is labelled PER. | Remove PER',
    ],
  },
  {
    what: 'marks of reviewed sentences',
    texts: [textOf('⟦Ada wrote. ⟧', [{ layer: '@reviewed', label: '*' }])],
    findings: [],
  },
  {
    what: 'the same words labelled two ways: the rarer is found',
    texts: [
      textOf('⟦Rome⟧ and ⟦Rome⟧', [{ label: 'LOC' }, { label: 'LOC' }]),
      textOf('⟦Rome⟧ and ⟦rome⟧', [{ label: 'ORG' }, { label: 'ORG' }], 'b.txt'),
    ],
    findings: ['two-ways "Rome" is labelled ORG here, and LOC in 2 other places. | Relabel as LOC'],
  },
  {
    what: 'the same words labelled two ways as often: both are found, over line breaks and ways to write é',
    texts: [
      textOf('⟦Cafe\u0301\nRome⟧', [{ label: 'LOC' }]),
      textOf('⟦Caf\u00e9 Rome⟧', [{ label: 'ORG' }], 'b.txt'),
    ],
    findings: [
      'two-ways "Café Rome" is labelled LOC here, and ORG in 1 other place. | Relabel as ORG',
      'two-ways "Café Rome" is labelled ORG here, and LOC in 1 other place. | Relabel as LOC',
    ],
  },
  {
    what: 'the same words in layers of single tokens, in two layers, or rejected',
    texts: [
      textOf('⟦run⟧ ⟦run⟧ ⟦run⟧ ⟦run⟧', [
        { layer: 'pos', label: 'NOUN' },
        { layer: 'pos', label: 'VERB' },
        { layer: 'topic', label: 'sport' },
        { label: 'MISC', state: 'rejected' },
      ]),
    ],
    findings: [],
  },
];

const shown = (texts: readonly CheckedText[], codes?: readonly FindingCode[]): string[] =>
  checkTexts(texts, LAYERS, { codes }).map(({ code, message, fixes }) =>
    [`${code} ${message}`, ...fixes.map(({ title }) => title)].join(' | '),
  );

describe('checks of labels', () => {
  for (const { what, texts, findings } of cases) it(what, () => assert.deepEqual(shown(texts), findings));

  const predicted = (start: number, end: number, label: string, probability: number): PredictedLabel[] => [
    { layer: 'ner', start, end, label, probability },
  ];
  const disagreements: [
    what: string,
    more: Partial<Label>,
    predictions: PredictedLabel[],
    findings: string[],
  ][] = [
    ['the model agrees', {}, predicted(0, 3, 'PER', 0.99), []],
    [
      'another label',
      {},
      predicted(0, 3, 'ORG', 0.987),
      [
        'model-disagrees "Ada" is labelled PER, and the model says ORG with 98 %. | Relabel as ORG | Keep PER',
      ],
    ],
    [
      'other borders',
      {},
      predicted(0, 12, 'PER', 0.97),
      [
        'model-disagrees "Ada" is labelled PER, and the model says PER for "Ada Lovelace" with 97 %. | Move to "Ada Lovelace" | Keep PER',
      ],
    ],
    ['the model is not sure', {}, predicted(0, 3, 'ORG', 0.94), []],
    ['a person decided on the suggestion', { confidence: 0.99 }, predicted(0, 3, 'ORG', 0.99), []],
    ['a rejected suggestion', { state: 'rejected' }, predicted(0, 3, 'ORG', 0.99), []],
    ['another layer', { layer: 'topic' }, predicted(0, 3, 'ORG', 0.99), []],
  ];
  for (const [what, more, predictions, findings] of disagreements)
    it(`the model: ${what}`, () =>
      assert.deepEqual(shown([{ ...textOf('⟦Ada⟧ Lovelace', [more]), predictions }]), findings));

  it('only those asked for, in the order of the texts', () => {
    const texts = [textOf('⟦Ada,⟧ ⟦Rome ⟧', [{}, { label: 'X' }], 'z.txt'), textOf('⟦b,⟧', [], 'a.txt')];
    assert.deepEqual(
      checkTexts(texts, LAYERS).map(({ code, document }) => `${document} ${code}`),
      ['z.txt ragged-boundary', 'z.txt ragged-boundary', 'z.txt unknown-label', 'a.txt ragged-boundary'],
    );
    assert.equal(checkTexts(texts, LAYERS, { codes: ['unknown-label'] }).length, 1);
  });

  it('asks each of thousands of labels of one word a few times, not once for each other', () => {
    const count = 4000;
    const [plain] = textOf('⟦Ada⟧').labels;
    let asked = 0;
    const labels = Array.from({ length: count }, (_, i): Label => {
      const label = { ...plain, id: `i${i}`, start: 4 * i, end: 4 * i + 3 };
      return Object.defineProperty(label, 'label', {
        get: () => {
          asked++;
          return i % 3 === 0 ? 'PER' : i % 3 === 1 ? 'ORG' : `X${i}`;
        },
      });
    });
    const text = 'Ada '.repeat(count);
    const texts = [{ document: 'a.txt', text, labels, sentences: segment(text, 'plain') }];
    const found = checkTexts(texts, LAYERS, { codes: ['two-ways', 'overlap', 'ragged-boundary'] });
    assert.equal(found.length, count - 1334); // PER is the most frequent
    assert.ok(asked < 30 * count, `${asked} times`);
    assert.match(
      found[1].message,
      /^"Ada" is labelled X2 here, and PER in 1334 .*, 1329 more labels elsewhere\.$/,
    );
    assert.ok(found.every(({ fixes, related = [] }) => fixes.length <= 5 && related.length <= 10));
  });

  it('compares the ends of a label that holds thousands of words, not all of them', () => {
    const text = 'Ada, who met Ben. '.repeat(2000);
    const sentences = segment(text, 'plain');
    let asked = 0;
    const counted = sentences.map(({ start, end, tokens }) => ({
      ...{ start, end },
      tokens: tokens.map((token) =>
        Object.defineProperty({ ...token }, 'start', {
          get: () => {
            asked++;
            return token.start;
          },
        }),
      ),
    }));
    const [plain] = textOf('⟦Ada⟧').labels;
    const labels = Array.from({ length: 200 }, (_, i) => ({
      ...plain,
      id: `i${i}`,
      end: text.length - 2 - 18 * i,
    }));
    const found = checkTexts([{ document: 'a.txt', text, labels, sentences: counted }], LAYERS, {
      codes: ['ragged-boundary'],
    });
    assert.equal(found.length, 0);
    assert.ok(asked < 200 * 100, `${asked} times`);
  });
});
