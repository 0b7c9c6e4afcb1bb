import assert from 'node:assert/strict';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { create } from 'tar';
import { loadBackend, tf } from '../../../models/backend';
import { BiLmEmbedder } from '../../../models/embedders/biLmEmbedder';
import { biLmFiles } from '../../../models/embedders/biLmFolder';
import { embedderSource, resolveSource, sourceName } from '../../../models/embedders/embedderSource';
import { importElmo } from '../../../models/embedders/importElmo';
import { identifyEmbedder, openEmbedder } from '../../../models/embedders/openEmbedder';
import { InputError } from '../../../models/errors';
import { writeModelDirectory } from '../../../models/taggers/modelDirectory';
import { root } from '../../shared';
import { posLayer, tinyHead } from '../tinyModel';
import { type MadeElmo, madeElmo } from './madeElmo';

const hubModule = path.join(root, 'test', 'models', 'embedders', 'hubModule', 'module');
const words = [['Ada', 'wrote', '.'], ['Rome']];

describe('opening an embedder', () => {
  let made: MadeElmo;
  let pair: string;
  let imported: string;
  let model: string;
  let archive: string;
  let cache: string;
  before(async () => {
    await loadBackend('auto');
    made = await madeElmo();
    pair = `${made.options},${made.weights}`;
    const at = (name: string): string => path.join(made.folder, name);
    [imported, model, archive, cache] = ['imported', 'model', 'module.tar.gz', 'cache'].map(at);
    await importElmo(made.options, made.weights, imported);
    const embedder = (await openEmbedder(imported)) as BiLmEmbedder;
    const head = tinyHead(posLayer, embedder);
    const heads = [{ head, temperature: 1 }];
    await writeModelDirectory(model, { language: 'en', embedder, heads, training: {} });
    head.dispose();
    embedder.dispose();
    await create({ file: archive, gzip: true, cwd: hubModule }, ['.']);
  });
  after(() => rm(made.folder, { recursive: true }));

  const isNative = (): boolean => tf.getBackend() === 'tensorflow';

  const refused = (promise: Promise<unknown>, message: RegExp): Promise<void> =>
    assert.rejects(promise, (error) => {
      assert.ok(error instanceof InputError, String(error));
      assert.match(error.format(), message);
      return true;
    });

  it('finds one biLM in every form that it is kept in, of one id', async () => {
    const before = tf.memory().numTensors;
    const ids = new Set<string>();
    for (const source of [pair, imported, model]) {
      const embedder = await openEmbedder(source);
      assert.ok(embedder instanceof BiLmEmbedder);
      assert.deepEqual([embedder.layers, embedder.size], [3, 16]);
      const layers = embedder.embed(words);
      assert.deepEqual(
        layers.map(({ shape }) => shape),
        Array(3).fill([3, 2, 16]),
      );
      tf.dispose(layers);
      ids.add(embedder.id).add(await identifyEmbedder(source));
      embedder.dispose();
    }
    assert.equal(ids.size, 1);
    assert.match([...ids][0], /^[0-9a-f]{16}$/);
    assert.equal(tf.memory().numTensors, before);
  });

  it('gives another id to other weights and to other options', async () => {
    const ids = new Set([await identifyEmbedder(imported)]);
    const other = path.join(made.folder, 'other');
    await cp(imported, other, { recursive: true });
    const weights = await readFile(path.join(other, biLmFiles.weights));
    weights[weights.length - 1] ^= 0x80; // the sign of the last number
    await writeFile(path.join(other, biLmFiles.weights), weights);
    ids.add(await identifyEmbedder(other));
    const options = path.join(other, biLmFiles.options);
    const text = await readFile(options, 'utf8');
    await writeFile(options, text.replace('"proj_clip": 3', '"proj_clip": 2'));
    ids.add(await identifyEmbedder(other));
    assert.equal(ids.size, 3);
  });

  it('opens a TensorFlow Hub module, folder or archive, where that can run', async () => {
    const sources = [hubModule, archive];
    const ids = await Promise.all(
      sources.map((source) => identifyEmbedder(source, { trusted: true, cache })),
    );
    assert.equal(ids[0], ids[1]);
    for (const source of sources) {
      await refused(openEmbedder(source, { cache }), /not run in a workspace that is not trusted\. Trust/);
      await refused(identifyEmbedder(source, { cache }), /not trusted/);
      const opened = openEmbedder(source, { trusted: true, cache });
      if (!isNative()) {
        await refused(
          opened,
          /needs the native TensorFlow library, but the backend is WebAssembly\. Install/,
        );
        continue;
      }
      const embedder = await opened;
      assert.deepEqual([embedder.id, embedder.layers, embedder.size], [ids[0], 3, 16]);
      embedder.dispose();
    }
  });

  it('says what a source is not', async () => {
    const at = (name: string): string => path.join(made.folder, name);
    await mkdir(at('empty'));
    await mkdir(at('torn'));
    await writeFile(at('torn/options.json'), await readFile(made.options));
    await writeFile(at('no.tgz'), 'no archive');
    const table: [string, RegExp][] = [
      [at('gone'), /gone: There is no such file or folder\. Name the folder of a biLM or of a model, an/],
      [at('empty'), /empty: The folder holds no embedder\. Name/],
      [made.weights, /weights\.hdf5: This file alone is no embedder\. Name .* a comma between them/],
      [made.options, /options\.json: This file alone is no embedder\./],
      [at('torn'), /weights\.safetensors: There are no weights of a biLM\. Make them/],
      [`${made.weights},${made.options}`, /weights\.hdf5: The file is binary/],
      [`${made.options},${at('gone.hdf5')}`, /gone\.hdf5: .*no such file/i],
      [at('no.tgz'), /no\.tgz: The file is not a \.tar\.gz archive/],
      ['', /There is no such file or folder/],
    ];
    for (const [source, message] of table)
      await refused(identifyEmbedder(source, { trusted: true, cache }), message);
  });

  it('tells the forms apart, reads paths from a folder, and has a name for each', () => {
    const kinds = [pair, imported, model, hubModule, archive].map((source) => embedderSource(source).kind);
    assert.deepEqual(kinds, ['published', 'biLm', 'model', 'hub', 'hub']);
    const { folder } = made;
    assert.equal(resolveSource('imported', folder), imported);
    assert.equal(resolveSource('options.json, weights.hdf5', folder), pair);
    assert.equal(resolveSource(pair, '/elsewhere'), pair);
    assert.deepEqual([imported, 'a/elmo_options.json,a/elmo_weights.hdf5', archive].map(sourceName), [
      'imported',
      'elmo_weights',
      'module',
    ]);
  });
});
