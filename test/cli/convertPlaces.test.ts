import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../shared';
import { runGlossator, type Outcome } from './runGlossator';

describe('places that glossator convert writes to', { concurrency: 2 }, () => {
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  const convert = (...args: string[]): Promise<Outcome> => runGlossator(['convert', ...args]);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glossator-'));
    await writeFile(at('export.jsonl'), '{"text":"Nora 😀 met Liv.","label":[[12,15,"PER"]]}\n');
    for (const version of ['v1', 'v2']) {
      await writeFile(at(`notes.${version}.txt`), `Nora ${version}.`);
      await writeFile(at(`notes.${version}.ann`), 'T1\tPER 0 4\tNora\n');
    }
  });
  after(() => rm(folder, { recursive: true }));

  const news: [what: string, out: string][] = [
    ['a new folder', 'new'],
    ['one below folders that are new', join('deep', 'er', 'texts')],
    ['one with a slash behind it', `slash${sep}`],
  ];
  for (const [what, out] of news)
    it(`${what} becomes a project`, async () => {
      const place = what.includes('slash') ? at(out) + sep : relative(root, at(out));
      const { status, stderr } = await convert(at('export.jsonl'), '--to', 'glossator', '--out', place);
      assert.equal(stderr, '1 text with 1 label converted to glossator.\n');
      assert.equal(status, 0);
      assert.equal(await readFile(at(out, 'export.txt'), 'utf8'), 'Nora 😀 met Liv.');
      assert.match(
        await readFile(at(out, '.glossator', 'annotations', 'export.txt.jsonl'), 'utf8'),
        /"label":"PER","start":12,"end":15/,
      );
    });

  it('nothing is made where a file is in the way', async () => {
    const place = at('export.jsonl', 'texts');
    const { status, stderr } = await convert(at('export.jsonl'), '--to', 'glossator', '--out', place);
    assert.equal(status, 2);
    assert.equal(stderr, `${place}: A part of this path is a file, not a folder. Check the path.\n`);
  });

  it('a dry run makes no folder', async () => {
    const outcome = await convert(at('export.jsonl'), '--to', 'glossator', '--out', at('dry'), '--dry-run');
    assert.equal(outcome.status, 0, outcome.stderr);
    assert.equal(existsSync(at('dry')), false);
  });

  for (const to of ['glossator', 'brat'])
    it(`names keep their points in ${to}`, async () => {
      const out = at(`named-${to}`) + sep;
      const files = [at('notes.v1.ann'), at('notes.v2.ann')];
      const outcome = await convert(...files, '--to', to, '--out', out);
      assert.equal(outcome.status, 0, outcome.stderr);
      const texts = readdirSync(out).filter((name) => name.endsWith('.txt'));
      assert.deepEqual(texts, ['notes.v1.txt', 'notes.v2.txt']);
    });
});
