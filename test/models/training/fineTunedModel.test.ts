import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import type { Embedder } from '../../../models/embedders/embedder';
import { TagScorer } from '../../../models/evaluation/tagScorer';
import { loadTagger } from '../../../models/taggers/loadTagger';
import { writeModelDirectory } from '../../../models/taggers/modelDirectory';
import { modelConfigSchema } from '../../../models/taggers/modelConfig';
import type { Tagger } from '../../../models/taggers/tagger';
import { type TrainConfig, trainConfigSchema } from '../../../models/training/trainConfig';
import { trainTagger } from '../../../models/training/trainTagger';
import type { TrainProgress } from '../../../models/training/trainProgress';
import { tuneEmbedder } from '../../../models/training/tuneEmbedder';
import { assertClose, FLOAT16 } from '../../closeness';
import { examples, posLayer, tinyEmbedder, tinyHead } from '../tinyModel';

const head = { cells: 8, wordSize: 0, wordMinimum: 1, characterFilters: [], dropout: 0, wordDropout: 0 };
const common = { head, epochs: 6, batchPlaces: 24, learningRate: 0.02 };
const fineTune = { layers: ['lstm2', 'lstm1', 'projection'], learningRate: 0.02, warmup: 2 };
const sentences = examples.map(({ forms }) => forms);

