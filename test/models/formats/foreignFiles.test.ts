import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnnotatedText, TextLabel } from '../../../models/formats/annotatedText';
import { annotationFormat } from '../../../models/formats/formats';
import { guessFormat } from '../../../models/formats/recognizeFormat';
import { foreignFiles, type ForeignFile } from './foreignFiles';

const read = ({ format, name, content, companion }: ForeignFile): AnnotatedText[] =>
  annotationFormat(format).read({ name, text: content, companion }, { layers: ['pos', 'chunk'] });

const shown = ({ text, labels }: AnnotatedText): string[] =>
  labels.map(
    ({ layer, label, start, end, state }) =>
      `${layer} ${label} "${text.slice(start, end)}"${state === 'rejected' ? ' rejected' : ''}`,
  );

/** The content of the file with annotations that a writer gives. */
function write(format: ForeignFile['format'], documents: readonly AnnotatedText[]): string {
  const { files, problems } = annotationFormat(format).write(documents, 'x');
  assert.deepEqual(problems, []);
  return files.filter(({ name }) => !name.endsWith('.txt')).map(({ content }) => content)[0];
}

const withLabels = (document: AnnotatedText, labels: readonly TextLabel[]): AnnotatedText => ({
  ...document,
  labels,
});

describe('files of other programs', () => {
  for (const file of foreignFiles) {
    it(`${file.format}, ${file.what}: are read`, () => {
      const documents = read(file);
      assert.deepEqual(documents.map(shown), file.labels);
      assert.deepEqual(
        [...new Set(documents.flatMap(({ source }) => source?.more ?? []))].filter((what) =>
          file.more?.includes(what),
        ),
        file.more ?? [],
      );
    });

    it(`${file.format}, ${file.what}: come back byte for byte`, () =>
      assert.equal(write(file.format, read(file)), file.content));

    it(`${file.format}, ${file.what}: are recognized`, () =>
      assert.equal(guessFormat(file.name, file.content), file.format));
  }
});

describe('a changed label in a file of another program', () => {
  /** The lines that differ between a file and what is written after relabelling. */
  function changed(
    format: ForeignFile['format'],
    index: number,
    change: (labels: TextLabel[]) => TextLabel[],
  ): [string[], string[]] {
    const file = foreignFiles.filter((candidate) => candidate.format === format)[index];
    const [first, ...others] = read(file);
    const before = file.content.split('\n');
    const after = write(format, [withLabels(first, change([...first.labels])), ...others]).split('\n');
    return [before.filter((line) => !after.includes(line)), after.filter((line) => !before.includes(line))];
  }

  const relabel =
    (from: string, to: string) =>
    (labels: TextLabel[]): TextLabel[] =>
      labels.map((label) => (label.label === from ? { ...label, label: to } : label));

  it('changes one column in CoNLL-U', () => {
    assert.deepEqual(changed('conllu', 0, relabel('PART', 'ADV')), [
      ["3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\tSpaceAfter=No\r"],
      ["3\tn't\tnot\tADV\tRB\t_\t4\tadvmod\t_\tSpaceAfter=No\r"],
    ]);
    assert.deepEqual(changed('conllu', 0, relabel('PER', 'ORG')), [
      ['1\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t4:nsubj\tNER=B-PER|Gloss=Ada\r'],
      ['1\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t4:nsubj\tGloss=Ada|NER=B-ORG\r'],
    ]);
  });

  it('changes one tag in columns, and keeps IOB1 in sentences that did not change', () => {
    assert.deepEqual(changed('conll2003', 1, relabel('LOC', 'ORG')), [
      ['New\tB-LOC\r', 'York\tI-LOC\r'],
      ['New\tB-ORG\r', 'York\tI-ORG\r'],
    ]);
    assert.deepEqual(
      changed('conll2003', 0, (labels) => labels.filter(({ layer, start }) => layer !== 'ner' || start > 0)),
      [['Rome NNP I-NP I-LOC'], ['Rome NNP I-NP O']],
    );
  });

  it('changes one line in brat, and adds the next number', () => {
    assert.deepEqual(changed('brat', 0, relabel('Meeting', 'Event')), [
      ['T2\tMeeting 6 9;10 14\tmet Mary'],
      ['T2\tEvent 6 9;10 14\tmet Mary'],
    ]);
    const added: TextLabel = { layer: 'ner', label: 'PER', start: 20, end: 24, note: 'new' };
    assert.deepEqual(
      changed('brat', 0, (labels) => [...labels, added]),
      [[], ['T8\tPER 19 23\tAnne', '#2\tAnnotatorNotes T8\tnew']],
    );
  });

  it('changes one record in JSON Lines, and keeps its other fields', () => {
    assert.deepEqual(changed('doccano', 0, relabel('PER', 'ORG'))[1], [
      '{"id":7,"text":"😀 Ada","label":[[3,6,"ORG"]],"meta":{"page":1}}',
    ]);
    const [, [line]] = changed('prodigy', 0, relabel('PER', 'ORG'));
    assert.match(
      line,
      /"_input_hash":-1,.*"spans":\[\{"start":2,"end":5,"token_start":1,"token_end":1,"label":"ORG"\}\]/,
    );
  });

  it('changes the value in Label Studio', () => {
    const blanks = ' '.repeat(16);
    assert.deepEqual(changed('label-studio', 0, relabel('Mood', 'Joy')), [
      [`${blanks}"Mood"`],
      [`${blanks}"Joy"`],
    ]);
  });
});
