import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Dataset } from 'h5wasm/node' with { 'resolution-mode': 'import' };
import { decodeSafetensors } from '../../models/data/safetensors';
import { readTextFile } from '../../models/data/textFile';
import { unpackArchive } from '../../models/data/unpackArchive';
import { openHdf5 } from '../../models/embedders/hdf5';
import { readElmoOptions } from '../../models/embedders/publishedElmo';
import { InputError } from '../../models/errors';
import type { AnnotatedText, FormatName } from '../../models/formats/annotatedText';
import { annotationFormat } from '../../models/formats/formats';
import { layerKnowledge } from '../../models/retraining/layerKnowledge';
import { readRunRecord } from '../../models/retraining/readRunRecord';
import { modelConfigSchema } from '../../models/taggers/modelConfig';
import { segment } from '../../models/text/segmenter';
import { planImport } from '../../server/convert/projectTexts';
import { parseProject } from '../../server/project/projectText';
import { sampleRecord } from '../report/sampleRecord';
import { tinyElmo } from '../models/tinyModel';

const scratch = mkdtempSync(path.join(tmpdir(), 'glossator-strangers-'));
after(() => rmSync(scratch, { recursive: true }));

const saved = (name: string, bytes: string | Uint8Array): string => {
  const file = path.join(scratch, name);
  writeFileSync(file, bytes);
  return file;
};

const read = (format: FormatName, text: string, companion?: string): AnnotatedText[] =>
  annotationFormat(format).read({ name: 'a.txt', text, companion });

const deep = '['.repeat(50_000) + ']'.repeat(50_000);

/** A safetensors file with this header and so many bytes of numbers. */
function weights(header: unknown, bytes = 16): Map<string, unknown> {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return decodeSafetensors(Buffer.concat([length, text, Buffer.alloc(bytes)]), 'w');
}
const tensor = (shape: unknown, offsets: unknown): object => ({ dtype: 'F32', shape, data_offsets: offsets });

const webAnno = (header: string, line: string): string =>
  `#FORMAT=WebAnno TSV 3.3\n${header}\n\n#Text=Ada\n${line}\n`;
const word = (id: number, misc: string): string => `${id}\tw\t_\t_\t_\t_\t_\t_\t_\t${misc}\n`;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