describe('a fine-tuned model', () => {
  let folder = '';
  let progress: TrainProgress[] = [];
  const model = (name: string): string => path.join(folder, name);

  function config(pos: object): TrainConfig {
    const [train, dev] = [path.join(folder, 'pos.tsv'), path.join(folder, 'pos.tsv')];
    const ner = path.join(folder, 'ner.tsv');
    const layers = [
      { name: 'pos', kind: 'token', train, dev, ...common, ...pos },
      { name: 'ner', kind: 'span', train: ner, dev: ner, ...common },
    ];
    return { ...trainConfigSchema.parse({ layers }), biLm: model('base') };
  }

  async function train(name: string, pos: object): Promise<TrainProgress[]> {
    const events: TrainProgress[] = [];
    for await (const event of trainTagger(config(pos), model(name))) events.push(event);
    return events;
  }

  before(async () => {
    await loadBackend('auto');
    folder = await mkdtemp(path.join(tmpdir(), 'glossator-tuned-'));
    for (const layer of ['pos', 'ner'] as const) {
      const lines = examples.map((example) =>
        example.forms.map((form, k) => `${form}\t${example[layer][k]}`),
      );
      await writeFile(
        path.join(folder, `${layer}.tsv`),
        `${lines.map((each) => each.join('\n')).join('\n\n')}\n`,
      );
    }
    const embedder = tinyEmbedder();
    const basis = tinyHead(posLayer, embedder);
    const heads = [{ head: basis, temperature: 1 }];
    await writeModelDirectory(model('base'), { language: 'en', embedder, heads, training: {} });
    basis.dispose();
    embedder.dispose();
    progress = await train('tuned', { fineTune });
    await train('frozen', {});
  });
  after(() => rm(folder, { recursive: true }));

  async function loaded<T>(name: string, act: (tagger: Tagger) => Promise<T>): Promise<T> {
    const tagger = await loadTagger(model(name));
    const result = await act(tagger);
    tagger.dispose();
    return result;
  }

  it('reports train and dev loss of every epoch, and small data', () => {
    const scored = progress.filter((event) => event.phase === 'scored' && event.layer === 'pos');
    assert.ok(scored.length > 0);
    for (const event of scored)
      assert.ok(event.phase === 'scored' && event.trainLoss > 0 && event.devLoss > 0, JSON.stringify(event));
    const warnings = progress.flatMap((event) => (event.phase === 'warning' ? [event] : []));
    assert.deepEqual(warnings[0], {
      phase: 'warning',
      layer: 'pos',
      message:
        '8 sentences with 35 labels for 5,000 trainable weights of the embedder: freeze, or label more.',
    });
  });

  it('is the difference to its base: the tuned weights alone, named in config.json', async () => {
    const parsed = modelConfigSchema.parse(JSON.parse(await readFile(model('tuned/config.json'), 'utf8')));
    assert.deepEqual(parsed.heads[0].tuned, {
      layers: ['lstm2', 'lstm1', 'projection'],
      weights: 'pos.tuned.safetensors',
    });
    assert.equal(parsed.heads[1].tuned, undefined);
    assert.ok('pos.tuned.safetensors' in parsed.checksums);
    const [bytes, base] = await Promise.all([
      readFile(model('tuned/pos.tuned.safetensors')),
      readFile(model('tuned/embedder.safetensors')),
    ]);
    assert.ok(bytes.length > 2 * 5000 && bytes.length < base.length);
    assert.deepEqual(base, await readFile(model('base/embedder.safetensors')));
  });

  it('scores, once loaded, just what training reported', async () => {
    const done = progress.find((event) => event.phase === 'done');
    const scorer = new TagScorer();
    const predictions = await loaded('tuned', (tagger) => tagger.tag(sentences));
    predictions.forEach(({ pos }, k) => {
      if (pos.kind === 'token')
        scorer.add(
          examples[k].pos,
          pos.tags.map(({ label }) => label),
        );
    });
    assert.equal(done?.phase === 'done' && done.dev.pos, scorer.accuracy);
  });

  it('leaves the other heads on the base, alone and beside the tuned one', async () => {
    const plain = await loaded('frozen', (tagger) => tagger.tag(sentences, { layers: ['ner'] }));
    const alone = await loaded('tuned', (tagger) => tagger.tag(sentences, { layers: ['ner'] }));
    assert.deepEqual(alone, plain);
    const beside = await loaded('tuned', (tagger) => tagger.tag(sentences));
    assert.deepEqual(
      beside.map(({ ner }) => ({ ner })),
      plain,
    );
    const pos = await loaded('tuned', (tagger) => tagger.tag(sentences, { layers: ['pos'] }));
    assert.deepEqual(
      beside.map((each) => ({ pos: each.pos })),
      pos,
    );
  });

  it('tells how every head mixes the layers, as the record does', async () => {
    const mix = await loaded('tuned', (tagger) => Promise.resolve(tagger.mixWeights()));
    for (const layer of ['pos', 'ner']) {
      const { layers } = mix[layer]!;
      assert.equal(layers.length, 3);
      assertClose(
        layers.reduce((a, b) => a + b),
        1,
        { terms: layers.length },
      );
    }
    const { training } = JSON.parse(await readFile(model('tuned/config.json'), 'utf8')) as {
      training: { mix: typeof mix };
    };
    assertClose(training.mix.pos!.gamma, mix.pos!.gamma, { terms: 1, unit: FLOAT16 });
  });

  it('leaves no tensor behind', async () => {
    const tensors = tf.memory().numTensors;
    await train('again', { fineTune: { ...fineTune, layers: ['characters'] } });
    await loaded('again', (tagger) => tagger.tag(sentences));
    assert.equal(tf.memory().numTensors, tensors);
    await assert.rejects(train('none', { fineTune: { ...fineTune, layers: ['lstm9'] } }), {
      name: 'InputError',
      message: 'The biLM has no part "lstm9" to tune.',
    });
    assert.equal(tf.memory().numTensors, tensors);
  });

  it('is refused where its difference is damaged or is that of another biLM', async () => {
    const file = model('tuned/pos.tuned.safetensors');
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, 100));
    await assert.rejects(loadTagger(model('tuned')), /checksum/);
    await writeFile(file, whole);
    const config = model('tuned/config.json');
    const text = await readFile(config, 'utf8');
    await writeFile(config, text.replace(/"lstm2",\s*/, ''));
    await assert.rejects(loadTagger(model('tuned')), { message: /weight "Layer1\/\w+" is of no tuned part/ });
    await writeFile(config, text);
  });

  it('is not made where nothing can be tuned', () => {
    const [pos] = config({ fineTune }).layers;
    const closed: Embedder = { id: 'hub', layers: 3, size: 8, embed: () => [], dispose: () => undefined };
    assert.throws(() => tuneEmbedder(closed, pos), /layer "pos" cannot be fine-tuned/);
    const embedder = tinyEmbedder();
    const [lower] = config({ fineTune, head: { ...head, embedderLayers: [0, 1] } }).layers;
    assert.throws(() => tuneEmbedder(embedder, lower), /does not read what "lstm2" gives/);
    const [without] = config({ fineTune, head: { ...head, useEmbedder: false, wordSize: 8 } }).layers;
    assert.throws(() => tuneEmbedder(embedder, without), /does not read what "lstm2" gives/);
    embedder.dispose();
  });
});
