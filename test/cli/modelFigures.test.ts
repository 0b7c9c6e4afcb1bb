import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ModelFigures } from '../../cli/eval/evalAll';
import type { ModelFacts } from '../../cli/model/modelFacts';
import { runGlossator } from './runGlossator';
import { makeTinyModelFolder } from './tinyModel';

let folder: string;
let model: string;
before(async () => ({ folder, model } = await makeTinyModelFolder()));
after(() => rm(folder, { recursive: true }));

describe('glossator eval --all', () => {
  let data: string;
  before(async () => {
    data = join(folder, 'data');
    for (const part of ['ud-ewt', join('ner', 'sources', 'mail')])
      await mkdir(join(data, part), { recursive: true });
    const row = (id: number, form: string, upos: string, misc = '_'): string =>
      [id, form, '_', upos, '_', '_', '_', '_', '_', misc].join('\t');
    const rows = [row(1, 'She', 'PROPN'), row(2, 'slept', 'VERB', 'SpaceAfter=No'), row(3, '.', 'PUNCT')];
    await writeFile(
      join(data, 'ud-ewt', 'test.conllu'),
      `# text = She slept.\n${rows.join('\n')}\n\n`.repeat(3),
    );
    for (const name of [join('ner', 'dev.tsv'), join('ner', 'sources', 'mail', 'test.tsv')])
      await writeFile(join(data, name), 'London\tB-LOC\nslept\tO\n.\tO\n');
  });

  it('scores every set, measures every backend, and writes the tables into a card', async () => {
    const card = join(model, 'README.md');
    await writeFile(
      card,
      '# Card\n\nBefore.\n\n<!-- begin scores -->\noutdated\n<!-- end scores -->\n\nAfter.\n',
    );
    const args = ['eval', '--all', '--model', model, '--data-root', data, '--write', card, '--json'];
    const { status, stdout, stderr } = await runGlossator(args);
    assert.equal(status, 0, stderr);
    const figures = JSON.parse(stdout) as ModelFigures;
    assert.deepEqual(figures.pos.map(({ data: name, words }) => [name, words]), [['ud-ewt/test', 9]]); // prettier-ignore
    assert.deepEqual(
      figures.ner.map(({ data: name }) => name),
      ['ner/dev', 'ner/sources/mail/test'],
    );
    assert.equal(figures.raw[0].sentences.correct, 3);
    const [scores] = figures.pos;
    const right = Object.values(scores.tags).reduce((sum, { correct }) => sum + correct, 0);
    assert.equal(scores.accuracy, right / 9);
    assert.ok(figures.measures.some(({ backend }) => backend === 'wasm'));
    for (const { loaded, model: loading, firstSentence, words } of figures.measures) {
      assert.equal(words, 9);
      assert.ok(loading < loaded && loaded < firstSentence);
    }
    const text = await readFile(card, 'utf8');
    assert.match(text, /^# Card\n\nBefore\.\n\n<!-- begin scores -->\n\n### Parts of speech, gold tokens\n/);
    assert.match(text, /\| ud-ewt\/test +\| +9 \| +\d+\.\d\d \|/);
    assert.ok(text.endsWith('\n\n<!-- end scores -->\n\nAfter.\n') && !text.includes('outdated'));
  });

  const refusals: [name: string, args: () => string[], message: RegExp][] = [
    ['a folder without data', () => ['--all', '--data-root', model], /holds no data to evaluate on/],
    ['neither a layer nor all', () => ['--layer', 'pos'], /Give --layer and --data, or --all/],
  ];
  for (const [name, args, message] of refusals)
    it(`refuses ${name}`, async () => {
      const { status, stderr } = await runGlossator(['eval', '--model', model, ...args()]);
      assert.equal(status, 2);
      assert.match(stderr, message);
    });

  it('refuses a card without a place for scores', async () => {
    const card = join(folder, 'empty.md');
    await writeFile(card, 'No marks.\n');
    const args = ['eval', '--all', '--model', model, '--data-root', data, '--write', card];
    const { status, stderr } = await runGlossator(args);
    assert.equal(status, 2);
    assert.match(stderr, /empty\.md: There is no place for the scores\. Write "<!-- begin scores -->"/);
  });
});

describe('glossator model', () => {
  it('prints facts and the card', async () => {
    await writeFile(join(model, 'README.md'), '# A card\n');
    const { status, stdout } = await runGlossator(['model', model]);
    assert.equal(status, 0);
    assert.match(stdout, /^model +[0-9a-f]{12}, format 1, /);
    assert.match(stdout, /^embedder +ELMo biLM, 2 layers of 8 cells, projection 4, 8 character filters/m);
    const thirds = 'reads 0.33 of layer 0, 0.33 of layer 1, 0.33 of layer 2, times 1.00';
    assert.ok(stdout.includes(`span layer, 2 labels: LOC PER; temperature 1; ${thirds}`), stdout);
    assert.ok(stdout.endsWith('\n\n# A card\n'));
  });

  it('says where there is no card, and gives facts to programs', async () => {
    await rm(join(model, 'README.md'), { force: true });
    assert.match((await runGlossator(['model', model])).stdout, /has no model card \(README\.md\)\.\n$/);
    const facts = JSON.parse((await runGlossator(['model', model, '--json'])).stdout) as ModelFacts;
    assert.deepEqual(
      facts.layers.map(({ name, labels }) => [name, labels.length]),
      [['pos', 4], ['ner', 2]], // prettier-ignore
    );
    assert.equal(facts.files.length, 5);
  });

  it('refuses what is no model', async () => {
    const { status, stderr } = await runGlossator(['model', folder]);
    assert.equal(status, 2);
    assert.match(stderr, /not a model directory/);
  });
});
