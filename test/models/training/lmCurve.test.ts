import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { curveCsv } from '../../../models/training/lmCurve';
import { lmCurveSvg } from '../../../models/training/lmCurveSvg';

const curve = [
  { tokens: 500_000, forward: 240, backward: 238 },
  { tokens: 1_000_000, forward: 200.5, backward: 199, seconds: 431.7, sha256: 'ab' },
  { tokens: 3_500_000, forward: 132, backward: 133, seconds: 1600, sha256: 'cd' },
];

/** The corners of each line. */
function lines(svg: string): number[][][] {
  const paths = [...svg.matchAll(/ d="M([^"Z]*L[^"Z]*)"/g)];
  return paths.map(([, path]) => path.split('L').map((point) => point.split(',').map(Number)));
}

describe('the learning curve of a biLM', () => {
  it('falls from left to right in the picture, a line for each direction', async () => {
    const drawn = lines(await lmCurveSvg(curve)).filter(({ length }) => length === 3);
    assert.equal(drawn.length, 2);
    for (const line of drawn)
      for (let k = 1; k < 3; k++) assert.ok(line[k][0] > line[k - 1][0] && line[k][1] > line[k - 1][1]);
    assert.ok(drawn[0][0][1] < drawn[1][0][1]); // 240 is above 238
  });

  it('names round numbers on the axes', async () => {
    const labels = [...(await lmCurveSvg(curve)).matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    for (const label of ['0.0', '1.0', '3.0', '140', '200', 'forwards', 'backwards'])
      assert.ok(labels.includes(label), labels.join(' '));
  });

  it('is drawn of nothing, of one point, and without held-out text', async () => {
    for (const points of [[], curve.slice(0, 1), [{ tokens: 5, forward: NaN, backward: NaN }]])
      assert.ok(!/NaN|Infinity|undefined/.test(await lmCurveSvg(points)));
  });

  it('is a table, too', () => {
    assert.equal(
      curveCsv(curve.slice(0, 2)),
      'tokens,forward,backward,seconds,sha256\n500000,240,238,,\n1000000,200.5,199,432,ab\n',
    );
  });
});
