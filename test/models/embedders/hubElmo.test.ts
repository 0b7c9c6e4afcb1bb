import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { create } from 'tar';
import { type BackendName, loadBackend, tf } from '../../../models/backend';
import { HubElmo, loadHubElmo } from '../../../models/embedders/hubElmo';
import { openSavedModel, type Signature } from '../../../models/embedders/savedModel';
import { InputError } from '../../../models/errors';
import { assertClose, biLmTerms } from '../../closeness';
import { root } from '../../shared';
import { tinyElmo } from '../tinyModel';

interface Numbers {
  shape: number[];
  values: number[];
}
type Outputs = Record<string, Numbers>;

const data = path.join(root, 'test', 'models', 'embedders', 'hubModule');
const moduleFolder = path.join(data, 'module');
/** The module has the sizes of the tiny biLM, and simpler parts; `default` is a mean over words. */
const terms = biLmTerms(tinyElmo) + 10;
const OUTPUTS = ['word_emb', 'lstm_outputs1', 'lstm_outputs2', 'elmo', 'default'];

describe('ELMo as a TensorFlow Hub module', () => {
  const python = JSON.parse(readFileSync(path.join(data, 'numbers.json'), 'utf8')) as {
    sentences: string[];
    tokens: Outputs;
    default: Outputs;
  };
  const words = python.sentences.map((sentence) => sentence.split(' '));
  const longest = Math.max(...words.map((sentence) => sentence.length));
  let backend: BackendName;
  let folder = '';
  let cache = '';

  before(async () => {
    backend = (await loadBackend('auto')).name;
    folder = await mkdtemp(path.join(tmpdir(), 'glossator-hub-'));
    cache = path.join(folder, 'cache');
  });
  after(() => rm(folder, { recursive: true }));

  const open = (source: string): Promise<HubElmo> => loadHubElmo(source, { trusted: true, cache });

  const refused = (promise: Promise<unknown>, message: RegExp): Promise<void> =>
    assert.rejects(promise, (error) => {
      assert.ok(error instanceof InputError, String(error));
      assert.match(error.format(), message);
      return true;
    });

  /** A test of what only the native backend can do. */
  const onNative = (name: string, test: () => Promise<void>): void =>
    void it(name, async (context: TestContext) => {
      if (backend === 'native') return test();
      return context.skip('a SavedModel needs the native backend');
    });

  function assertNumbers(tensor: tf.Tensor, { shape, values }: Numbers): void {
    assert.deepEqual(tensor.shape, shape);
    assertClose(tensor.dataSync<'float32'>(), values, { terms });
  }

  /** The layers in the numbers of Python, turned from [B, T, …] to [T, B, …]. */
  function expectedLayer(layer: number): Numbers {
    const { shape, values } = python.tokens[OUTPUTS[layer]];
    const [batch, steps, width] = shape;
    const turned = tf.tidy(() => {
      const x = tf.transpose(tf.tensor3d(values, [batch, steps, width]), [1, 0, 2]);
      return layer === 0 ? tf.concat([x, x], 2) : x;
    });
    const numbers = { shape: turned.shape, values: [...turned.dataSync<'float32'>()] };
    turned.dispose();
    return numbers;
  }

  function assertLayers(elmo: HubElmo): void {
    const layers = elmo.embed(words);
    assert.equal(layers.length, elmo.layers);
    layers.forEach((layer, k) => assertNumbers(layer, expectedLayer(k)));
    tf.dispose(layers);
  }

  onNative('gives the numbers of TensorFlow in Python', async () => {
    const before = tf.memory().numTensors;
    const elmo = await open(moduleFolder);
    assert.equal(elmo.size, 16);
    assertLayers(elmo);
    const pooled = elmo.embedSentences(python.sentences);
    assertNumbers(pooled, python.default.default);
    pooled.dispose();
    assert.equal(tf.memory().numTensors, before);
    elmo.dispose();
  });

  onNative('gives every output of both signatures', async () => {
    const model = await openSavedModel(moduleFolder, { trusted: true });
    const padded = words.map((sentence) => [
      ...sentence,
      ...Array<string>(longest - sentence.length).fill(''),
    ]);
    const lengths = words.map((sentence) => sentence.length);
    const inputs = {
      tokens: {
        tokens: tf.tensor2d(padded, undefined, 'string'),
        sequence_len: tf.tensor1d(lengths, 'int32'),
      },
      default: { strings: tf.tensor1d(python.sentences, 'string') },
    };
    for (const name of ['tokens', 'default'] as const) {
      const signature = await model.load(name, Object.keys(inputs[name]), OUTPUTS);
      const outputs = signature.run(inputs[name]);
      assert.deepEqual(Object.keys(outputs).sort(), [...OUTPUTS].sort());
      for (const output of OUTPUTS) assertNumbers(outputs[output], python[name][output]);
      tf.dispose(outputs);
      signature.dispose();
    }
    tf.dispose(inputs);
  });

  onNative('refuses a program whose outputs are not those of an ELMo', async () => {
    const model = await openSavedModel(moduleFolder, { trusted: true });
    const tokens = await model.load('tokens', ['tokens', 'sequence_len'], OUTPUTS);
    const sentences = await model.load('default', ['strings'], OUTPUTS);
    const swapped = (one: Signature, from: string, to: string): Signature => ({
      ...one,
      run: (inputs) => {
        const outputs = one.run(inputs);
        return { ...outputs, [to]: outputs[from] };
      },
    });
    const table: [Signature, Signature, RegExp][] = [
      [swapped(tokens, 'word_emb', 'lstm_outputs1'), sentences, /"lstm_outputs1" is float32 \[2, 2, 8\]/],
      [
        swapped(tokens, 'elmo', 'word_emb'),
        sentences,
        /"lstm_outputs1".* where an ELMo gives .* \[2, 2, 32\]/,
      ],
      [swapped(tokens, 'default', 'elmo'), sentences, /"elmo" is float32 \[2, 16\]/],
      [tokens, swapped(sentences, 'elmo', 'default'), /"default" is float32 \[2, 2, 16\]/],
    ];
    const before = tf.memory().numTensors;
    for (const [first, second, message] of table)
      assert.throws(() => new HubElmo('id', first, second, moduleFolder), message);
    assert.equal(tf.memory().numTensors, before);
    assert.throws(() => tf.tidy(() => tokens.run({ tokens: tf.tensor2d([['a']]) })), InputError);
    tokens.dispose();
    sentences.dispose();
  });

  onNative('gives a sentence the same vectors alone as in company', async () => {
    const elmo = await open(moduleFolder);
    const company = elmo.embed(words);
    const alone = elmo.embed([words[1]]);
    alone.forEach((layer, k) => {
      const same = tf.slice(company[k], [0, 1, 0], [words[1].length, 1, -1]);
      assertNumbers(layer, { shape: same.shape, values: [...same.dataSync()] });
      same.dispose();
    });
    tf.dispose([company, alone]);
    elmo.dispose();
  });

  for (const [name, entries, cwd] of [
    ['as TensorFlow Hub packs it', ['.'], moduleFolder],
    ['inside a folder', ['module'], data],
  ] as const)
    onNative(`reads a .tar.gz packed ${name}`, async () => {
      const file = path.join(folder, `${entries[0]}.tar.gz`);
      await create({ gzip: true, file, cwd }, [...entries]);
      const elmo = await open(file);
      assertLayers(elmo);
      elmo.dispose();
    });

  it('is refused on WebAssembly, with the way out', async (context) => {
    if (backend === 'native') return context.skip('this is the native backend');
    return refused(open(moduleFolder), /needs the native TensorFlow library.*published format/);
  });

  it('is refused in a workspace that is not trusted, before anything is read', async () => {
    await refused(
      loadHubElmo(moduleFolder, { trusted: false, cache }),
      /is a program.*not trusted.*Trust the workspace/,
    );
    await refused(openSavedModel(path.join(folder, 'none'), { trusted: false }), /is a program/);
    await refused(loadHubElmo(path.join(folder, 'none.tar.gz'), { trusted: false, cache }), /is a program/);
  });

  onNative('says what is wrong with other files', async () => {
    const put = async (name: string, files: Record<string, string | Buffer>): Promise<string> => {
      const place = path.join(folder, name);
      await mkdir(path.join(place, 'variables'), { recursive: true });
      for (const [file, content] of Object.entries(files)) await writeFile(path.join(place, file), content);
      return place;
    };
    const program = readFileSync(path.join(moduleFolder, 'saved_model.pb'));
    const page = path.join(await put('page', { 'elmo.tar.gz': '<!DOCTYPE html>' }), 'elmo.tar.gz');
    const empty = path.join(folder, 'other.tar.gz');
    await create({ gzip: true, file: empty, cwd: data }, ['make.py', 'numbers.json']);
    const table: [string, RegExp][] = [
      [path.join(folder, 'none'), /no such file or folder/],
      [await put('empty', {}), /no readable saved_model\.pb/],
      [await put('text', { 'saved_model.pb': 'This is not a program.' }), /saved_model\.pb is damaged/],
      [await put('cut', { 'saved_model.pb': program.subarray(0, 50_000) }), /saved_model\.pb cannot be read/],
      [
        await put('bare', { 'saved_model.pb': program }),
        /signature "tokens" failed: .*uninitialized.*incomplete/,
      ],
      [
        await put('broken', { 'saved_model.pb': program, 'variables/variables.index': 'Gulls.' }),
        /TensorFlow cannot load the SavedModel: /,
      ],
      [page, /not a \.tar\.gz/],
      [empty, /no readable saved_model\.pb/],
    ];
    for (const [source, message] of table) await refused(open(source), message);
    const model = await openSavedModel(moduleFolder, { trusted: true });
    await refused(model.load('spans', [], []), /no signature "spans"/);
    await refused(model.load('tokens', ['tokens'], OUTPUTS), /another input, "sequence_len"/);
    await refused(
      model.load('default', ['strings', 'x'], ['top']),
      /lacks the input "x" and the output "top"/,
    );
    assert.deepEqual(
      (await readdir(cache)).filter((name) => name.endsWith('.partial')),
      [],
    );
  });
});
