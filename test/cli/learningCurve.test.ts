import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { learningCurve } from '../../cli/train/learningCurve';

describe('learningCurve', () => {
  it('rises from the left below to the right above', () => {
    const curve = learningCurve('Dev (%) by epoch', [[[1, 80], [2, 90], [3, 92.5]]]); // prettier-ignore
    const [title, , top] = curve.split('\n');
    assert.equal(title, 'Dev (%) by epoch');
    assert.match(top, /^ *92\.5┤ +┏━+$/);
    assert.match(curve, /^ +80┤━+┛$/m);
    assert.match(curve, /1 +2 +3$/);
    assert.ok(curve.split('\n').every((row) => row.length <= 70));
  });

  it('names few values of many', () => {
    const line = Array.from({ length: 100 }, (_, k): [number, number] => [k, 1000 / (k + 1)]);
    assert.match(learningCurve('', [line]), / 0 +33 +66 +99$/);
  });

  it('leaves out what is no number, and is empty where little is left', () => {
    assert.equal(learningCurve('none', []), '');
    assert.equal(learningCurve('one', [[[1, 2], [2, NaN]]]), ''); // prettier-ignore
    assert.doesNotMatch(learningCurve('two', [[[1, 2], [2, NaN], [3, 1]]]), /NaN/); // prettier-ignore
  });
});
