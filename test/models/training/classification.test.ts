import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { readSentenceLayer } from '../../../models/data/sentenceExample';
import { evaluateLayer } from '../../../models/evaluation/evaluateLayer';
import { loadTagger } from '../../../models/taggers/loadTagger';
import { holdOut } from '../../../models/training/heldOut';
import { readTrainConfig } from '../../../models/training/trainConfig';
import { trainTagger, type TrainProgress } from '../../../models/training/trainTagger';
import { root } from '../../shared';
import { assertClose, FLOAT64 } from '../../closeness';

const pretrained = path.join(root, 'models', 'pretrained');
const sample = path.join(root, 'samples', 'feedback.tsv');

let folder: string;
before(async () => {
  await loadBackend('auto');
  folder = await mkdtemp(path.join(tmpdir(), 'glossator-'));
});
after(() => rm(folder, { recursive: true }));

async function train(config: string, out: string): Promise<TrainProgress[]> {
  const events: TrainProgress[] = [];
  for await (const event of trainTagger(await readTrainConfig(config, pretrained), out)) events.push(event);
  return events;
}

async function configOf(name: string, layer: object, biLm?: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, JSON.stringify({ biLm, layers: [{ name: 'tone', kind: 'sentence', ...layer }] }));
  return file;
}

describe('the sample of 300 texts', () => {
  it('has three labels of a hundred texts each, and no text twice', async () => {
    const examples = await readSentenceLayer(sample);
    const counts = new Map<string, number>();
    for (const { labels } of examples) counts.set(labels[0], (counts.get(labels[0]) ?? 0) + 1);
    assert.deepEqual([...counts].sort(), [
      ['question', 100],
      ['report', 100],
      ['request', 100],
    ]);
    assert.equal(new Set(examples.map(({ forms }) => forms.join(' ').toLowerCase())).size, 300);
  });

  it('trains to at least 85 % on what is held out; the model says the same when it is loaded', async () => {
    const tensors = tf.memory().numTensors;
    const out = path.join(folder, 'feedback');
    const events = await train(path.join(root, 'samples', 'feedback.train.json'), out);
    const read = events.find(({ phase }) => phase === 'read');
    assert.ok(read?.phase === 'read' && read.heldOut && read.train + read.dev === 300 && read.dev >= 45);
    const done = events.at(-1);
    assert.ok(done?.phase === 'done' && done.dev['feedback'] >= 0.85, JSON.stringify(done));

    const tagger = await loadTagger(out);
    assert.deepEqual(tagger.layers, [
      { name: 'feedback', kind: 'sentence', labels: ['question', 'report', 'request'] },
    ]);
    const { dev } = holdOut(await readSentenceLayer(sample), 0.2);
    const scores = await evaluateLayer(tagger, 'feedback', dev);
    assert.ok(scores.kind === 'sentence');
    // Loaded weights are rounded to half precision: one text of some fifty may tip over.
    assert.ok(Math.abs(scores.scorer.accuracy - done.dev['feedback']) <= 1 / dev.length + 1e-9);
    tagger.dispose();
    assert.equal(tf.memory().numTensors, tensors);
  });
});

describe('training a sentence layer', () => {
  it('holds out a part that the texts alone decide', async () => {
    const examples = await readSentenceLayer(sample);
    const { train: most, dev } = holdOut(examples, 0.2);
    assert.equal(most.length + dev.length, 300);
    assert.deepEqual(new Set(holdOut([...examples].reverse(), 0.2).dev), new Set(dev));
    const loud = examples.map(({ forms, labels }) => ({
      forms: forms.map((form) => form.toUpperCase()),
      labels,
    }));
    assert.equal(holdOut(loud, 0.2).dev.length, dev.length);
    assert.deepEqual(
      holdOut(examples.slice(100), 0.2).dev,
      dev.filter((example) => examples.indexOf(example) >= 100),
    );
  });

  it('learns from JSON Lines with a dev file, also where dev has a label of its own', async () => {
    const line = (text: string, label: string): string => `${JSON.stringify({ text, label })}\n`;
    const data = path.join(folder, 'train.jsonl');
    const dev = path.join(folder, 'dev.jsonl');
    await writeFile(data, line('How lovely!', 'glad').repeat(8) + line('How sad.', 'sad').repeat(8));
    await writeFile(dev, line('How lovely!', 'glad') + line('How sad.', 'sad') + line('How odd.', 'wry'));
    const config = await configOf('jsonl.json', { train: data, dev, head: { pooling: 'mean', dropout: 0 } });
    const done = (await train(config, path.join(folder, 'jsonl'))).at(-1);
    assert.ok(done?.phase === 'done');
    assertClose(done.dev['tone'], 2 / 3, { terms: 3, unit: FLOAT64 });
  });

  const bad: [name: string, content: string, layer: object, message: RegExp][] = [
    ['one label', 'a b\tx\nc d\tx\n', { dev: 'bad.tsv' }, /same label.*two labels/],
    ['too few texts', 'a\tx\n', {}, /too few examples, 1,.*"dev"/],
    ['a broken line', 'a\tx\nb\n', {}, /:2: .*a text, a tab and a label/],
    ['a wrong pooling', 'a\tx\n', { head: { pooling: 'max' } }, /layers\.0\.head\.pooling/],
    ['settings of words', 'a\tx\n', { head: { crf: true } }, /layers\.0\.head.*"crf"/],
  ];
  for (const [name, content, layer, message] of bad)
    it(`refuses ${name}`, async () => {
      const data = path.join(folder, 'bad.tsv');
      await writeFile(data, content);
      const config = await configOf('bad.json', { train: data, ...layer });
      await assert.rejects(train(config, path.join(folder, 'bad')), (error) => {
        assert.match((error as { format?: () => string }).format?.() ?? String(error), message);
        return true;
      });
    });
});
