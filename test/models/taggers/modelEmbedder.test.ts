import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { importElmo } from '../../../models/embedders/importElmo';
import { identifyEmbedder } from '../../../models/embedders/openEmbedder';
import { InputError } from '../../../models/errors';
import { loadTagger } from '../../../models/taggers/loadTagger';
import { readTrainConfig } from '../../../models/training/trainConfig';
import { trainTagger } from '../../../models/training/trainTagger';
import { root } from '../../shared';
import { type MadeElmo, madeElmo, tinyOptions } from '../embedders/madeElmo';
import { examples } from '../tinyModel';

const hubModule = path.join(root, 'test', 'models', 'embedders', 'hubModule', 'module');
const sentences = [['Ada', 'wrote', '.'], ['Rome']];

const refused = (promise: Promise<unknown>, ...messages: RegExp[]): Promise<void> =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof InputError, String(error));
    for (const message of messages) assert.match(error.format(), message);
    return true;
  });

describe('the embedder of a model', () => {
  let made: MadeElmo;
  let other: MadeElmo;
  let imported: string;
  const at = (name: string): string => path.join(made.folder, name);

  /** Trains one small layer on an embedder; gives the model directory. */
  async function train(name: string, biLm: string, embedder?: 'inside' | 'external'): Promise<string> {
    const head = { cells: 4, wordSize: 4, characterFilters: [], wordMinimum: 1 };
    const layer = { name: 'pos', kind: 'token', train: 'pos.tsv', dev: 'pos.tsv', epochs: 1, head };
    await writeFile(at(`${name}.json`), JSON.stringify({ biLm, embedder, layers: [layer] }));
    const config = await readTrainConfig(at(`${name}.json`), '');
    for await (const progress of trainTagger(config, at(name), { trusted: true })) void progress;
    return at(name);
  }

  before(async () => {
    await loadBackend('auto');
    made = await madeElmo();
    other = await madeElmo(tinyOptions({ lstm: { projection_dim: 4 } }));
    imported = at('elmo');
    await importElmo(made.options, made.weights, imported);
    const lines = examples.flatMap(({ forms, pos }) => [...forms.map((form, k) => `${form}\t${pos[k]}`), '']);
    await writeFile(at('pos.tsv'), lines.join('\n'));
  });
  after(async () => {
    await rm(made.folder, { recursive: true });
    await rm(other.folder, { recursive: true });
  });

  const embedderOf = async (directory: string): Promise<Record<string, unknown>> => {
    const config = JSON.parse(await readFile(path.join(directory, 'config.json'), 'utf8')) as unknown;
    return (config as { embedder: Record<string, unknown> }).embedder;
  };

  it('is copied where it is small, and stays that whatever else is chosen', async () => {
    const model = await train('own', 'elmo');
    const id = await identifyEmbedder(imported);
    assert.equal((await embedderOf(model)).id, id);
    const said: string[] = [];
    const notice = (sentence: string): void => void said.push(sentence);
    const own = await loadTagger(model);
    const expected = await own.tag(sentences);
    own.dispose();
    const pair = `${other.options},${other.weights}`;
    for (const embedder of [imported, `${made.options},${made.weights}`, pair, at('gone')]) {
      const tagger = await loadTagger(model, { embedder, notice });
      assert.deepEqual(await tagger.tag(sentences), expected);
      tagger.dispose();
    }
    const otherId = await identifyEmbedder(pair);
    assert.deepEqual(said, [
      `“weights” (${otherId}) is not used: the layer pos was trained on the model’s own embedder (${id}). ` +
        'To use “weights”, train heads on it with `glossator train`.',
      `“gone” is not used, but the model’s own embedder. ${at('gone')}: There is no such file or folder. Name the ` +
        'folder of a biLM or of a model, an options.json and its weights with a comma between them, or the folder ' +
        'or .tar.gz of a TensorFlow Hub module.',
    ]);
  });

  it('is known by its weights where an older model tells no id', async () => {
    const model = await train('older', 'elmo');
    const file = path.join(model, 'config.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/,\s*"id": "[0-9a-f]+"/, ''));
    assert.equal((await embedderOf(model)).id, undefined);
    const said: string[] = [];
    for (const embedder of [imported, `${other.options},${other.weights}`])
      (await loadTagger(model, { embedder, notice: (sentence) => said.push(sentence) })).dispose();
    assert.equal(said.length, 1);
  });

  it('is only referred to when told so: then it must be named, and be the same', async () => {
    const before = tf.memory().numTensors;
    const model = await train('external', 'options.json,weights.hdf5', 'external');
    const id = await identifyEmbedder(imported);
    assert.deepEqual(await embedderOf(model), { external: id, name: 'weights', layers: 3, size: 16 });
    await refused(
      loadTagger(model),
      new RegExp(
        `layer pos was trained on the embedder “weights” \\(${id}\\), which is not part of the model`,
      ),
      /Name it with --embedder, or in the setting glossator\.embedder\./,
    );
    await refused(
      loadTagger(model, { embedder: `${other.options},${other.weights}` }),
      new RegExp(`on the embedder “weights” \\(${id}\\), but “weights” is another one \\([0-9a-f]{16}\\)\\.`),
      /or train heads on “weights” with `glossator train`/,
    );
    await refused(loadTagger(model, { embedder: at('gone') }), /no such file or folder/);
    await refused(train('from', 'external'), /holds no embedder of its own: it was trained on “weights”/);
    const labels: string[] = [];
    for (const embedder of [`${made.options},${made.weights}`, imported]) {
      const tagger = await loadTagger(model, { embedder });
      labels.push(JSON.stringify(await tagger.tag(sentences)));
      tagger.dispose();
    }
    assert.equal(labels[0], labels[1]);
    assert.equal(tf.memory().numTensors, before);
  });

  it('may be a TensorFlow Hub module, on the native backend', async (context) => {
    if (tf.getBackend() !== 'tensorflow') {
      await refused(train('hub', hubModule), /needs the native TensorFlow library/);
      return context.diagnostic('only the refusal: a SavedModel needs the native backend');
    }
    const model = await train('hub', hubModule);
    const external = await identifyEmbedder(hubModule, { trusted: true });
    assert.deepEqual(await embedderOf(model), { external, name: 'module', layers: 3, size: 16 });
    await refused(loadTagger(model, { embedder: hubModule }), /not run in a workspace that is not trusted/);
    await refused(loadTagger(model, { embedder: imported }), /“module” .* but “elmo” is another one/);
    const tagger = await loadTagger(model, { embedder: hubModule, trusted: true });
    assert.equal((await tagger.tag(sentences)).length, 2);
    tagger.dispose();
    await refused(
      train('copied', hubModule, 'inside'),
      /module cannot be copied into a model\. Take "embedder"/,
    );
  });
});
