import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadBackend } from '../../../models/backend';
import type { LayerRecord, RunRecord } from '../../../models/retraining/runRecord';
import { loadTagger } from '../../../models/taggers/loadTagger';
import type { LayerPrediction } from '../../../models/taggers/prediction';
import type { LayerSpec } from '../../../models/tags/layer';
import { retrainFolder } from '../../../server/retraining/retrainFolder';
import { makeTinyModelFolder } from '../../cli/tinyModel';
import { type LineLabel, writeLabels } from './writeLabels';

const settings = { epochs: 20, newEpochs: 60, learningRate: 0.02, newLearningRate: 0.02, foldsFrom: 20 };
const people = ['Ada', 'Charles', 'Mary', 'Grace', 'Alan', 'Emmy'];
const places = ['Paris', 'London', 'Genoa', 'Turin'];
const letters = people.flatMap((person) => places.map((place) => `${person} wrote to ${place}.`));
const complaints = people.flatMap((person) => [`${person} complains and complains!`, `Oh no, ${person}!`]);
const gene: LayerSpec = { name: 'gene', kind: 'span', labels: ['GENE'] };
const ner: LayerSpec = { name: 'ner', kind: 'span', labels: ['PER', 'LOC'] };
const tone: LayerSpec = { name: 'tone', kind: 'sentence', labels: ['calm', 'angry'] };

