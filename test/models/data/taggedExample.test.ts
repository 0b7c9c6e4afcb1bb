import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readBio, readConlluTags, readTokenLayer } from '../../../models/data/taggedExample';
import { decodeText, readTextFile } from '../../../models/data/textFile';
import { InputError } from '../../../models/errors';
import { shared, unlessShared } from '../../shared';

const CONLLU = '1\tAda\t_\tPROPN\t_\t_\t_\t_\t_\tNER=B-PER\n2\truns\t_\tVERB\t_\t_\t_\t_\t_\t_\n\n';
const EXAMPLE = { forms: ['Ada', 'runs'], labels: ['PROPN', 'VERB'] };

let folder: string;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'glossator-'))));
after(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Asserts an InputError at a line whose one sentence matches. */
async function refuses(action: Promise<unknown>, message: RegExp, line?: number): Promise<void> {
  await assert.rejects(action, (error) => {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.format(), message);
    assert.equal(error.place.line, line);
    return true;
  });
}

describe('readTokenLayer', () => {
  it('reads CoNLL-U, plain and gzipped, and knows it by its columns', async () => {
    assert.deepEqual(await readConlluTags(await file('a.conllu', CONLLU)), [EXAMPLE]);
    assert.deepEqual(await readConlluTags(await file('a.conllu.gz', gzipSync(CONLLU))), [EXAMPLE]);
    assert.deepEqual(await readConlluTags(await file('a.txt', `# c\n${CONLLU}`)), [EXAMPLE]);
  });

  it('reads entities from MISC', async () => {
    const examples = await readTokenLayer(await file('n.conllu', CONLLU), { layer: 'ner', kind: 'span' });
    assert.deepEqual(examples, [{ forms: ['Ada', 'runs'], labels: ['B-PER', 'O'] }]);
  });

  it('reads two columns', async () => {
    const text = '# from nowhere\n#\tO\r\nAda\tB-PER\r\n\r\n\n# c\nLovelace\tI-PER';
    assert.deepEqual(await readBio(await file('a.tsv', text)), [
      { forms: ['#', 'Ada'], labels: ['O', 'B-PER'] },
      { forms: ['Lovelace'], labels: ['I-PER'] },
    ]);
  });

  it('refuses broken files, naming the line', async () => {
    await refuses(readBio(await file('b1.tsv', 'a\tO\n\nb\n')), /b1\.tsv:3: .*tab/, 3);
    await refuses(readBio(await file('b2.tsv', 'a\tO\nb\tPER\n')), /"PER" is not BIO/, 2);
    await refuses(readBio(await file('b3.tsv', 'a\t\n')), /no tag/, 1);
    await refuses(readBio(await file('b4.tsv', '\n')), /no sentences/);
    await refuses(readConlluTags(await file('b5.conllu', CONLLU.replace('VERB', '_'))), /no tag/, 2);
    await refuses(readConlluTags(await file('b6.conllu', 'a\tO\n')), /2 columns/, 1);
    const source = { layer: 'sense', kind: 'token' } as const;
    await refuses(readTokenLayer(await file('b7.conllu', CONLLU), source), /no tag/, 1);
    const spans = { layer: 'term', kind: 'span' } as const;
    await refuses(readTokenLayer(await file('b8.conllu', CONLLU), spans), /No word carries TERM=/);
  });

  const test = ['ud-ewt', 'test.conllu'];
  it('reads the English Web Treebank', { skip: unlessShared(...test) }, async () => {
    const examples = await readConlluTags(join(shared, ...test));
    assert.equal(examples.length, 2077);
    assert.equal(
      examples.reduce((sum, { forms }) => sum + forms.length, 0),
      25094,
    );
  });

  const train = ['ner', 'train.tsv.gz'];
  it('reads the entity corpus', { skip: unlessShared(...train) }, async () => {
    const examples = await readBio(join(shared, ...train));
    assert.equal(examples.length, 28622);
    assert.equal(examples.flatMap(({ labels }) => labels).filter((label) => label === 'B-PER').length, 10015);
  });
});

describe('readTextFile', () => {
  it('drops a byte order mark and keeps everything else', async () => {
    assert.equal(await readTextFile(await file('bom.txt', '\uFEFFa\r\n😀')), 'a\r\n😀');
  });

  it('refuses what is not UTF-8 text', async () => {
    await refuses(readTextFile(join(folder, 'none.txt')), /none\.txt: There is no such file\. Check/);
    await refuses(readTextFile(folder), /folder/);
    await refuses(readTextFile(await file('x.bin', Uint8Array.of(65, 0, 66))), /binary/);
    await refuses(readTextFile(await file('x16.txt', Buffer.from('\uFEFFhello', 'utf16le'))), /UTF-16/);
    await refuses(
      readTextFile(await file('latin.txt', Buffer.from('a\nb\ncafé\n', 'latin1'))),
      /latin\.txt:3: .*UTF-8/,
      3,
    );
    await refuses(readTextFile(await file('x.gz', 'plain')), /gzip/);
    await refuses(readTextFile(await file('y.gz', gzipSync('text').subarray(0, 12))), /damaged/);
  });

  it('names the last line where the text breaks off inside a character', () => {
    assert.throws(
      () => decodeText(Uint8Array.of(65, 10, 0xc3), 'f'),
      (error) => error instanceof InputError && error.place.line === 2,
    );
  });
});
