import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runGlossator } from './runGlossator';

describe('files that are no plain text', { concurrency: 2 }, () => {
  let folder: string;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), 'glossator-'))));
  after(() => rm(folder, { recursive: true }));

  const MARKED: readonly (readonly [name: string, text: string])[] = [
    ['a.tex', '\\section{Of bells}\nMira went to \\emph{Oslo}. % no\n'],
    ['a.LATEX', '\\section{Of bells}\nMira went to \\emph{Oslo}.\n'],
    ['a.rst', 'Of bells\n========\n\n.. no\n\nMira went to *Oslo*.\n'],
    ['a.adoc', '== Of bells\n:no: no\n\nMira went to _Oslo_.\n'],
    ['a.org', '* TODO Of bells :no:\n#+no: no\nMira went to /Oslo/.\n'],
    ['a.md', '# Of bells\r\n\r\n<div>\r\n</div>\r\n\r\nMira went to *Oslo*.\r\n'],
  ];
  for (const [name, text] of MARKED)
    it(`convert reads the markup of ${name}`, async () => {
      const file = join(folder, name);
      await writeFile(file, text);
      const { stdout } = await runGlossator(['convert', file, '--to', 'conllu', '--text-only']);
      const words = stdout.split('\n').flatMap((line) => /^\d+\t([^\t]+)/.exec(line)?.[1] ?? []);
      assert.deepEqual(words, ['Of', 'bells', 'Mira', 'went', 'to', 'Oslo', '.']);
    });

  for (const name of ['b.conllu', 'b.conll', 'b.tsv', 'b.csv', 'b.json', 'b.jsonl', 'b.ann', 'b.xml'])
    it(`tag refuses ${name} in one sentence with a way out`, async () => {
      const { status, stderr } = await runGlossator(['tag', join(folder, name)]);
      assert.equal(status, 2);
      assert.match(
        stderr,
        /holds data, not prose\. Convert it to a text first: glossator convert "[^"]*" --to glossator/,
      );
      assert.equal(stderr.trim().split('\n').length, 1);
    });
});
