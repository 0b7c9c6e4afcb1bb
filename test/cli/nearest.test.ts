import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createColors } from 'picocolors';
import { segment } from '../../models/text/segmenter';
import { nearestReport } from '../../cli/embed/nearestReport';
import { lineStarts, offsetOf, positionOf } from '../../server/textPosition';
import { runGlossator } from './runGlossator';
import { writeTinyModel } from './tinyModel';

describe('positions in a text', () => {
  const text = 'one\r\ntwo\nthree\rfour\n';
  const cases: [string, number][] = [
    ['1:1', 0],
    ['1:4', 3],
    ['2:1', 5],
    ['3:5', 13],
    ['4:1', 15],
    ['5:1', 20],
  ];
  for (const [position, offset] of cases)
    it(`${position} is ${offset}`, () => {
      assert.equal(offsetOf(position, text), offset);
      const { line, column } = positionOf(offset, lineStarts(text));
      assert.equal(`${line}:${column}`, position);
    });

  for (const position of ['0:1', '1:0', '6:1', '5:2', '1', 'a:b'])
    it(`${position} is none`, () => assert.throws(() => offsetOf(position, text), { name: 'InputError' }));
});

it('the report marks the word, and cuts the sentence to the width around it', () => {
  const text = `A seal barked.\nAll the long day a seal lay on the rocks and looked at the boats that went by.`;
  const sentences = segment(text, 'plain');
  const found = {
    text,
    sentences,
    query: { sentence: 0, word: 1 },
    uses: [{ sentence: 1, word: 5, cosine: 0.875 }],
    total: 1,
  };
  const style = { colors: createColors(false), width: 55 };
  assert.deepEqual(
    [...nearestReport(found, style)],
    [' 1:3          A [seal] barked.\n', '2:20   0.875  … the long day a [seal] lay on the rock…\n'],
  );
  assert.deepEqual(
    [...nearestReport(found, style, true)].map((line) => JSON.parse(line) as unknown),
    [
      {
        line: 2,
        column: 20,
        start: 34,
        end: 38,
        form: 'seal',
        cosine: 0.875,
        sentence: 'All the long day a seal lay on the rocks and looked at the boats that went by.',
      },
    ],
  );
});

describe('glossator nearest', () => {
  let folder = '';
  let model = '';
  const text = 'The bank was closed. We sat on the bank. The Bank, of course, paid.\n';
  const nearest = (...args: string[]) =>
    runGlossator(['nearest', ...args, '--in', '-', '--model', model], text);

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'glossator-'));
    model = path.join(folder, 'model');
    await writeTinyModel(model);
    await writeFile(path.join(folder, 'empty.txt'), '');
  });
  after(() => rm(folder, { recursive: true }));

  it('lists other uses of the same word, nearest first', async () => {
    const { status, stdout } = await nearest('bank', '--same', '--json');
    assert.equal(status, 0);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { form: string; cosine: number });
    assert.deepEqual(rows.map(({ form }) => form).sort(), ['Bank', 'bank']);
    assert.ok(rows[0].cosine >= rows[1].cosine);
  });

  it('lists words, no punctuation, as many as asked for', async () => {
    const { stdout } = await nearest('bank', '--at', '1:36', '--count', '3', '--layer', 'mix');
    const lines = stdout.trimEnd().split('\n');
    assert.equal(lines.length, 4);
    assert.match(lines[0], /^1:36 +We sat on the \[bank\]\.$/);
    for (const line of lines.slice(1)) assert.match(line, /^ *1:\d+ +-?[01]\.\d{3} .*\[\w+\]/);
  });

  const wrong: [string[], RegExp][] = [
    [['river'], /The word "river" is not in the text/],
    [['bank', '--at', '1:1'], /The word "bank" does not stand at 1:1/],
    [['bank', '--at', '9:1'], /no position 9:1/],
    [['bank', '--layer', '3'], /no layer "3".*top, mix, or a number from 0 to 2/],
    [['bank', '--count', '0'], /--count is "0"/],
  ];
  for (const [args, message] of wrong)
    it(`says what is wrong with ${args.join(' ')}`, async () => {
      const { status, stdout, stderr } = await nearest(...args);
      assert.notEqual(status, 0);
      assert.equal(stdout, '');
      assert.match(stderr, message);
    });
});
