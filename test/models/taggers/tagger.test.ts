import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { InputError } from '../../../models/errors';
import { loadTagger } from '../../../models/taggers/loadTagger';
import { writeModelDirectory } from '../../../models/taggers/modelDirectory';
import type { SentencePrediction } from '../../../models/taggers/prediction';
import { Tagger } from '../../../models/taggers/tagger';
import { assertClose, FLOAT16, type Sums } from '../../closeness';
import { examples, nerLayer, posLayer, tinyEmbedder, tinyHead, tinyTerms } from '../tinyModel';

function tinyTagger(): Tagger {
  const embedder = tinyEmbedder();
  const heads = [posLayer, nerLayer].map((layer) => ({ head: tinyHead(layer, embedder), temperature: 1.3 }));
  return new Tagger('tiny', embedder, heads);
}

const sentences = [...examples.map(({ forms }) => forms), [], ['🙂'], Array<string>(120).fill('long')];

/** Predictions agree in what they say, and but for rounding in how sure they are. */
function assertAlike(a: readonly SentencePrediction[], b: readonly SentencePrediction[], sums: Sums): void {
  const labels = (all: readonly SentencePrediction[]): unknown =>
    JSON.parse(JSON.stringify(all, (key, value: unknown) => (key === 'probability' ? undefined : value)));
  assert.deepEqual(labels(a), labels(b));
  const numbers = (all: readonly SentencePrediction[]): number[] =>
    Array.from(JSON.stringify(all).matchAll(/"probability":([\d.e-]+)/g), ([, number]) => Number(number));
  assertClose(numbers(a), numbers(b), sums, 'probability');
}

describe('tagger', () => {
  before(() => loadBackend('auto'));

  it('says the same of a sentence alone and in a batch', async () => {
    const tagger = tinyTagger();
    const together = await tagger.tag(sentences);
    const alone: SentencePrediction[] = [];
    for (const forms of sentences) alone.push(...(await tagger.tag([forms])));
    assertAlike(together, alone, { terms: tinyTerms });
    tagger.dispose();
  });

  it('gives probabilities: in [0, 1], the runner-up not above the best, spans inside the sentence', async () => {
    const tagger = tinyTagger();
    const predictions = await tagger.tag(sentences);
    predictions.forEach(({ pos, ner }, index) => {
      assert.ok(pos.kind === 'token' && ner.kind === 'span');
      assert.equal(pos.tags.length, sentences[index].length);
      for (const { probability, runnerUp } of pos.tags) {
        assert.ok(probability > 0 && probability <= 1);
        assert.ok(runnerUp && runnerUp.probability <= probability);
      }
      for (const { start, end, probability } of ner.spans) {
        assert.ok(0 <= start && start < end && end <= sentences[index].length);
        assert.ok(probability >= 0 && probability <= 1);
      }
    });
    tagger.dispose();
  });

  it('predicts only the layers that are asked for', async () => {
    const tagger = tinyTagger();
    const [prediction] = await tagger.tag([['Rome']], { layers: ['ner'] });
    assert.deepEqual(Object.keys(prediction), ['ner']);
    tagger.dispose();
  });

  it('stops between batches when it is aborted, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const tagger = tinyTagger();
    const loaded = tf.memory().numTensors;
    const stop = new AbortController();
    const running = tagger.tag(Array<string[]>(400).fill(sentences[0]), { signal: stop.signal });
    setImmediate(() => stop.abort(new Error('no longer wanted')));
    await assert.rejects(running, /no longer wanted/);
    await tagger.tag(sentences);
    assert.equal(tf.memory().numTensors, loaded);
    tagger.dispose();
    assert.equal(tf.memory().numTensors, before);
  });
});

describe('model directory', () => {
  let directory = '';
  before(async () => {
    await loadBackend('auto');
    directory = await mkdtemp(path.join(tmpdir(), 'glossator-model-'));
  });
  after(() => rm(directory, { recursive: true }));

  it('loads what was written: same id, nearly the same predictions (weights are rounded to float16)', async () => {
    const tagger = tinyTagger();
    const embedder = tinyEmbedder();
    const modelId = await writeModelDirectory(directory, {
      language: 'en',
      embedder,
      heads: tagger.heads,
      training: {},
    });
    embedder.dispose();
    const loaded = await loadTagger(directory);
    assert.equal(loaded.modelId, modelId);
    assert.deepEqual(loaded.layers, tagger.layers);
    const known = examples.map(({ forms }) => forms);
    assertAlike(await loaded.tag(known), await tagger.tag(known), { terms: tinyTerms, unit: FLOAT16 });
    loaded.dispose();
    tagger.dispose();
  });

  it('says which file is wrong, and how', async () => {
    const config = path.join(directory, 'config.json');
    const good = await readFile(config, 'utf8');
    const cases: [string, string, string, RegExp][] = [
      ['not JSON', config, '{', /config\.json: .*not JSON/],
      ['a newer format', config, good.replace('"version": 1', '"version": 99'), /format 99.*up to 1.*Update/],
      ['a missing setting', config, good.replace('"language": "en",', ''), /"language"/],
      ['damaged weights', path.join(directory, 'pos.safetensors'), 'x', /pos\.safetensors: .*checksum/],
    ];
    for (const [name, file, content, message] of cases) {
      const saved = await readFile(file);
      await writeFile(file, content);
      await assert.rejects(loadTagger(directory), (error) => {
        assert.ok(error instanceof InputError, name);
        assert.match(error.format(), message, name);
        return true;
      });
      await writeFile(file, saved);
    }
    await assert.rejects(loadTagger(path.join(directory, 'nowhere')), /not a model directory/);
    (await loadTagger(directory)).dispose();
  });
});
