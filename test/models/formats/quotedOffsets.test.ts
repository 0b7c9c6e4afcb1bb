import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import type { AnnotatedText } from '../../../models/formats/annotatedText';
import { annotationFormat } from '../../../models/formats/formats';
import { type Counting, type OffsetUnit, offsetsOf } from '../../../models/formats/offsets';

interface Quoted {
  readonly what: string;
  readonly text: string;
  readonly counting: Counting;
  /** Words that are labelled, at their first place. */
  readonly words: readonly string[];
  readonly hadMark?: boolean;
}

/** Texts whose labels stand right only if the offsets are counted so. */
const TEXTS: readonly Quoted[] = [
  { what: 'code points', text: 'Hi 😀 Mira left', counting: { unit: 'codepoints' }, words: ['Mira', 'left'] },
  { what: 'UTF-16', text: 'Hi 😀 Mira left', counting: { unit: 'utf16' }, words: ['Mira', 'left'] },
  {
    what: 'CR LF as one',
    text: 'Mira met Otto.\r\nThey flew to Oslo.\r\n',
    counting: { unit: 'codepoints', lineEnds: 'as-one' },
    words: ['Mira', 'Oslo'],
  },
  {
    what: 'CR LF as one in UTF-16',
    text: '😀\r\n\r\nשרה בחיפה',
    counting: { unit: 'utf16', lineEnds: 'as-one' },
    words: ['שרה', 'חיפה'],
  },
  {
    what: 'line feeds that were CR LF',
    text: 'Mira met Otto.\nThey flew to Oslo.\n',
    counting: { unit: 'codepoints', lineEnds: 'as-two' },
    words: ['Mira', 'Oslo'],
  },
  {
    what: 'combining marks behind CR LF as one',
    text: 'a\r\ncafe\u0301 b\r\nOslo',
    counting: { unit: 'codepoints', lineEnds: 'as-one' },
    words: ['cafe\u0301', 'Oslo'],
  },
];

const MARKED: readonly Quoted[] = [
  {
    what: 'a byte order mark that counts',
    text: 'Mira met Otto.',
    counting: { unit: 'codepoints', mark: 'counted' },
    words: ['Mira', 'Otto'],
    hadMark: true,
  },
  {
    what: 'a byte order mark that does not count',
    text: 'Mira met Otto.',
    counting: { unit: 'codepoints' },
    words: ['Mira', 'Otto'],
    hadMark: true,
  },
  {
    what: 'a byte order mark and CR LF as one',
    text: 'Mira\r\nmet 😀 Otto.',
    counting: { unit: 'codepoints', lineEnds: 'as-one', mark: 'counted' },
    words: ['Mira', 'Otto'],
    hadMark: true,
  },
];

const placesOf = ({ text, counting, words }: Quoted): { start: number; end: number; quote: string }[] => {
  const offsets = offsetsOf(text, counting);
  return words.map((quote) => {
    const at = text.indexOf(quote);
    return { start: offsets.fromUtf16(at), end: offsets.fromUtf16(at + quote.length), quote };
  });
};

const readBrat = (one: Quoted, unit?: OffsetUnit): AnnotatedText =>
  annotationFormat('brat').read(
    {
      name: 'a.ann',
      text: placesOf(one)
        .map(({ start, end, quote }, k) => `T${k + 1}\tPER ${start} ${end}\t${quote}\n`)
        .join(''),
      companion: one.hadMark ? `\ufeff${one.text}` : one.text,
    },
    { unit },
  )[0];

const taskOf = (one: Quoted, id = 1): unknown => ({
  ...{ id, data: { text: one.text } },
  annotations: [
    {
      completed_by: 1,
      result: placesOf(one).map(({ start, end, quote: text }, k) => ({
        ...{ id: `r${k}`, from_name: 'label', to_name: 'text', type: 'labels' },
        value: { start, end, text, labels: ['PER'] },
      })),
    },
  ],
});

