import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runGlossator, type Outcome } from './runGlossator';

const files: Readonly<Record<string, string>> = {
  'in/a.conll': 'Nora B-PER\nran O\n',
  'in/deep/er/a.conll': 'Liv B-PER\nran O\n',
  'in/notes.txt': 'Nora',
  'in/notes.ann': 'T1\tPER 0 4\tNora\n',
  'in/package.json': '{"name":"x"}',
  'in/picture.png': 'no text',
  'in/.glossator/annotations/x.conll': 'Hidden B-PER\n',
  'in/node_modules/x.conll': 'Module B-PER\n',
  'mixed/a.conll': 'Nora B-PER\n',
  'mixed/broken.conllu': '1\tNora\n',
  'outside/secret.conll': 'Secret B-PER\n',
  'empty/readme.png': '',
  'plain.txt': 'Nora ran.',
  'bare.conll': 'Nora O\nran O\n',
};

describe('folders and texts without labels in glossator convert', { concurrency: 2 }, () => {
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  const convert = (...args: string[]): Promise<Outcome> => runGlossator(['convert', ...args]);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glossator-'));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(at(name)), { recursive: true });
      await writeFile(at(name), content);
    }
    await symlink(at('outside'), at('in', 'linked'));
  });
  after(() => rm(folder, { recursive: true }));

  it('reads all files of known formats, and no others', async () => {
    const { status, stdout, stderr } = await convert(at('in'), '--to', 'doccano');
    assert.deepEqual([status, stderr], [0, '3 texts with 3 labels converted to doccano.\n']);
    const texts = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { text: string }).text);
    assert.deepEqual(texts.sort(), ['Liv ran\n', 'Nora', 'Nora ran\n']);
  });

  it('names texts by their folders where two have one name, and leaves its own outputs alone', async () => {
    for (const _ of ['first', 'second']) {
      const { status, stderr } = await convert(at('in'), '--to', 'glossator', '--out', at('in', 'texts'));
      assert.equal(status, 0, stderr);
      assert.deepEqual(
        readdirSync(at('in', 'texts')).filter((name) => name.endsWith('.txt')),
        ['a.txt', 'deep_er_a.txt', 'notes.txt'],
      );
    }
    await rm(at('in', 'texts'), { recursive: true });
  });

  it('names the file that is broken, and does the rest', async () => {
    const { status, stdout, stderr } = await convert(at('mixed'), '--to', 'bilou');
    assert.equal(status, 1);
    assert.match(stderr, /broken\.conllu:1: The line has 2 columns\./);
    assert.equal(stdout, 'Nora\tU-PER\n\n');
  });

  it('says that a folder holds nothing', async () => {
    const { status, stderr } = await convert(at('empty'), '--to', 'bilou');
    assert.equal(status, 2);
    assert.match(stderr, /empty: The folder holds no files of a format that is read here\./);
  });

  it('writes a text without labels, says so, and exits 1 unless that is meant', async () => {
    const said = await convert(at('plain.txt'), '--to', 'conllu');
    assert.equal(said.status, 1);
    assert.match(said.stdout, /^# text = Nora ran\.$/m);
    assert.match(
      said.stderr,
      /plain\.txt: No labels were found; the file was taken for a text, by its name\. If that is right, add --text-only/,
    );
    const meant = await convert(at('plain.txt'), '--to', 'conllu', '--text-only');
    assert.deepEqual([meant.status, meant.stdout], [0, said.stdout]);
    assert.doesNotMatch(meant.stderr, /No labels/);
  });

  it('imports no text without labels unless that is meant', async () => {
    const said = await convert(at('bare.conll'), '--to', 'glossator', '--out', at('bare'));
    assert.equal(said.status, 1);
    assert.match(
      said.stderr,
      /taken for CoNLL-2003, IOB2, by its columns\. Nothing is written; add --text-only/,
    );
    assert.equal(existsSync(at('bare')), false);
    const meant = await convert(at('bare.conll'), '--to', 'glossator', '--out', at('bare'), '--text-only');
    assert.equal(meant.status, 0, meant.stderr);
    assert.equal(await readFile(at('bare', 'bare.txt'), 'utf8'), 'Nora ran\n');
  });

  it('puts labels of no layer into the one that is named, and says where a layer has none', async () => {
    const named = await convert(at('in', 'a.conll'), '--to', 'conllu', '--layer', 'people');
    assert.equal(named.status, 0, named.stderr);
    assert.match(named.stdout, /PEOPLE=B-PER/);
    const none = await convert(at('in', 'a.conll'), '--to', 'doccano', '--layer', 'people,places');
    assert.equal(none.status, 1);
    assert.match(none.stderr, /No labels were found in people, places: the layers are ner\./);
  });
});
