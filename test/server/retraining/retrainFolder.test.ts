import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { InputError } from '../../../models/errors';
import { ModelHistory } from '../../../models/retraining/modelHistory';
import type { RetrainProgress } from '../../../models/retraining/retrainProgress';
import type { RunRecord } from '../../../models/retraining/runRecord';
import { loadTagger } from '../../../models/taggers/loadTagger';
import { retrainFolder, type RetrainRequest } from '../../../server/retraining/retrainFolder';
import { makeTinyModelFolder } from '../../cli/tinyModel';
import { labelledFolder } from './labelledFolder';

const settings = { epochs: 4, newEpochs: 4, learningRate: 0.01, foldsFrom: 10 };

describe('retraining a folder', () => {
  let base: string;
  const folders: string[] = [];

  before(async () => {
    await loadBackend('auto');
    const tiny = await makeTinyModelFolder();
    folders.push(tiny.folder);
    base = tiny.model;
  });
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function folder(): string {
    const made = labelledFolder();
    folders.push(made);
    return made;
  }

  async function retrained(
    root: string,
    changes: Partial<RetrainRequest> = {},
  ): Promise<{ record: RunRecord; directory: string; steps: RetrainProgress[] }> {
    const steps: RetrainProgress[] = [];
    for await (const step of retrainFolder({ folder: root, base, settings, ...changes })) steps.push(step);
    const done = steps.at(-1);
    if (done?.phase !== 'done') throw new Error('it did not end with a model');
    return { record: done.record, directory: done.directory, steps };
  }

  it('makes a model that loads, and a record that says all', async () => {
    const root = folder();
    const { record, directory, steps } = await retrained(root);
    const [ner, gene, pos] = record.layers;
    assert.deepEqual([ner.change, gene.change, pos.change], ['trained', 'new', 'kept']);
    assert.deepEqual(ner.examples, { PER: 20, LOC: 20 });
    assert.equal(ner.measuredBy, 'cross-validation');
    assert.ok(ner.before && ner.after && !gene.before);
    assert.ok(ner.curve.length === 4 && ner.confusion.length > 0);
    for (const { examples } of ner.confusion)
      for (const { file, start, end, quote } of examples)
        assert.equal(readFileSync(path.join(root, file), 'utf8').slice(start, end), quote);
    assert.match(gene.notices.join(' '), /GENE has 5 examples and needs 13 more to be scored\./);
    for (const flip of record.flips) assert.equal(flip.file, 'more.txt');
    const phases = new Set(steps.map(({ phase }) => phase));
    assert.deepEqual([...phases], ['read', 'embedding', 'epoch', 'notice', 'measuring', 'done']);
    const tagger = await loadTagger(directory);
    assert.deepEqual(
      tagger.layers.map(({ name }) => name),
      ['pos', 'ner', 'gene'],
    );
    assert.equal(tagger.modelId, record.modelId);
    tagger.dispose();
    const [entry] = await new ModelHistory(root).list();
    assert.deepEqual([entry.directory, entry.current], [directory, false]);
  });

  it('compares with the original model where the one that serves knows every label by heart', async () => {
    const root = folder();
    const first = await retrained(root);
    const second = await retrained(root, {
      base: first.directory,
      origin: { directory: base, isChosen: true },
    });
    const before = ({ record }: { record: RunRecord }) => record.layers[0].before;
    assert.notEqual(before(first), null);
    assert.deepEqual(before(second), before(first));
    assert.deepEqual(second.record.layers[0].after, first.record.layers[0].after);
  });

  it('gives the same bytes for the same labels and seed, and others for another seed', async () => {
    const [first, second, other] = [
      await retrained(folder(), { seed: 3 }),
      await retrained(folder(), { seed: 3 }),
      await retrained(folder(), { seed: 4 }),
    ];
    for (const name of ['ner.safetensors', 'gene.safetensors', 'config.json']) {
      const bytes = [first, second, other].map(({ directory }) => readFileSync(path.join(directory, name)));
      assert.ok(bytes[0].equals(bytes[1]), name);
      assert.ok(!bytes[0].equals(bytes[2]), name);
    }
  });

  it('keeps the head of a layer without labels bit for bit', async () => {
    const { directory } = await retrained(folder());
    for (const name of ['pos.safetensors', 'pos.words.txt', 'embedder.safetensors'])
      assert.ok(readFileSync(path.join(directory, name)).equals(readFileSync(path.join(base, name))), name);
  });

  it('starts from the model that the folder began with, and takes vectors from the cache', async () => {
    const root = folder();
    const first = await retrained(root);
    const second = await retrained(root, {
      base: first.directory,
      origin: { directory: base, isChosen: true },
    });
    assert.equal(second.record.modelId, first.record.modelId);
    assert.equal(second.record.baseId, first.record.baseId);
    assert.notEqual(second.directory, first.directory);
    assert.equal(second.record.flips.length, 0);
    assert.ok(!second.steps.some(({ phase }) => phase === 'embedding'));
    assert.equal(readFileSync(path.join(root, '.glossator', 'cache', '.gitignore'), 'utf8'), '*\n');
  });

  it('says that there is nothing to learn from, and leaves nothing', async () => {
    const root = mkdtempSync(path.join(tmpdir(), 'glossator-empty-'));
    folders.push(root);
    await assert.rejects(retrained(root), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.match(error.format(), /no confirmed labels to learn from/);
      return true;
    });
    assert.deepEqual(readdirSync(root), []);
  });

  it('leaves nothing when it is stopped at any step', async () => {
    const root = folder();
    for (const stopAt of [1, 3, 6, 9, 12]) {
      let count = 0;
      for await (const step of retrainFolder({ folder: root, base, settings })) {
        if (step.phase === 'done') break;
        if (++count === stopAt) break;
      }
      const models = path.join(root, '.glossator', 'models');
      assert.deepEqual(
        existsSync(models) ? readdirSync(models) : ['.gitignore'],
        ['.gitignore'],
        `${stopAt}`,
      );
    }
  });

  it('leaves no tensor behind', async () => {
    const root = folder();
    await retrained(root);
    const tensors = tf.memory().numTensors;
    await retrained(root);
    assert.equal(tf.memory().numTensors, tensors);
  });
});
