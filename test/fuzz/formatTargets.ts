import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { labelledTexts } from '../../models/data/labelledText';
import { sentenceExamples } from '../../models/data/sentenceExample';
import { textExamples } from '../../models/data/taggedExample';
import { documentText } from '../../models/data/conllu';
import { readConllu } from '../../models/data/readConllu';
import { decodeText } from '../../models/data/textFile';
import type { AnnotatedText, FormatName } from '../../models/formats/annotatedText';
import { annotationFormat, annotationFormats } from '../../models/formats/formats';
import { guessFormat } from '../../models/formats/recognizeFormat';
import { planImport } from '../../server/convert/projectTexts';
import { foreignFiles } from '../models/formats/foreignFiles';
import { damagedJson, damagedText } from './mutations';
import type { Target } from './targets';

/** Between a brat file and its text, in one input. */
const BESIDE = '\u0001beside\u0001';

const TEI =
  '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>Then <persName>Ada</persName> met &#66;en.</p></body></text></TEI>';

const samples = (format: FormatName): string[] => {
  if (format === 'tei') return [TEI];
  const own = foreignFiles.filter((file) => file.format === format);
  return own.map(({ content, companion }) =>
    companion === undefined ? content : content + BESIDE + companion,
  );
};

/** What the file holds, one JSON value for each line where the format is JSON Lines. */
const jsonOf = (texts: readonly string[], byLine: boolean): unknown[] =>
  texts.flatMap((text) =>
    byLine
      ? text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]))
      : [JSON.parse(text) as unknown],
  );

function inputOf(format: FormatName): fc.Arbitrary<string> {
  const texts = samples(format);
  if (format === 'label-studio' || format === 'spacy')
    return fc.oneof(damagedText(texts), damagedJson(jsonOf(texts, false)));
  if (format === 'doccano' || format === 'prodigy') {
    const line = damagedJson(jsonOf(texts, true));
    return fc.oneof(
      damagedText(texts),
      fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
    );
  }
  return damagedText(texts);
}

/** A reader's documents must be what every writer and the store of labels may count on. */
function checkDocuments(documents: readonly AnnotatedText[]): void {
  assert.equal(new Set(documents.map(({ name }) => name.toLowerCase())).size, documents.length, 'names');
  for (const { name, text, labels, layers, sentences = [] } of documents) {
    assert.ok(name !== '' && Buffer.byteLength(name) < 250, `the name ${JSON.stringify(name)}`);
    assert.ok(!/[/\\\0]/.test(name) && name !== '..', `the name ${JSON.stringify(name)}`);
    const isSpan = ({ start, end }: { start: number; end: number }): boolean =>
      Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= text.length;
    const known = new Set(layers.map((layer) => layer.name));
    for (const label of labels) {
      if (isSpan(label) && label.layer !== '' && label.label !== '' && known.has(label.layer)) continue;
      assert.fail(`the label ${JSON.stringify(label)} of a text of ${text.length}`);
    }
    for (const sentence of sentences) {
      assert.ok(isSpan(sentence), `the sentence ${sentence.start}–${sentence.end} of ${text.length}`);
      const wrong = sentence.tokens.find((token) => !isSpan(token));
      assert.equal(wrong, undefined, 'a token');
    }
  }
}

/** The texts of documents as they come back from disk must be the same. */
function checkKept(texts: readonly { readonly text: string }[]): void {
  for (const { text } of texts) {
    const kept = decodeText(Buffer.from(text), 'kept.txt');
    assert.equal(kept, text.replace(/^\ufeff/, ''), 'the text on disk');
  }
}

function readFormat(format: FormatName, input: string): void {
  const [text, companion] = input.split(BESIDE);
  const name = `stranger${annotationFormat(format).extensions[0]}`;
  const decoded = (part: string): string => decodeText(Buffer.from(part), name); // refuses NUL
  const documents = annotationFormat(format).read({
    name,
    text: decoded(text),
    companion: companion === undefined ? companion : decoded(companion),
  });
  checkDocuments(documents);
  checkKept(planImport(documents, '/nowhere', {}).texts);
  const other = annotationFormats[input.length % annotationFormats.length];
  const choices = { misaligned: 'out', overlaps: 'longest', discontinuous: 'split' } as const;
  other.write(documents, 'stranger', choices);
}

const examples = (
  texts: readonly string[],
  read: (text: string) => unknown,
): Pick<Target, 'input' | 'read'> => ({
  input: damagedText(texts),
  read: (input) => read(decodeText(Buffer.from(input), 'stranger')),
});

/** Readers of annotated texts, and of what taggers learn from. */
export function formatTargets(): Target[] {
  const conllu = samples('conllu');
  const columns = samples('conll2003');
  const tabbed = [
    'Lovely weather.\tpraise\nIt rained.\tblame\n',
    'label\ttext\nA\tAda met Ben.\nB\tShe left.\n',
  ];
  const lines = ['{"text": "Lovely weather.", "label": "praise"}\n{"text": "It rained.", "label": 3}\n'];
  return [
    ...annotationFormats.map(({ name }): Target => ({
      name,
      weight: 5,
      input: inputOf(name),
      read: (input) => readFormat(name, String(input)),
    })),
    {
      name: 'guessed format',
      weight: 2,
      input: damagedText(foreignFiles.map(({ content }) => content)),
      read: (input) => guessFormat('stranger', String(input)),
    },
    {
      name: 'CoNLL-U to learn from',
      weight: 2,
      ...examples(conllu, (text) => {
        textExamples(text, { layer: 'ner', kind: 'span' }, 'stranger.conllu');
        return documentText(readConllu(text, 'stranger.conllu'));
      }),
    },
    {
      name: 'columns to learn from',
      weight: 2,
      ...examples(columns, (text) => textExamples(text, { layer: 'ner', kind: 'span' }, 'stranger.iob2')),
    },
    { name: 'tabbed texts', weight: 2, ...examples(tabbed, (text) => labelledTexts(text, 'stranger.tsv')) },
    {
      name: 'JSON texts',
      weight: 1,
      ...examples(lines, (text) => sentenceExamples(text, 'stranger.jsonl')),
    },
  ];
}
