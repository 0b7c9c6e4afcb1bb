import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnnotatedText } from '../../../models/formats/annotatedText';
import { annotationFormat } from '../../../models/formats/formats';
import { guessFormat } from '../../../models/formats/recognizeFormat';
import { type JsonShape, TEXT, jsonShapes, objects } from './jsonShapes';
import { labelStudioShapes } from './labelStudioShapes';

const textOf = (content: JsonShape['content']): string =>
  typeof content === 'string' ? content : content.map((record) => `${JSON.stringify(record)}\n`).join('');

const shown = ({ text, labels }: AnnotatedText): string[] =>
  labels.map(({ label, start, end }) => `${label} "${text.slice(start, end)}"`);

describe('the shapes of JSON exports', () => {
  for (const { format, what, file = 'x.jsonl', content, labels, texts, annotators, more, faults } of [
    ...jsonShapes,
    ...labelStudioShapes,
  ])
    it(`${format}: ${what}`, () => {
      const text = textOf(content);
      assert.equal(guessFormat(file, text), format);
      const codec = annotationFormat(format);
      const documents = codec.read({ name: file, text });
      if (texts !== undefined) assert.equal(documents.length, texts);
      assert.deepEqual(documents.flatMap(shown), labels);
      const all = documents.flatMap((document) => document.labels);
      assert.deepEqual(
        all.map(({ annotator }) => annotator),
        annotators ?? all.map(() => undefined),
      );
      assert.deepEqual(
        documents.flatMap(({ source }) => source?.more ?? []),
        more ?? [],
      );
      const found = documents.flatMap((document) => document.faults ?? []);
      assert.equal(found.length, faults?.length ?? 0);
      for (const [k, fault] of found.entries())
        assert.ok(fault.message.startsWith(faults?.[k] ?? ''), fault.message);

      // So it does after every label was taken for a changed one.
      const renamed = documents.map((document) => ({
        ...document,
        labels: document.labels.map((label) => ({ ...label, label: `${label.label}2` })),
      }));
      const [changed] = codec.write(renamed, 'x').files;
      assert.deepEqual(
        codec
          .read({ name: changed.name, text: changed.content })
          .map(shown)
          .map((one) => one.sort()),
        renamed.map(shown).map((one) => one.sort()),
      );
      // What is written again says the same, and a second time the same bytes.
      const { files, problems } = codec.write(documents, 'x');
      assert.deepEqual(problems, []);
      const again = codec.read({ name: files[0].name, text: files[0].content });
      assert.deepEqual(again.map(shown), documents.map(shown));
      assert.deepEqual(
        again.flatMap((document) => document.labels).map(({ annotator }) => annotator),
        all.map(({ annotator }) => annotator),
      );
      assert.deepEqual(codec.write(again, 'x').files, files);
    });

  it('Label Studio: labels on images are named as such', () =>
    assert.throws(
      () =>
        annotationFormat('label-studio').read({
          name: 'x.json',
          text: JSON.stringify([
            {
              ...{ id: 8, data: { image: 'https://example.org/1.jpg' } },
              annotations: [
                { result: [{ type: 'rectanglelabels', value: { x: 1, rectanglelabels: ['A'] } }] },
              ],
            },
          ]),
        }),
      /The labels of task 8 \(rectanglelabels\) are on an image or a recording, not on a text\./,
    ));

  it('doccano: a changed label keeps the shape and the other fields of its record', () => {
    const records: [before: object, after: object][] = [
      [
        { id: 1, data: TEXT, label: [[0, 4, 'PER']], Comments: [] },
        { id: 1, data: TEXT, label: [[0, 4, 'ORG']], Comments: [] },
      ],
      [
        { text: TEXT, annotations: [{ label: 2, start_offset: 0, end_offset: 4, user: 7, prob: 0.5 }] },
        { text: TEXT, annotations: [{ id: 1, label: 'ORG', start_offset: 0, end_offset: 4 }] },
      ],
      [
        { text: TEXT, entities: objects, label: [] },
        {
          text: TEXT,
          entities: [objects[0], { ...objects[1], label: 'ORG' }],
          label: [],
        },
      ],
    ];
    for (const [before, after] of records) {
      const codec = annotationFormat('doccano');
      const [document] = codec.read({ name: 'x.jsonl', text: `${JSON.stringify(before)}\n` });
      const last = document.labels.length - 1;
      const labels = document.labels.map((label, k) => (k === last ? { ...label, label: 'ORG' } : label));
      const { files } = codec.write([{ ...document, labels }], 'x');
      assert.deepEqual(JSON.parse(files[0].content), after);
    }
  });
});
