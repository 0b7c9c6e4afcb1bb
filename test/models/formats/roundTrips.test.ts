import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnnotatedText, FormatName, TextLabel } from '../../../models/formats/annotatedText';
import type { WriteOptions, Written } from '../../../models/formats/format';
import { annotationFormat, annotationFormats } from '../../../models/formats/formats';
import { Random } from '../../../models/random';
import { documentOf, meaning, randomLabels, randomText } from './randomTexts';

/** Formats whose text comes back to the last blank. */
const EXACT_TEXT: readonly FormatName[] = ['conllu', 'brat', 'doccano', 'prodigy', 'label-studio', 'tei'];
/** Formats whose labels may begin and end anywhere, and overlap. */
const FREE_SPANS: readonly FormatName[] = ['brat', 'doccano', 'prodigy', 'label-studio', 'webanno-tsv'];
const COLUMNS: readonly FormatName[] = ['conll2003', 'bilou', 'bioes'];

function written(name: FormatName, documents: readonly AnnotatedText[], options: WriteOptions = {}): Written {
  const result = annotationFormat(name).write(documents, 'text', options);
  assert.deepEqual(result.problems, []);
  return result;
}

/** The documents of the files that a writer gave. */
export function readAgain(name: FormatName, { files }: Written): AnnotatedText[] {
  const isText = ({ name: file }: { name: string }): boolean => file.endsWith('.txt');
  return files
    .filter((file) => !isText(file))
    .flatMap((file) => {
      const companion = files.find((other) => other.name === file.name.replace(/\.ann$/, '.txt'));
      return annotationFormat(name).read({
        name: file.name,
        text: file.content,
        companion: companion?.content,
      });
    });
}

/** The same text where only the kind of white space between sentences differs, so that every offset holds. */
const blanked = (text: string): string => text.replace(/\s/g, ' ');

/** Asserts that a document came back: all its labels over their own words, and as much of the text as is promised. */
function same(format: FormatName, again: AnnotatedText, document: AnnotatedText): void {
  const words = ({ text, labels }: AnnotatedText): string[][] =>
    labels.map(({ label, start, end }) => [label, unspaced(text.slice(start, end))]);
  assert.deepEqual(words(again), words(document));
  assert.equal(unspaced(again.text), unspaced(document.text));
  if (COLUMNS.includes(format)) return;
  assert.equal(blanked(again.text).trimEnd(), blanked(document.text).trimEnd());
  const places = ({ labels }: AnnotatedText): string[] =>
    labels.map(({ layer, label, start, end }) => `${layer} ${label} ${start} ${end}`).sort();
  assert.deepEqual(places(again), places(document));
  if (!EXACT_TEXT.includes(format)) return;
  assert.equal(again.text, document.text);
  assert.deepEqual(meaning(again), meaning(document));
}

const unspaced = (text: string): string => text.replace(/\s+/g, '');

const TABLE: [what: string, document: AnnotatedText][] = [
  ['an empty text', documentOf('', [])],
  ['a text without labels', documentOf('Nothing here.\n', [])],
  [
    'a label up to the end, without a line feed',
    documentOf('I saw Ada', [{ layer: 'ner', label: 'PER', start: 6, end: 9 }]),
  ],
  [
    'labels side by side',
    documentOf('Rome Athens Paris\n', [
      { layer: 'ner', label: 'LOC', start: 0, end: 4 },
      { layer: 'ner', label: 'LOC', start: 5, end: 11 },
      { layer: 'ner', label: 'LOC', start: 12, end: 17 },
    ]),
  ],
  [
    'emoji before a label',
    documentOf('👩‍🔬😀 met Ada 𝒜.\n', [{ layer: 'ner', label: 'PER', start: 12, end: 15 }]),
  ],
  ['an emoji as a label', documentOf('I am 👨🏻‍🚒 now.\n', [{ layer: 'ner', label: 'PER', start: 5, end: 12 }])],
  ['CRLF', documentOf('One.\r\n\r\nAda is two.\r\n', [{ layer: 'ner', label: 'PER', start: 8, end: 11 }])],
  [
    'combining marks',
    documentOf('The cafe\u0301 Ada\u0308 .\n', [{ layer: 'ner', label: 'ORG', start: 4, end: 9 }]),
  ],
  ['right-to-left', documentOf('פגשתי את שרה בחיפה.\n', [{ layer: 'ner', label: 'PER', start: 9, end: 12 }])],
];

/** Formats that say who gave a label. */
const ANNOTATORS: readonly FormatName[] = ['prodigy', 'label-studio', 'tei'];

describe('two annotators on one text', () => {
  const by = (annotator: string, label: string, start: number, end: number): TextLabel => ({
    ...{ layer: 'ner', label, start, end, annotator },
  });
  const text = '😀 Ada\r\nשרה cafe\u0301 Oslo\r\n';
  const document = documentOf(text, [
    by('anna', 'PER', 3, 6),
    by('bo', 'PER', 3, 6),
    by('bo', 'LOC', 18, 22),
  ]);
  const given = ({ labels }: AnnotatedText): string[] =>
    labels.map(({ label, start, end, annotator }) => [label, start, end, annotator ?? '-'].join(' ')).sort();

  for (const { name: format } of annotationFormats)
    it(format, () => {
      const result = written(format, [document]);
      const [again] = readAgain(format, result);
      if (ANNOTATORS.includes(format)) return assert.deepEqual(given(again), given(document));
      // They agree on Ada: one label, and the report says so.
      assert.deepEqual(
        again.labels.map(({ label, start, end }) => `${label} ${again.text.slice(start, end)}`),
        ['PER Ada', 'LOC Oslo'],
      );
      const lost = result.losses.filter(({ what }) => what.includes('annotator'));
      assert.deepEqual(
        lost.map(({ what, count }) => `${count} ${what}`),
        ['3 names of annotators', '1 labels that another annotator gave too'],
      );
    });
});

for (const { name: format, title } of annotationFormats)
  describe(`${title}: what is written comes back`, () => {
    for (const [what, document] of TABLE)
      it(what, () => {
        same(format, readAgain(format, written(format, [document]))[0], document);
      });

    it('random texts, several in a file', () => {
      const random = new Random(11);
      for (let round = 0; round < 60; round++) {
        const documents = Array.from({ length: 1 + random.below(3) }, (_, k) => {
          const text = randomText(random, 1 + random.below(30));
          return documentOf(text, randomLabels(random, text), `text-${k + 1}`);
        });
        const again = readAgain(format, written(format, documents, { misaligned: 'split' }));
        assert.equal(again.length, documents.length);
        for (const [k, document] of documents.entries()) same(format, again[k], document);
      }
    });

    it('a second writing gives the same bytes', () => {
      const random = new Random(13);
      for (let round = 0; round < 30; round++) {
        const text = randomText(random, random.below(30));
        const first = written(format, [documentOf(text, randomLabels(random, text))], {
          misaligned: 'split',
        });
        assert.deepEqual(written(format, readAgain(format, first)).files, first.files);
      }
    });

    if (FREE_SPANS.includes(format))
      it('labels that overlap and begin and end anywhere', () => {
        const random = new Random(17);
        for (let round = 0; round < 60; round++) {
          const text = randomText(random, 1 + random.below(30));
          const labels = randomLabels(random, text, { anywhere: true, overlaps: true });
          // What stands at white space is reported instead; see problems.test.ts.
          const inWords = labels.filter(
            ({ start, end }) => text.slice(start, end).trim() === text.slice(start, end),
          );
          const document = documentOf(text, inWords);
          same(format, readAgain(format, written(format, [document]))[0], document);
        }
      });
  });
