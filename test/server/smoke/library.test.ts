import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { examples } from '../../models/tinyModel';
import { root } from '../../shared';
import { skipWithoutModel } from './builtServer';

test("import … from 'glossator': train, load, tag and score", { skip: skipWithoutModel }, async () => {
  const { evaluateLayer, InputError, loadBackend, loadTagger, readExamples, textWords, tf, ...library } =
    await import('glossator');
  await loadBackend();
  const tensors = tf.memory().numTensors;
  const folder = await mkdtemp(path.join(tmpdir(), 'glossator-library-'));
  const lines = examples.flatMap(({ forms, pos }) => [...forms.map((form, k) => `${form}\t${pos[k]}`), '']);
  await writeFile(path.join(folder, 'pos.tsv'), lines.join('\n'));
  const layer = { name: 'pos', kind: 'token', train: 'pos.tsv', dev: 'pos.tsv', epochs: 2 } as const;
  const head = { cells: 16, wordMinimum: 1 };
  const config = library.trainConfig({ layers: [{ ...layer, head }] }, { folder });
  const out = path.join(folder, 'model');
  const phases = new Set<string>();
  for await (const { phase } of library.trainTagger(config, out)) phases.add(phase);
  assert.ok(phases.has('scored') && phases.has('done'));

  const tagger = await loadTagger(out);
  const predictions = await tagger.tag(textWords('Ada wrote a program. The ship left.'));
  assert.deepEqual(
    predictions.map(({ pos }) => pos.kind === 'token' && pos.tags.length),
    [5, 4],
  );
  const scores = await evaluateLayer(tagger, 'pos', await readExamples(config.layers[0].train, layer));
  assert.ok(scores.kind === 'token' && scores.scorer.accuracy > 0.3);
  tagger.dispose();

  const elmo = await library.openEmbedder();
  const sizes: number[] = [];
  for await (const { size, layers } of library.embedSentences([['Ada', 'wrote'], ['Rome']], elmo))
    sizes.push(size * layers.length);
  assert.deepEqual(sizes, [elmo.size * elmo.layers, elmo.size * elmo.layers]);
  elmo.dispose();
  assert.equal(tf.memory().numTensors, tensors);
  await assert.rejects(loadTagger(folder), (error) => error instanceof InputError);
  await rm(folder, { recursive: true });
});

test('the example of docs/api.md: a noun is more like a noun', { skip: skipWithoutModel }, async () => {
  const script = path.join(root, 'scripts', 'tutorial.mjs');
  const child = spawn(process.execPath, [script, 'vectors'], { cwd: root });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  assert.equal(child.exitCode, 0, errors);
  const cosines = output
    .trim()
    .split('\n')
    .map((line) => line.split(/ +/).slice(0, 4).map(Number));
  assert.equal(cosines.length, 4);
  const [[, nouns, across], , [, , , verbs]] = cosines;
  assert.ok(nouns > across && verbs > across, output);
});
