import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../shared';
import { conlluProblems } from '../models/data/conlluProblems';
import { runGlossator, type Outcome } from './runGlossator';
import { makeTinyModelFolder } from './tinyModel';

const SAMPLES = readdirSync(join(root, 'samples'))
  .filter((name) => /\.(txt|md)$/.test(name))
  .map((name) => join('samples', name));

let folder: string;
let model: string;
before(async () => ({ folder, model } = await makeTinyModelFolder()));
after(() => rm(folder, { recursive: true }));

function succeeded({ status, stdout, stderr }: Outcome): string {
  assert.equal(status, 0, stderr);
  return stdout;
}

interface JsonSentence {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly tokens: readonly { form: string; start: number; end: number }[];
  readonly layers: Readonly<
    Record<string, readonly { label: string; probability: number; start?: number }[]>
  >;
}

function parseJsonl(output: string): JsonSentence[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonSentence);
}

describe('glossator help', () => {
  it('knows every command', async () => {
    const help = succeeded(await runGlossator(['--help']));
    for (const command of ['tag', 'eval', 'bench', 'serve'])
      assert.match(help, new RegExp(`^ {2}${command} `, 'm'));
    assert.match(succeeded(await runGlossator(['tag', '--help'])), /conll2003[^]*Examples:/);
    assert.match(succeeded(await runGlossator(['eval', '--help'])), /conlleval[^]*Examples:/);
    assert.match(succeeded(await runGlossator(['--version'])), /^\d+\.\d+\.\d+\n$/);
  });
});

describe('glossator tag', () => {
  it('writes valid CoNLL-U for every sample', async () => {
    const output = succeeded(await runGlossator(['tag', '--model', model, '--format', 'conllu', ...SAMPLES]));
    assert.deepEqual(conlluProblems(output), []);
    assert.equal(output.match(/^# newdoc id = /gm)?.length, SAMPLES.length);
    assert.match(output, /\|?NER=B-(LOC|PER)\b/);
    assert.match(output, /^\d+-\d+\tdidn't\t/m);
  });

  it('writes JSON Lines whose offsets name the source', async () => {
    const sentences = parseJsonl(
      succeeded(await runGlossator(['tag', '--model', model, '--format', 'jsonl', ...SAMPLES])),
    );
    for (const { file, start, end, text, tokens, layers } of sentences) {
      const source = readFileSync(join(root, file), 'utf8');
      assert.equal(text, source.slice(start, end));
      assert.deepEqual(Object.keys(layers), ['pos', 'ner']);
      assert.equal(layers.pos.length, tokens.length);
      for (const { probability } of [...layers.pos, ...layers.ner])
        assert.ok(probability > 0 && probability <= 1);
      const plain = !file.endsWith('.md');
      for (const token of tokens) if (plain) assert.equal(token.form, source.slice(token.start, token.end));
    }
  });

  it('shows an aligned table, without colours in a pipe', async () => {
    const { status, stdout, stderr } = await runGlossator(
      ['tag', '--model', model, '-'],
      'Ada Lovelace lived in London.\n',
    );
    assert.equal(status, 0, stderr);
    const [words, tags] = stdout.split('\n');
    assert.match(words, /^Ada +Lovelace +lived +in +London +\.$/);
    for (const [i, word] of [...words.matchAll(/\S+/g)].entries())
      assert.equal([...tags.matchAll(/\S+/g)][i].index, word.index, 'a tag stands under its word');
    assert.ok(!stdout.includes('\u001b'));
    assert.match(stderr, /6 words in 1 sentence, \d+ words per second on the (native|wasm) backend/);
  });

  it('tags only the layers asked for', async () => {
    const args = ['tag', '--model', model, '--layers', 'ner', '--format', 'jsonl'];
    const [sentence] = parseJsonl(succeeded(await runGlossator(args, 'Ada Lovelace lived in London.')));
    assert.deepEqual(Object.keys(sentence.layers), ['ner']);
  });

  it('reads standard input as Markdown where asked', async () => {
    const args = ['tag', '--model', model, '--format', 'conll2003', '--markdown', '-'];
    const output = succeeded(await runGlossator(args, '# Hello *world*\n\n```\ncode\n```\n'));
    assert.match(output, /^-DOCSTART- -X- -X- O\n\nHello \S+ _ \S+\nworld \S+ _ \S+\n\n$/);
  });

  it('prints nothing for an empty text', async () => {
    assert.equal(
      succeeded(await runGlossator(['tag', '--model', model, '--format', 'conllu', '-'], '\n')),
      '',
    );
  });

  it('ends quietly when its reader has enough', async () => {
    const files = Array.from({ length: 40 }, () => SAMPLES).flat();
    const child = spawn(
      process.execPath,
      [join(root, 'dist', 'cli.js'), 'tag', '--model', model, '--format', 'jsonl', ...files],
      { cwd: root },
    );
    const closed = once(child, 'close');
    child.stderr.resume();
    await once(child.stdout, 'data');
    child.stdout.destroy();
    await closed;
    assert.equal(child.exitCode, 0);
  });
});

describe('glossator eval', () => {
  before(async () => {
    const row = (id: number, form: string, upos: string, misc = '_'): string =>
      [id, form, '_', upos, '_', '_', '_', '_', '_', misc].join('\t');
    const rows = [row(1, 'She', 'PRON'), row(2, 'slept', 'VERB', 'SpaceAfter=No'), row(3, '.', 'PUNCT')];
    await writeFile(join(folder, 'a.conllu'), `# text = She slept.\n${rows.join('\n')}\n\n`);
    await writeFile(join(folder, 'a.tsv'), 'London\tB-LOC\nslept\tO\n.\tO\n');
  });

  const cases: [data: string, flags: string[], keys: string[]][] = [
    ['a.conllu', ['--layer', 'pos'], ['accuracy']],
    ['a.conllu', ['--layer', 'pos', '--raw'], ['tokens.f1', 'sentences.f1', 'words.f1', 'upos.f1']],
    ['a.tsv', ['--layer', 'ner'], ['precision', 'recall', 'f1']],
  ];
  for (const [data, flags, keys] of cases) {
    it(`${flags.join(' ')} on ${data}`, async () => {
      const args = ['eval', '--model', model, ...flags, '--data', join(folder, data)];
      const scores = JSON.parse(succeeded(await runGlossator([...args, '--json']))) as Record<string, number>;
      assert.deepEqual(Object.keys(scores), [...keys, 'wordsPerSecond']);
      for (const key of keys) assert.ok(scores[key] >= 0 && scores[key] <= 1);
      const table = succeeded(await runGlossator(args));
      assert.match(table, /precision +recall +F1 +gold +predicted/);
      assert.match(table, /3 words, \d+ words per second on the (native|wasm) backend\./);
    });
  }
});
