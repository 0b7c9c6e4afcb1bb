import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadBackend } from '../../../models/backend';
import { BiLmEmbedder } from '../../../models/embedders/biLmEmbedder';
import { biLmFiles, loadBiLmFolder } from '../../../models/embedders/biLmFolder';
import { importElmo } from '../../../models/embedders/importElmo';
import { openEmbedder } from '../../../models/embedders/openEmbedder';
import { loadPublishedElmo } from '../../../models/embedders/publishedElmo';
import { InputError } from '../../../models/errors';
import { type BiLm } from '../../../models/nn/biLm';
import { biLmShapes, biLmSize } from '../../../models/nn/biLmShapes';
import { readWeights } from '../../../models/nn/parameters';
import { openTrainingEmbedder } from '../../../models/training/trainingEmbedder';
import { tinyElmo } from '../tinyModel';
import { type MadeElmo, madeElmo, tinyOptions } from './madeElmo';

describe('importing published weights', () => {
  let made: MadeElmo;
  let imported: string;
  before(async () => {
    await loadBackend('auto');
    made = await madeElmo();
    imported = path.join(made.folder, 'imported');
    await importElmo(made.options, made.weights, imported);
  });
  after(() => rm(made.folder, { recursive: true }));

  const weightsOf = async (biLm: BiLm): Promise<Map<string, unknown>> => {
    const weights = await readWeights(biLm.variables());
    biLm.dispose();
    return weights;
  };

  it('keeps every weight, and reports how far it has come', async () => {
    const expected = await weightsOf(await loadPublishedElmo(made.options, made.weights));
    const published = async (): Promise<BiLm> => {
      const embedder = await openEmbedder(`${made.options},${made.weights}`);
      assert.ok(embedder instanceof BiLmEmbedder);
      return embedder.biLm;
    };
    const reports: number[] = [];
    const loaded = await loadBiLmFolder(imported, (done, total) => reports.push(done / total));
    assert.deepEqual(await weightsOf(loaded), expected);
    assert.deepEqual(await weightsOf(await published()), expected);
    assert.equal(reports.length, expected.size);
    assert.equal(reports.at(-1), 1);
    assert.deepEqual(reports, [...reports].sort());
    assert.deepEqual(readdirSync(imported).sort(), Object.values(biLmFiles).sort());
  });

  it('is read for training, rounded as a model will hold it', async () => {
    const { embedder } = await openTrainingEmbedder(imported);
    assert.equal(embedder.size, 2 * tinyElmo.lstm.projection_dim);
    embedder.dispose();
  });

  const shapes = [
    {},
    { lstm: { n_layers: 3, use_skip_connections: false } },
    { char_cnn: { n_highway: 0, activation: 'tanh' } },
    { lstm: { projection_dim: 16 }, char_cnn: { n_highway: 2 } }, // as many as cells and as filters
  ];
  for (const changes of shapes)
    it(`knows the shapes of ${JSON.stringify(changes)}`, async () => {
      const options = tinyOptions(changes);
      const other = await madeElmo(options);
      const biLm = await loadPublishedElmo(other.options, other.weights);
      const entries = biLm.variables().map(([name, { shape }]) => [name, shape]);
      assert.deepEqual(new Map(biLmShapes(options)), new Map(entries as [string, number[]][]));
      assert.equal(
        biLmSize(options),
        biLm.variables().reduce((sum, [, { size }]) => sum + size, 0),
      );
      const projection = biLm.variables().find(([name]) => name === 'CNN_proj/W_proj');
      const diagonal = Array.from(projection![1].dataSync()).filter((value) => value === 1).length;
      assert.equal(diagonal, options.lstm.projection_dim === 16 ? 16 : 0); // left out, so it changes nothing
      biLm.dispose();
      await rm(other.folder, { recursive: true });
    });

  const contradictions: [string, object, RegExp][] = [
    [
      'another number of cells',
      { lstm: { dim: 32 } },
      /dataset "RNN_0\/.*W_0" has shape \[16, 64\], but .* \[16, 128\]/,
    ],
    ['too many layers', { lstm: { n_layers: 3 } }, /dataset "RNN_0\/.*Cell2\/LSTMCell\/W_0" is missing/],
    ['too few layers', { lstm: { n_layers: 1 } }, /more than the 1 LSTM layers/],
    ['another highway layer', { char_cnn: { n_highway: 2 } }, /dataset "CNN_high_1\/W_carry" is missing/],
    [
      'another filter',
      {
        char_cnn: {
          filters: [
            [1, 8],
            [2, 8],
          ],
        },
      },
      /"CNN\/W_cnn_1" has shape \[1, 3, 4, 8\], but/,
    ],
    [
      'wrong characters',
      { char_cnn: { n_characters: 1000 } },
      /"char_cnn.n_characters" is wrong: must be 261/,
    ],
    ['no activation', { char_cnn: { activation: 'gelu' } }, /"char_cnn.activation" is wrong/],
    ['no cells', { lstm: { dim: 0 } }, /"lstm.dim" is wrong/],
  ];
  for (const [name, changes, message] of contradictions)
    it(`refuses options with ${name}, and writes nothing`, async () => {
      const options = path.join(made.folder, 'other.json');
      await writeFile(options, JSON.stringify(tinyOptions(changes)));
      const out = path.join(made.folder, 'refused');
      await refused(importElmo(options, made.weights, out), message);
      assert.ok(!readdirSync(made.folder).includes('refused'));
    });

  const refused = (work: Promise<unknown>, message: RegExp): Promise<void> =>
    assert.rejects(work, (error) => {
      assert.ok(error instanceof InputError, String(error));
      assert.match(error.format(), message);
      return true;
    });

  it('refuses weights that are cut off anywhere, or are something else', async () => {
    const cut = path.join(made.folder, 'cut.hdf5');
    const { length } = await readFile(made.weights);
    for (const size of [0, 7, 100, Math.floor(length / 2), length - 1]) {
      await copyFile(made.weights, cut);
      await truncate(cut, size);
      await refused(
        importElmo(made.options, cut, path.join(made.folder, 'no')),
        /not HDF5, or it is cut off/,
      );
    }
    await refused(loadPublishedElmo(made.options, made.folder), /not a file/);
    await refused(loadPublishedElmo(made.weights, made.weights), /binary/);
    await writeFile(cut, '{}');
    await refused(loadPublishedElmo(cut, made.weights), /setting "lstm" is wrong/);
    await writeFile(cut, '{');
    await refused(loadPublishedElmo(cut, made.weights), /not JSON/);
  });

  it('refuses a folder that holds a model', async () => {
    const model = path.join(made.folder, 'model');
    await mkdir(model);
    await writeFile(path.join(model, 'config.json'), '{}');
    await refused(importElmo(made.options, made.weights, model), /holds a model already/);
  });

  it('refuses imported folders that are damaged', async () => {
    const options = path.join(imported, biLmFiles.options);
    const weights = path.join(imported, biLmFiles.weights);
    const bytes = await readFile(weights);
    await refused(
      openEmbedder(path.join(made.folder, 'gone')),
      /no such file or folder\. Name the folder of a biLM/,
    );
    await refused(openEmbedder(options), /This file alone is no embedder/);
    await refused(openEmbedder(made.folder), /no weights of a biLM\. Make them with/);
    for (const size of [0, 4, 200, bytes.length - 1]) {
      await writeFile(weights, bytes.subarray(0, size));
      await refused(openEmbedder(imported), /weights\.safetensors: The weights are damaged/);
    }
    await writeFile(weights, bytes);
    await writeFile(options, JSON.stringify(tinyOptions({ lstm: { dim: 4 } })));
    await refused(
      openEmbedder(imported),
      /weight "Layer0\/input" has shape \[2, 8, 64\], but the options say \[2, 8, 16\]/,
    );
    await writeFile(options, JSON.stringify(tinyOptions({ lstm: { n_layers: 3 } })));
    await refused(openEmbedder(imported), /weight "Layer2\/input" is missing/);
  });
});
