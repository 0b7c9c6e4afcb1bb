import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../../models/random';
import { segment } from '../../../models/text/segmenter';
import { atOnce } from '../../../models/atOnce';
import { type ExploredSentence, rankQueue } from '../../../server/queue/rankQueue';
import { Slices } from '../../../server/slices';

const [{ content }] = segment('Ada wrote.', 'plain');

/** Sentences that a model doubts more or less, with vectors of the size of the embedded one's. */
function explored(count: number): ExploredSentence[] {
  const random = new Random(1);
  return Array.from({ length: count }, (_, i) => {
    const vector = Float32Array.from({ length: 256 }, () => random.uniform());
    const doubt = { rows: 2, surprise: random.uniform(), entropy: 1, ratio: 0.5, wavering: null };
    const sentence = { uri: 'file:///a.txt', name: 'a.txt', start: i, end: i + 1, content, text: 'Ada' };
    return { sentence, labels: [], exploration: { doubts: { ner: doubt }, vector } };
  });
}

const places = (ranked: readonly { readonly sentence: { readonly start: number } }[]): number[] =>
  ranked.map(({ sentence }) => sentence.start);

test('ranking in slices lets others through, and comes to the same', async () => {
  const many = explored(5000);
  const ranking = () => rankQueue(many, ['ner'], 'uncertainty', 100);
  let turns = 0;
  let isOver = false;
  const turn = (): void => {
    turns++;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const ranked = await new Slices().run(ranking(), () => false);
  isOver = true;
  assert.ok(turns > 1, `${turns} turns`);
  assert.deepEqual(places(ranked ?? []), places(atOnce(ranking())));
});

test('a ranking that nobody wants any more comes to nothing', async () => {
  let asked = 0;
  const ranked = await new Slices().run(
    rankQueue(explored(2000), ['ner'], 'uncertainty', 100),
    () => asked++ === 0,
  );
  assert.deepEqual([ranked, asked], [undefined, 1]);
});
