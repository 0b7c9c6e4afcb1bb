import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runGlossator } from './runGlossator';
import { writeTinyModel } from './tinyModel';

const NAMES = ['Ada', 'Bob', 'Carl', 'Dora', 'Emil', 'Fay'];
const sentence = (name: string, verb: string): string => `${name}\tB-PER\n${verb}\tO\n.\tO\n`;

describe('glossator simulate', () => {
  let folder: string;
  let data: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'glossator-'));
    data = path.join(folder, 'names.tsv');
    const sentences = NAMES.flatMap((name) => ['sings', 'walks'].map((verb) => sentence(name, verb)));
    await writeFile(data, sentences.join('\n'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('prints curves and what was saved, and writes them', async () => {
    const model = path.join(folder, 'model');
    await writeTinyModel(model);
    const out = ['csv', 'svg'].map((kind) => path.join(folder, `curves.${kind}`));
    const args = ['--data', data, '--test', data, '--model', model, '--seeds', '1'];
    const loop = ['--start', '2', '--step', '2', '--until', '6', ...out.flatMap((file) => ['--out', file])];
    const { status, stdout, stderr } = await runGlossator(['simulate', ...args, ...loop]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^random: 2: [\d.]+, 4: [\d.]+, 6: [\d.]+$/m);
    assert.match(stdout, /^uncertainty (reaches|does not reach) what random has at 6 sentences/m);
    const lines = (await readFile(out[0], 'utf8')).trim().split('\n');
    assert.equal(lines.length, 1 + 2 * 3);
    const svg = await readFile(out[1], 'utf8');
    assert.match(svg, /^<svg /);
    for (const word of ['uncertainty', 'random', 'sentences labelled', 'tokens labelled'])
      assert.ok(svg.includes(word), word);
  });

  const wrong: [string, string[], RegExp][] = [
    ['an unknown strategy', ['--strategy', 'best'], /There is no strategy "best".*uncertainty, entropy/],
    ['no number', ['--seeds', 'three'], /--seeds is "three"\..*whole number above 0/],
    ['a negative weight', ['--density', '-1'], /--density is "-1"/],
    ['a kind of picture that is not drawn', ['--out', 'curves.png'], /\.csv or \.svg/],
    ['a kind of layer that there is not', ['--kind', 'word'], /--kind is "word"/],
    ['a pool of nothing', ['--pool', '0'], /--pool is "0"/],
  ];
  for (const [what, flags, message] of wrong)
    it(`says what is wrong with ${what}`, async () => {
      const { status, stdout, stderr } = await runGlossator([
        ...['simulate', '--data', data, '--test', data],
        ...flags,
      ]);
      assert.notEqual(status, 0);
      assert.equal(stdout, '');
      assert.match(stderr, message);
    });
});
