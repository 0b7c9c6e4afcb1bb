import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { cliCommand, skipWithoutBuild, skipWithoutModel } from './builtServer';

const folder = mkdtempSync(path.join(tmpdir(), 'glossator-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const text = path.join(folder, 'text.txt');
writeFileSync(text, 'Ada Lovelace wrote to Charles Babbage.\n\nHe lived in London.\n');

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const [node, ...cli] = cliCommand;
  return spawnSync(node, [...cli, ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
}

test(
  'start shows every sentence with its tags, counts, and what to try next',
  { skip: skipWithoutModel },
  () => {
    const { status, stdout } = run(['start', text], { NO_COLOR: '1', FORCE_COLOR: undefined });
    assert.equal(status, 0);
    assert.match(stdout, /^Ada +Lovelace +wrote +to +Charles +Babbage +\.\n(?:[A-Z]+ +){6}[A-Z]+\n/m);
    assert.match(stdout, /12 words in 2 sentences of 1 text/);
    assert.match(stdout, /words per second on the (native|wasm) backend/);
    assert.match(stdout, /What to try next/);
    assert.ok(!stdout.includes('\u001b'), 'no colour where NO_COLOR is set');
  },
);

test('start in colour says the same words', { skip: skipWithoutModel }, () => {
  const { stdout } = run(['start', text], { NO_COLOR: undefined, FORCE_COLOR: '1' });
  assert.ok(stdout.includes('\u001b['));
  // eslint-disable-next-line no-control-regex
  assert.match(stdout.replace(/\u001b\[\d+m/g, ''), /^Ada +Lovelace +wrote/m);
});

test(
  'start with a file that is not there: one sentence and status 2, at once',
  { skip: skipWithoutBuild },
  () => {
    const { status, stdout, stderr } = run(['start', path.join(folder, 'missing.txt')]);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /missing\.txt: There is no such file\./);
  },
);

test('start and bench with a model that is not there', { skip: skipWithoutBuild }, () => {
  for (const command of [['start', text], ['bench']]) {
    const { status, stderr } = run([...command, '--model', path.join(folder, 'no-model')]);
    assert.equal(status, 2);
    assert.match(stderr, /no-model/);
    assert.ok(!stderr.includes('    at '), 'no stack');
  }
});

test('bench --json is one object with every measure of a part', { skip: skipWithoutModel }, () => {
  const { status, stdout } = run(['bench', '--json', '--only', 'tagging', '--words', '400', '--edits', '5']);
  assert.equal(status, 0);
  const result = JSON.parse(stdout) as Record<string, unknown>;
  const numbers = ['words', 'sentences', 'loaded', 'visiblePart', 'wholeDocument', 'wordsPerSecond', 'cores'];
  for (const name of numbers) assert.ok(Number(result[name]) > 0, name);
  const edit = result['edit'] as { count: number; p50: number; p95: number; max: number };
  assert.equal(edit.count, 5);
  assert.ok(edit.p50 > 0 && edit.p50 <= edit.p95 && edit.p95 <= edit.max);
  assert.ok(Number(result['words']) >= 400 && Number(result['words']) < 450);
});

test('bench refuses nonsense', { skip: skipWithoutBuild }, () => {
  const { status, stderr } = run(['bench', '--words', 'many']);
  assert.equal(status, 2);
  assert.match(stderr, /--words is not a whole number above 0: "many"/);
});
