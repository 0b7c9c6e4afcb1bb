import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { SEMANTIC_LEGEND, semanticTypeOf } from '../../../server/features/semanticLegend';
import { packageRoot } from '../../../server/packageRoot';
import * as conversionMessages from '../../../server/protocol/conversion';
import * as labelMessages from '../../../server/protocol/labels';
import * as fileMessages from '../../../server/protocol/annotationFiles';
import * as messages from '../../../server/protocol/messages';
import * as queueMessages from '../../../server/protocol/queue';
import * as retrainingMessages from '../../../server/protocol/retraining';
import { defaultSettings } from '../../../server/protocol/settings';
import { readSettings } from '../../../server/settingsStore';

const page = readFileSync(path.join(packageRoot(), 'docs', 'protocol.md'), 'utf8');

for (const { method } of Object.values(messages)) {
  test(`${method} is documented`, () => {
    assert.ok(new RegExp(`^\\| \`${method}\` +\\|`, 'm').test(page), 'in the table of messages');
    assert.ok(page.includes(`### \`${method}\``), 'in a section of its own');
  });
}

/** The methods of all messages that a module exports beside its types. */
const methodsOf = (module: object): string[] =>
  Object.values(module).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null && 'method' in value && typeof value.method === 'string'
      ? [value.method]
      : [],
  );

const furtherMethods = [
  ...[labelMessages, fileMessages, conversionMessages, queueMessages, retrainingMessages],
].flatMap(methodsOf);

for (const method of new Set(furtherMethods)) {
  test(`${method} is documented`, () => {
    assert.ok(new RegExp(`^\\| \`${method}\` +\\|`, 'm').test(page), 'in the table of messages');
  });
}

test('the page names no message that there is not', () => {
  const methods = [...methodsOf(messages), ...furtherMethods];
  for (const [name] of page.matchAll(/(?<!\.)glossator\/\w+/g)) assert.ok(methods.includes(name), name);
});

test('every setting is documented', () => {
  const names = Object.entries<unknown>({ ...defaultSettings }).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value).map((inner) => `${name}.${inner}`)
      : [name],
  );
  for (const name of names) assert.ok(page.includes(`\`${name}\``), name);
});

test('the table of semantic tokens is the one in force', () => {
  const rows = [...page.matchAll(/^\| ([A-Z]+(?:, [A-Z]+)*) +\| (?:`(\w+)`|none) +\|$/gm)];
  const tags = rows.flatMap(([, list, type]) => list.split(', ').map((tag) => [tag, type] as const));
  assert.equal(tags.length, 17);
  for (const [tag, type] of tags) {
    const semantic = semanticTypeOf(tag);
    assert.equal(semantic && SEMANTIC_LEGEND.tokenTypes[semantic.index], type, tag);
    if (!semantic) continue;
    const modifier = SEMANTIC_LEGEND.tokenModifiers[Math.log2(semantic.modifiers)];
    assert.equal(modifier, tag.toLowerCase());
  }
});

const SECTIONS: [name: string, value: unknown, expected: unknown][] = [
  ['nothing', undefined, defaultSettings],
  ['null', null, defaultSettings],
  ['no object', 'x', defaultSettings],
  ['an empty section', {}, defaultSettings],
  ['one setting', { backend: 'wasm' }, { ...defaultSettings, backend: 'wasm' }],
  ['a wrong value beside a right one', { backend: 7, model: 'm' }, { ...defaultSettings, model: 'm' }],
  [
    'half of the diagnostics',
    { diagnostics: { lowConfidence: 'hint', threshold: 2 } },
    { ...defaultSettings, diagnostics: { ...defaultSettings.diagnostics, lowConfidence: 'hint' } },
  ],
  ['an unknown setting', { colour: 'red' }, defaultSettings],
];

for (const [name, value, expected] of SECTIONS) {
  test(`settings from ${name}`, () => assert.deepEqual(readSettings(value), expected));
}