/** A tar header and nothing behind it. */
function tarHeader(name: string, type: string): Buffer {
  const block = Buffer.alloc(512);
  block.write(name);
  block.write('0000644\0', 100);
  block.write('00000000000\0', 124);
  block.write('00000000000\0', 136);
  block.write(`        ${type}`, 148);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((all, byte) => all + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

const archive = (name: string, ...parts: Buffer[]): Promise<string> =>
  unpackArchive(saved(name, gzipSync(Buffer.concat(parts))), path.join(scratch, 'modules'), {
    entries: 5,
    bytes: 1000,
  });

/** HDF5 that declares 300 million numbers and holds four. */
async function emptyHdf5(): Promise<void> {
  const { File, ready } = await import('h5wasm/node');
  await ready;
  const place = path.join(scratch, 'empty.hdf5');
  const made = new File(place, 'w');
  made.create_dataset({ name: 'a', data: new Float32Array(4), shape: [4], maxshape: [null], chunks: [4] });
  (made.get('a') as Dataset).resize([300_000_000]);
  made.close();
  const opened = await openHdf5(place);
  try {
    opened.read('a');
  } finally {
    opened.close();
  }
}

const config = (change: object): string[] =>
  modelConfigSchema.safeParse({ heads: [change] }).error?.issues.map(({ path: at }) => at.join('.')) ?? [];

/** What is refused, and the sentence. */
const refused: [what: string, read: () => unknown, sentence: RegExp][] = [
  [
    'a header of weights that is null',
    () => weights(null),
    /w: The weights are damaged: the header is not a JSON object\./,
  ],
  ['one that is nested without end', () => weights(`{"a":${deep}}`), /"a" has numbers of type unknown/],
  ['a weight that is null', () => weights({ a: null }), /"a" has numbers of type unknown/],
  ['one without a place', () => weights({ a: { dtype: 'F32', shape: [1] } }), /"a" has no place/],
  ['one of a negative shape', () => weights({ a: tensor([-1], [4, 0]) }), /"a" has no shape/],
  ['one whose shape is a word', () => weights({ a: tensor('x', [0, 4]) }), /"a" has no shape/],
  ['one at half a byte', () => weights({ a: tensor([1], [0.5, 4.5]) }), /"a" has no place/],
  ['one behind the end', () => weights({ a: tensor([1], [16, 20]) }), /"a" is cut off/],
  [
    'one of more numbers than there are',
    () => weights({ a: tensor([2 ** 40, 2 ** 40], [0, 4]) }),
    /wrong length/,
  ],
  [
    'two that share bytes',
    () => weights({ a: tensor([2], [0, 8]), b: tensor([2], [4, 12]) }),
    /"a" and "b" overlap/,
  ],
  [
    'HDF5 of numbers that nobody wrote',
    emptyHdf5,
    /empty\.hdf5: The dataset "a" has shape \[300000000\], more than a file of \d+ bytes holds/,
  ],
  [
    'a gzip bomb',
    () => readTextFile(saved('bomb.txt', gzipSync(Buffer.alloc(140 << 20)))),
    /bomb\.txt: The gzipped file unpacks to more than 128 MB\. Split/,
  ],
  [
    'an archive of a file in a file',
    () => archive('clash.tgz', tarHeader('a', '0'), tarHeader('a/b', '0')),
    /"a" both as a file and as a folder/,
  ],
  [
    'a folder that a file replaces',
    () => archive('clash2.tgz', tarHeader('a/b', '0'), tarHeader('a', '0')),
    /"a" both as a file/,
  ],
  [
    'an archive of nothing without end',
    () => archive('zeros.tgz', tarHeader('a', '0'), Buffer.alloc(64 << 20)),
    /more than 5 files or 1000 bytes/,
  ],
  [
    'an archive packed twice',
    () => archive('twice.tgz', gzipSync(tarHeader('a', '0'))),
    /not a \.tar\.gz archive/,
  ],
  [
    'a WebAnno sentence far behind',
    () => read('webanno-tsv', webAnno('', '1-1\t600000000-600000003\tAda\t')),
    /a\.txt:5: The sentence begins at 600000000, and the one above ends at 0\./,
  ],
  [
    'WebAnno layers without end',
    () => read('webanno-tsv', webAnno('#T_SP=a|b\n'.repeat(50_000), '')),
    /a\.txt:102: The header has more than 100 layers/,
  ],
  [
    'a WebAnno layer without a name',
    () => read('webanno-tsv', webAnno('#T_SP=|b', '1-1\t0-3\tAda\tPER\t')),
    /a\.txt:2: The layer has no name/,
  ],
  [
    'a brat id without end',
    () => read('brat', `A${'1'.repeat(300_000)}`, 'Ada'),
    /a\.txt:1: The line does not begin with an id and a tab/,
  ],
  [
    'layers of CoNLL-U without end',
    () =>
      read(
        'conllu',
        numbers(5000)
          .map((k) => word(k + 1, `K${k}=B-x`))
          .join(''),
      ),
    /a\.txt:1: The words have labels in 5000 layers/,
  ],
  [
    'JSON of doccano that is nested without end',
    () => read('doccano', `{"text":"a","meta":${deep}}`),
    /a\.txt:1: The line is not JSON/,
  ],
  [
    'JSON of Label Studio that is, too',
    () => read('label-studio', `[{"data":{"text":"a"},"meta":${deep}}]`),
    /The file is not JSON/,
  ],
  [
    'a NUL in a text',
    () => read('doccano', '{"text":"ab\\u0000c"}'),
    /a\.txt:1: The text holds the character NUL at offset 2/,
  ],
  [
    'tokens of Prodigy outside the text',
    () => read('prodigy', '{"text":"Ada","tokens":[{"text":"Ada","start":0,"end":9}]}'),
    /a\.txt:1: The token "Ada" stands at 0–9/,
  ],
  [
    'a project nested without end',
    () => parseProject(`{"a":${deep}}`, 'p'),
    /p: The project file is not JSON: it is nested more than 200 levels deep/,
  ],
  [
    'a project without end',
    () => parseProject(`{"layers":[${' '.repeat(1 << 20)}]}`, 'p'),
    /p: The project file has 2 MB; Glossator reads no more than 1 MB of one/,
  ],
  [
    'a layer named like a property',
    () => parseProject('{"layers":[{"name":"constructor","kind":"span","labels":[]}]}', 'p'),
    /"layers.0.name": is taken by JavaScript/,
  ],
  [
    'LSTM layers without end',
    () =>
      readElmoOptions(
        saved('options.json', JSON.stringify({ ...tinyElmo, lstm: { ...tinyElmo.lstm, n_layers: 1e9 } })),
      ),
    /The setting "lstm.n_layers" is wrong/,
  ],
];

/** What is read, although it once ended in a fault or in hours. */
const readable: [what: string, read: () => void][] = [
  [
    'a range of 200,000 words',
    () => {
      const words = numbers(200_000)
        .map((k) => word(k + 1, '_'))
        .join('');
      assert.equal(
        read('conllu', `1-200000\tw\t_\t_\t_\t_\t_\t_\t_\t_\n${words}`)[0].sentences?.[0].tokens.length,
        200_000,
      );
    },
  ],
  [
    '30,000 documents of one name, and one of a long name',
    () => {
      const names = read('conllu', `# newdoc id = a\n${word(1, '_')}\n`.repeat(30_000)).map(
        ({ name }) => name,
      );
      assert.equal(new Set(names).size, 30_000);
      const [{ name }] = read('conllu', `# newdoc id = ${'é'.repeat(5000)}\n${word(1, '_')}\n`);
      assert.equal(name, 'é'.repeat(100));
    },
  ],
  [
    '130,000 labels of brat, written with one of them gone',
    () => {
      const lines = numbers(130_000).map((k) => `T${k + 1}\tPER ${3 * k} ${3 * k + 2}\tab`);
      const [document] = read('brat', lines.join('\n'), 'ab '.repeat(130_000));
      const labels = [...document.labels.slice(1), { layer: 'ner', label: 'PER', start: 0, end: 2 }];
      const { files } = annotationFormat('brat').write([{ ...document, labels }], 'a');
      assert.match(files.find(({ name }) => name.endsWith('.ann'))?.content ?? '', /^T130001\tPER 0 2\tab$/m);
    },
  ],
  [
    'an id of brat beyond all counting',
    () => {
      const [document] = read('brat', 'T9007199254740993\tPER 0 3\tAda\n', 'Ada met Ben');
      const labels = [
        ...document.labels,
        ...[4, 8].map((start) => ({ layer: 'ner', label: 'X', start, end: start + 3 })),
      ];
      const { files } = annotationFormat('brat').write([{ ...document, labels }], 'a');
      assert.match(files.map(({ content }) => content).join(''), /^T1\tX 4 7\tmet\nT2\tX 8 11\tBen$/m);
    },
  ],
  [
    'a label of WebAnno without a value',
    () =>
      assert.equal(
        read('webanno-tsv', webAnno('#T_SP=a.Name|value', '1-1\t0-3\tAda\t[1]\t'))[0].labels[0].label,
        '*',
      ),
  ],
  [
    'a layer of Label Studio without a name, and a score that is no probability',
    () => {
      const region = {
        from_name: '',
        type: 'labels',
        score: 17,
        value: { start: 0, end: 3, labels: ['PER'] },
      };
      const json = JSON.stringify([{ data: { text: 'Ada' }, annotations: [{ result: [region] }] }]);
      assert.deepEqual(read('label-studio', json)[0].labels, [
        { layer: 'ner', label: 'PER', start: 0, end: 3 },
      ]);
    },
  ],
  [
    'half a character, which is said to become another',
    () => {
      const { texts, report } = planImport(read('doccano', '{"text":"a\\ud83d b"}'), '/p', {});
      assert.equal(texts[0].text, 'a\ufffd b');
      assert.deepEqual(
        report.losses.map(({ what, count }) => [what, count]),
        [['halves of characters, which become �', 1]],
      );
    },
  ],
  [
    'labels named like properties',
    () => {
      const names = ['constructor', 'toString', '__proto__'];
      const text = 'Ada met Bob.';
      const more = { quote: 'Ada', before: '', after: '', state: 'confirmed', annotator: 'm' } as const;
      for (const label of names) {
        const labels = [
          { id: '1', layer: 'api', label, start: 0, end: 3, time: '2026-01-01T00:00:00.000Z', ...more },
        ];
        const known = layerKnowledge(
          [{ name: 'a', text, sentences: segment(text, 'plain'), labels, placeOf: () => 'a:1' }],
          { name: 'api', kind: 'span', labels: names },
        );
        assert.deepEqual(Object.entries(known.examples), [[label, 1]]);
      }
    },
  ],
  [
    'a record of a retraining with wrong values, which is none',
    () => {
      assert.ok(readRunRecord(JSON.stringify(sampleRecord)));
      for (const wrong of [
        { layers: 5 },
        { seconds: 'long' },
        { flips: [null] },
        { layers: [{}] },
        { settings: null },
      ])
        assert.equal(readRunRecord(JSON.stringify({ ...sampleRecord, ...wrong })), null);
      assert.equal(readRunRecord(`{"settings":${deep}}`), null);
    },
  ],
  [
    'a model with a layer named like a property, or with labels or heads without end, which is refused',
    () => {
      const layer = { name: '__proto__', kind: 'token', labels: ['A'] };
      assert.ok(config({ layer }).includes('heads.0.layer.name'));
      const labels = numbers(100_000).map(String);
      assert.ok(config({ layer: { ...layer, name: 'a', labels } }).includes('heads.0.layer.labels'));
      const heads = numbers(1000).map(() => ({}));
      assert.ok(
        modelConfigSchema.safeParse({ heads }).error?.issues.some(({ path: at }) => at.join('.') === 'heads'),
      );
    },
  ],
  [
    'a sentence about a word of a megabyte, with commands for the terminal',
    () => {
      const said = new InputError(`The tag "${'x\n\u001b[2J'.repeat(200_000)}" is not BIO.`, {
        file: 'a\n',
      }).format();
      assert.match(said, /^a␊: The tag "x␊␛\[2J.{500,560} … .* is not BIO\.$/u);
    },
  ],
];

describe('files from strangers that once broke a reader', () => {
  for (const [what, run, sentence] of refused)
    it(`refuses ${what}`, { timeout: 10_000 }, async () => {
      await assert.rejects(
        async () => run(),
        (error) => {
          assert.ok(error instanceof InputError, String(error));
          assert.match(error.format(), sentence);
          return true;
        },
      );
    });

  for (const [what, run] of readable) it(`reads ${what}`, { timeout: 20_000 }, run);
});
