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
    ['span', 'PER', /<rect .*stroke="#123456" \/>/],
    ['span', 'ORG', /<rect .*stroke-dasharray="3 1.5"/],
    ['span', 'LOC', /<rect .*stroke-dasharray="1 1"/],
    ['span', 'MISC', /<path d="M0 2.5h16M0 13.5h16"/],
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