describe('retraining on odd labels', () => {
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

  async function retrained(
    lines: readonly string[],
    labels: readonly LineLabel[],
    layers: readonly LayerSpec[],
    from = base,
  ): Promise<{ record: RunRecord; directory: string; layer: LayerRecord }> {
    const folder = writeLabels(lines, labels, layers);
    folders.push(folder);
    for await (const step of retrainFolder({ folder, base: from, settings }))
      if (step.phase === 'done') return { ...step, layer: step.record.layers[0] };
    throw new Error('it did not end with a model');
  }

  async function predict(directory: string, line: string, layer: string): Promise<LayerPrediction> {
    const tagger = await loadTagger(directory);
    const [prediction] = await tagger.tag([line.replace(/([,.!])/g, ' $1').split(' ')]);
    tagger.dispose();
    return prediction[layer];
  }

  it('learns from a single label, and says what that lacks', async () => {
    const labels = [{ line: 0, layer: 'gene', label: 'GENE', words: 'Ada' }];
    const { record, layer, directory } = await retrained(letters, labels, [gene]);
    assert.deepEqual(
      [layer.change, layer.measuredBy, layer.before, layer.after],
      ['new', 'none', null, null],
    );
    assert.equal(record.verdict, 'unmeasured');
    assert.match(layer.notices.join(' '), /GENE has 1 example and needs 17 more to be scored\./);
    assert.match(layer.notices.join(' '), /No sentence is marked as reviewed/);
    assert.deepEqual(layer.temperature, { before: 1, temperature: 1, predictions: 0, fitted: false });
    assert.equal((await predict(directory, letters[0], 'gene')).kind, 'span');
  });

  it('finds what ten labels named, and keeps the probabilities as they are', async () => {
    const labels = letters.slice(0, 10).flatMap((line, k): LineLabel[] => [
      { line: k, layer: 'gene', label: 'GENE', words: line.split(' ')[0] },
      { line: k, layer: '@reviewed', label: '*' },
    ]);
    const { layer, directory } = await retrained(letters, labels, [gene]);
    assert.deepEqual(layer.examples, { GENE: 10 });
    assert.match(layer.notices.join(' '), /GENE has 10 examples and needs 8 more to be scored\./);
    assert.equal(layer.temperature?.fitted, false);
    const prediction = await predict(directory, letters[1], 'gene');
    assert.ok(prediction.kind === 'span');
    assert.deepEqual(
      prediction.spans.map(({ start, end, label }) => [start, end, label]),
      [[0, 1, 'GENE']],
    );
  });

  it('takes the newer of labels that contradict each other, and names words that are labelled in two ways', async () => {
    const labels = letters.flatMap((line, k): LineLabel[] => {
      const words = line.split(' ')[0];
      const label = k % 2 === 0 ? 'PER' : 'LOC';
      return [
        { line: k, layer: 'ner', label, words },
        { line: k, layer: '@reviewed', label: '*' },
        ...(k === 3
          ? [
              {
                line: k,
                layer: 'ner',
                label: 'PER',
                words: `${words} wrote`,
                changes: { time: '2025-01-01T00:00:00.000Z' },
              },
            ]
          : []),
      ];
    });
    const { layer, record } = await retrained(letters, labels, [ner]);
    const notices = layer.notices.join(' ');
    assert.match(notices, /1 label left out: a newer label contradicts it \(\S*text\.txt\.jsonl:\d+\)/);
    assert.match(notices, /Labelled in two ways: “Ada” as PER \(2\) and LOC \(2\)/);
    assert.deepEqual(layer.examples, { PER: 12, LOC: 12 });
    assert.equal(layer.after?.measure, 'F1');
    assert.notEqual(record.verdict, 'unmeasured');
  });

  it('says that it compares recall alone where no sentence was reviewed', async () => {
    const labels = letters.map((line, k) => ({
      ...{ line: k, layer: 'ner', label: 'PER' },
      words: line.split(' ')[0],
    }));
    const { layer } = await retrained(letters, labels, [ner]);
    assert.deepEqual([layer.after?.measure, layer.before?.measure], ['recall', 'recall']);
    assert.deepEqual([layer.after?.labels.PER.precision, layer.after?.labels.PER.f1], [null, null]);
    assert.equal(layer.after?.calibration, null);
    assert.equal(layer.temperature?.fitted, false);
  });

  const toneLabels = (lines: readonly string[]): LineLabel[] =>
    lines.map((line, k) => ({ line: k, layer: 'tone', label: line.endsWith('!') ? 'angry' : 'calm' }));

  it('learns labels for whole sentences, measures them, and knows those that it learnt from', async () => {
    const lines = [...letters.slice(0, 12), ...complaints];
    const { layer, record, directory } = await retrained(lines, toneLabels(lines), [tone]);
    assert.deepEqual([layer.change, layer.measuredBy], ['new', 'cross-validation']);
    assert.deepEqual(layer.examples, { calm: 12, angry: 12 });
    assert.equal(layer.after?.measure, 'accuracy');
    assert.deepEqual([layer.after?.labels.calm.gold, layer.after?.labels.angry.gold], [12, 12]);
    assert.equal(record.verdict, 'better');
    for (const { examples } of layer.confusion)
      for (const { quote } of examples) assert.ok(lines.includes(quote), quote);
    for (const [line, label] of [
      [lines[0], 'calm'],
      [lines[12], 'angry'],
    ]) {
      const prediction = await predict(directory, line, 'tone');
      assert.ok(prediction.kind === 'sentence');
      assert.equal(prediction.labels[0].label, label);
    }
  });

  it('trains a head for sentences further, with another label and one fewer', async () => {
    const lines = [...letters.slice(0, 12), ...complaints];
    const first = await retrained(lines, toneLabels(lines), [tone]);
    const own = mkdtempSync(path.join(tmpdir(), 'glossator-own-'));
    folders.push(own);
    cpSync(first.directory, own, { recursive: true });
    const same = await retrained(lines, toneLabels(lines), [tone], own);
    assert.deepEqual([same.layer.change, same.layer.before?.measure], ['trained', 'accuracy']);
    const renamed = toneLabels(lines).map((label) =>
      label.label === 'angry' ? { ...label, label: 'furious' } : label,
    );
    const other = { ...tone, labels: ['furious', 'calm'] };
    const changed = await retrained(lines, renamed, [other], own);
    assert.equal(changed.layer.change, 'changed');
    assert.deepEqual(changed.layer.layer.labels, ['calm', 'furious']);
    const prediction = await predict(changed.directory, complaints[0], 'tone');
    assert.ok(prediction.kind === 'sentence');
    assert.deepEqual(prediction.labels.map(({ label }) => label).sort(), ['calm', 'furious']);
  });

  it('says that one label for all sentences tells nothing apart', async () => {
    const labels = letters.map((_, line) => ({ line, layer: 'tone', label: 'calm' }));
    const { layer } = await retrained(letters, labels, [tone]);
    assert.match(
      layer.notices.join(' '),
      /All labels of tone are calm; without another one there is nothing to tell apart\./,
    );
  });
});