const readTasks = (tasks: readonly unknown[], unit?: OffsetUnit): AnnotatedText[] =>
  annotationFormat('label-studio').read({ name: 'a.json', text: JSON.stringify(tasks) }, { unit });

const words = ({ text, labels }: AnnotatedText): string[] =>
  labels.map(({ start, end }) => text.slice(start, end));

describe('quotes show how offsets count', () => {
  for (const one of [...TEXTS, ...MARKED])
    it(`brat: ${one.what}`, () => {
      const document = readBrat(one);
      assert.deepEqual(words(document), one.words);
      assert.ok(!document.text.startsWith('\ufeff'));
      assert.deepEqual({ ...document.source?.counting }, one.counting);
      // The files that are written say the same, without a mark.
      for (const labels of [document.labels, document.labels.map((label) => ({ ...label, label: 'X' }))]) {
        const { files } = annotationFormat('brat').write([{ ...document, labels }], 'x');
        const [text, ann] = files;
        assert.equal(text.content, one.text);
        const again = annotationFormat('brat').read({
          name: 'a.ann',
          text: ann.content,
          companion: text.content,
        });
        assert.deepEqual(words(again[0]), one.words);
      }
    });

  for (const one of TEXTS)
    it(`Label Studio: ${one.what}`, () => {
      const [document] = readTasks([taskOf(one)]);
      assert.deepEqual(words(document), one.words);
      assert.deepEqual({ ...document.source?.counting }, one.counting);
      const labels = document.labels.map((label) => ({ ...label, label: 'X' }));
      const { files } = annotationFormat('label-studio').write([{ ...document, labels }], 'x');
      const [again] = annotationFormat('label-studio').read({ name: 'x.json', text: files[0].content });
      assert.deepEqual(words(again), one.words);
    });

  it('Label Studio: other tasks tell where the quotes of one fit two ways', () => {
    const open = { what: '', text: '😀 aa', counting: { unit: 'utf16' }, words: ['aa'] } as const;
    const task = {
      ...{ id: 2, data: { text: open.text } },
      annotations: [{ result: [{ type: 'labels', value: { start: 3, end: 4, text: 'a', labels: ['X'] } }] }],
    };
    const [alone] = readTasks([task]);
    assert.equal(alone.labels[0].start, 4); // code points, as the format counts
    const [, beside] = readTasks([taskOf(TEXTS[1]), task]);
    assert.equal(beside.labels[0].start, 3);
  });

  it('ask where CR LF may count one or two', () => {
    const read = (unit?: OffsetUnit): AnnotatedText[] =>
      annotationFormat('brat').read(
        { name: 'a.ann', text: 'T1\tX 3 4\th\n', companion: '\r\nhhh' },
        { unit },
      );
    assert.throws(
      () => read(),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.match(
          error.format(),
          /^a\.ann: The quotes fit whether offsets count .* or .*CR LF as one\. Say --unit codepoints to count every character/,
        );
        return true;
      },
    );
    assert.equal(read('codepoints')[0].labels[0].start, 3);
  });

  it('name the line or the task where nothing fits', () => {
    assert.throws(
      () =>
        annotationFormat('brat').read({
          name: 'a.ann',
          text: 'T1\tX 0 4\tMira\nT2\tX 5 9\tOtto\n',
          companion: 'Mira\r\nsaw Otto',
        }),
      /The text at 5–9 is .* not "Otto"/,
    );
    const bad = { start: 0, end: 4, text: 'Otto', labels: ['PER'] };
    const [good, task] = readTasks([
      taskOf(TEXTS[0]),
      {
        ...{ id: 217, data: { text: 'Mira left' } },
        annotations: [{ result: [{ id: 'r9', type: 'labels', value: bad }] }],
      },
    ]);
    assert.deepEqual([words(good), words(task)], [['Mira', 'left'], []]);
    assert.match(task.faults?.[0].format() ?? '', /^a\.json:1: .*region r9 of task 217.*"Otto".*"Mira"/);
  });
});
