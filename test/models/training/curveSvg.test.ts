import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { curveSvg } from '../../../models/training/curveSvg';
import { curveCsv } from '../../../models/training/lmCurve';

const curve = [
  { tokens: 500_000, forward: 240, backward: 238 },
  { tokens: 1_000_000, forward: 200.5, backward: 199, seconds: 431.7, sha256: 'ab' },
  { tokens: 3_500_000, forward: 132, backward: 133, seconds: 1600, sha256: 'cd' },
];

/** The points of each line. */
function lines(svg: string): number[][][] {
  return [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) =>
    points
      .split(' ')
      .filter(Boolean)
      .map((point) => point.split(',').map(Number)),
  );
}

describe('the learning curve of a biLM', () => {
  it('falls from left to right in the picture, a line for each direction', () => {
    const [forward, backward] = lines(curveSvg(curve));
    for (const line of [forward, backward]) {
      assert.equal(line.length, 3);
      for (let k = 1; k < 3; k++) assert.ok(line[k][0] > line[k - 1][0] && line[k][1] > line[k - 1][1]);
    }
    assert.ok(forward[0][1] < backward[0][1]); // 240 is above 238
    assert.equal(forward[2][0], 620);
  });

  it('names round numbers on the axes', () => {
    const labels = [...curveSvg(curve).matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    for (const label of ['0', '1', '3', '150', '200']) assert.ok(labels.includes(label), labels.join(' '));
  });

  it('is drawn of nothing, of one point, and without held-out text', () => {
    for (const points of [[], curve.slice(0, 1), [{ tokens: 5, forward: NaN, backward: NaN }]])
      assert.ok(!/NaN|Infinity|undefined/.test(curveSvg(points)));
  });

  it('is a table, too', () => {
    assert.equal(
      curveCsv(curve.slice(0, 2)),
      'tokens,forward,backward,seconds,sha256\n500000,240,238,,\n1000000,200.5,199,432,ab\n',
    );
  });
});
