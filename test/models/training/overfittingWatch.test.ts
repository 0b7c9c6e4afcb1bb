import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OverfittingWatch, smallDataWarning } from '../../../models/training/overfittingWatch';

describe('the watch on overfitting', () => {
  const cases: [string, [train: number, dev: number][], number | null][] = [
    ['both fall', [[3, 3], [2, 2], [1, 1], [0.5, 0.9]], null],
    ['dev rises once', [[3, 3], [2, 3.1], [1, 3], [0.5, 3.1]], null],
    ['dev rises twice while train falls', [[3, 3], [2, 3.1], [1, 3.2], [0.5, 3.3], [0.4, 3.4]], 2],
    ['dev rises, then again after a pause', [[3, 3], [2, 3.1], [1, 3.1], [0.5, 3.2], [0.4, 3.3]], 4],
    ['both rise', [[3, 3], [3.1, 3.1], [3.2, 3.2], [3.3, 3.3]], null],
    ['one epoch', [[3, 3]], null],
  ]; // prettier-ignore
  for (const [name, losses, epoch] of cases)
    it(`${name}: ${epoch === null ? 'is silent' : 'speaks once'}`, () => {
      const watch = new OverfittingWatch('rest.');
      const said = losses.map(([train, dev]) => watch.see(train, dev));
      const speaks = said.flatMap((message, k) => (message ? [k] : []));
      assert.deepEqual(speaks, epoch === null ? [] : [epoch]);
    });

  it('says what it saw and what to do', () => {
    const watch = new OverfittingWatch('rest.');
    watch.see(1, 1);
    watch.see(0.5, 1.25);
    assert.equal(
      watch.see(0.25, 1.5),
      'dev loss has risen for 2 epochs while train loss falls (train 0.2500, dev 1.5000): rest.',
    );
  });
});

describe('the warning of small data', () => {
  const cases: [sentences: number, items: number, weights: number, message: string | null][] = [
    [240, 240, 2_100_000, '240 sentences for 2.1 M trainable weights of the embedder: freeze, or label more.'],
    [240, 3900, 1_183_744, '240 sentences with 3,900 labels for 1.2 M trainable weights of the embedder: freeze, or label more.'],
    [8, 8, 1344, '8 sentences for 1,344 trainable weights of the embedder: freeze, or label more.'],
    [12_544, 204_578, 1_183_744, null],
    [10, 100, 10_000, null],
  ]; // prettier-ignore
  for (const [sentences, items, weights, message] of cases)
    it(`${sentences} sentences, ${weights} weights: ${message ? 'warns' : 'is silent'}`, () => {
      assert.equal(smallDataWarning({ sentences, items }, weights), message);
    });
});
