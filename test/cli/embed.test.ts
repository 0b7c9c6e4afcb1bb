import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openHdf5 } from '../../models/embedders/hdf5';
import { elmoOptionsSchema } from '../../models/nn/elmoOptions';
import { assertClose, biLmTerms, type Sums } from '../closeness';
import { type MadeElmo, madeElmo } from '../models/embedders/madeElmo';
import { tinyElmo } from '../models/tinyModel';
import { shared, unlessShared } from '../shared';
import { runGlossator } from './runGlossator';
import { writeTinyModel } from './tinyModel';

interface Embedded {
  readonly tokens: readonly string[];
  readonly layers: readonly (readonly (readonly number[])[])[];
}

const parse = (text: string): Embedded[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Embedded);

/** Asserts that two nested arrays of numbers agree. */
function near(actual: Embedded['layers'], expected: Embedded['layers'], sums: Sums): void {
  assert.deepEqual([actual.length, actual[0].length], [expected.length, expected[0].length]);
  assertClose(actual.flat(2), expected.flat(2), sums);
}

describe('glossator import-elmo and embed', { concurrency: 2 }, () => {
  let made: MadeElmo;
  let pair: string;
  let imported: string;
  const text = 'Ada wrote letters .\n\nRome  and\tAthens\u00a0too\n';
  before(async () => {
    made = await madeElmo();
    pair = `${made.options},${made.weights}`;
    imported = join(made.folder, 'imported');
    await writeFile(join(made.folder, 'text.txt'), text);
    const { status, stdout, stderr } = await runGlossator([
      ...['import-elmo', made.options, made.weights, '--out', imported],
    ]);
    assert.deepEqual([status, stdout], [0, ''], stderr);
    assert.match(stderr, /^The biLM of 6,[\d,]+ weights is in /m);
  });
  after(() => rm(made.folder, { recursive: true }));

  const embed = async (input: string, ...args: string[]): Promise<Embedded[]> => {
    const { status, stdout, stderr } = await runGlossator(
      ['embed', '--in', '-', '--out', '-', ...args],
      input,
    );
    assert.equal(status, 0, stderr);
    return parse(stdout);
  };

  it('give the same vectors for published files and for what was made of them, a line a sentence', async () => {
    const published = await embed(text, '--weights', pair);
    assert.deepEqual(await embed(text, '--weights', imported), published);
    assert.deepEqual(
      published.map(({ tokens }) => tokens),
      [['Ada', 'wrote', 'letters', '.'], [], ['Rome', 'and', 'Athens\u00a0too']],
    );
    for (const { tokens, layers } of published) {
      assert.equal(layers.length, 3);
      for (const layer of layers) {
        assert.equal(layer.length, tokens.length);
        assert.ok(layer.every((vector) => vector.length === 16));
      }
    }
  });

  it('write a file that is whole', async () => {
    const out = join(made.folder, 'vectors.jsonl');
    const args = ['embed', '--weights', imported, '--in', join(made.folder, 'text.txt'), '--out', out];
    const { status, stdout, stderr } = await runGlossator([...args, '--layers', 'mix']);
    assert.deepEqual([status, stdout], [0, ''], stderr);
    assert.match(stderr, /3 sentences, 7 tokens, [\d,]+ tokens\/s/);
    const every = await embed(text, '--weights', imported);
    const mean = every[0].layers[0].map((vector, t) =>
      vector.map((value, u) => (value + every[0].layers[1][t][u] + every[0].layers[2][t][u]) / 3),
    );
    const [first, second] = parse(await readFile(out, 'utf8'));
    near(first.layers, [mean], { terms: 3 });
    assert.deepEqual(second, { tokens: [], layers: [[]] });
  });

  it('carry the state between sentences only when told to', async () => {
    const twice = 'Ada wrote .\nAda wrote .\n';
    const alone = await embed(twice, '--weights', imported, '--layers', 'top');
    near(alone[1].layers, alone[0].layers, { terms: biLmTerms(tinyElmo) });
    const running = await embed(twice, '--weights', imported, '--layers', 'top', '--stateful');
    near(running[0].layers, alone[0].layers, { terms: biLmTerms(tinyElmo) });
    assert.notDeepEqual(running[1].layers, running[0].layers);
  });

  it('read the biLM of a model directory', async () => {
    const model = join(made.folder, 'model');
    await writeTinyModel(model);
    const [{ layers }] = await embed('Fine .\n', '--weights', model);
    assert.deepEqual([layers.length, layers[0].length, layers[0][0].length], [3, 2, 8]);
  });

  it('give nothing for nothing', async () => {
    const { status, stdout } = await runGlossator([
      'embed',
      '--weights',
      imported,
      '--in',
      '-',
      '--out',
      '-',
    ]);
    assert.deepEqual([status, stdout], [0, '']);
  });

  for (const stream of [0, 1])
    it(
      `agree with the original program on stream ${stream}`,
      { skip: unlessShared('elmo-fixture') },
      async () => {
        const file = (name: string): string => join(shared, 'elmo-fixture', name);
        const streams = JSON.parse(readFileSync(file('sentences.json'), 'utf8')) as string[][];
        const results = await embed(
          `${streams[stream].join('\n')}\n`,
          ...[
            '--weights',
            `${file('options.json')},${file('lm_weights.hdf5')}`,
            '--stateful',
            '--layers',
            'top',
          ],
        );
        const options = elmoOptionsSchema.parse(JSON.parse(readFileSync(file('options.json'), 'utf8')));
        const recorded = await openHdf5(file(`lm_embeddings_${stream}.hdf5`));
        results.forEach(({ layers }, k) => {
          const { shape, data } = recorded.read(String(k)); // [2, T, P]
          const [, steps, p] = shape;
          const row = (at: number): number[] => Array.from(data.subarray(at * p, (at + 1) * p));
          const vectors = Array.from({ length: steps }, (_, t) => [...row(t), ...row(steps + t)]);
          near(layers, [vectors], { terms: biLmTerms(options) });
        });
        assert.equal(results.length, 10);
        recorded.close();
      },
    );

  it('refuse bad input with status 2 and one sentence, and leave nothing behind', async () => {
    const at = (name: string): string => join(made.folder, name);
    await copyFile(made.weights, at('cut.hdf5'));
    await truncate(at('cut.hdf5'), 10_000);
    await writeFile(
      at('more.json'),
      (await readFile(made.options, 'utf8')).replace('"n_layers":2', '"n_layers":3'),
    );
    await writeFile(at('latin.txt'), Buffer.from('one\ntwo caf\u00e9\n', 'latin1'));
    await writeFile(at('picture.txt'), Uint8Array.of(0x89, 0x50, 0, 1));
    const before = readdirSync(made.folder).sort();
    const from = (weights: string, input = 'text.txt', out = 'out.jsonl'): string[] => [
      ...['embed', '--weights', weights, '--in', at(input), '--out', at(out)],
    ];
    const table: [args: string[], message: RegExp][] = [
      [
        ['import-elmo', made.options, at('cut.hdf5'), '--out', at('no')],
        /cut\.hdf5: The file is not HDF5, or it is cut off\./,
      ],
      [
        ['import-elmo', at('more.json'), made.weights, '--out', at('no')],
        /The dataset "RNN_0.*Cell2.*" is missing\./,
      ],
      [['import-elmo', made.weights, made.options, '--out', at('no')], /weights\.hdf5: The file is binary/],
      [['import-elmo', made.options, '--out', at('no')], /missing required argument 'weights'/],
      [from(`${at('more.json')},${made.weights}`), /The dataset "RNN_0.*Cell2.*" is missing\./],
      [from(at('gone')), /gone: There is no such file or folder\./],
      [from(made.folder), /weights\.safetensors: There are no weights of a biLM\./],
      [from(imported, 'gone.txt'), /gone\.txt: There is no such file\./],
      [from(imported, 'imported'), /imported: This is a folder, not a file\./],
      [from(imported, 'latin.txt'), /latin\.txt:2: The line is not valid UTF-8\./],
      [from(imported, 'picture.txt'), /picture\.txt: The file is binary/],
      [from(imported, 'text.txt', 'imported'), /imported: This is a folder, not a file\./],
      [from(imported, 'text.txt', 'gone/out.jsonl'), /gone: There is no such folder\. Make it first\./],
      [[...from(imported), '--layers', 'first'], /'first' is invalid.*all, top, mix/],
    ];
    for (const [args, message] of table) {
      const { status, stdout, stderr } = await runGlossator(args);
      assert.deepEqual([status, stdout], [2, ''], `${args.join(' ')}\n${stderr}`);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /HDF5-DIAG|\n {4}at /);
    }
    assert.deepEqual(readdirSync(made.folder).sort(), before);
  });
});
