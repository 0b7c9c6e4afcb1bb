import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { swatch } from '../../client/swatch';
import { styleOf } from '../../client/tagStyles';

type Kind = 'token' | 'span' | 'sentence';

function svgOf(kind: Kind, label: string): string {
  const uri = swatch(kind, styleOf(kind, label), '#123456');
  const [head, data] = uri.split(',');
  assert.equal(head, 'data:image/svg+xml;base64');
  return Buffer.from(data, 'base64').toString();
}

suite('swatch', () => {
  const cases: [Kind, string, RegExp][] = [
    ['span', 'PER', /<rect x="0" y="2" width="16" height="1" fill="#123456"\/>/],
    ['span', 'ORG', /<rect x="13" y="2" width="3" height="12" fill="#123456"\/>/],
    ['span', 'LOC', /<rect x="0" y="11" width="16" height="3" fill="#123456"\/>/],
    ['span', 'MISC', /<rect x="0" y="2" width="0" height="12" fill="#123456"\/>/],
    ['token', 'NOUN', /stroke-width="1"/],
    ['token', 'VERB', /stroke-width="2"/],
    ['token', 'PRON', /<path.*<path/],
    ['token', 'ADV', /<path d="[^"]*q/],
    ['sentence', 'glad', /<rect x="11" .*fill="#123456"/],
  ];
  for (const [kind, label, expected] of cases) {
    test(`draws the line of ${label}`, () => assert.match(svgOf(kind, label), expected));
  }

  test('draws no line where the tag has none', () => assert.doesNotMatch(svgOf('token', 'DET'), /stroke/));
});
