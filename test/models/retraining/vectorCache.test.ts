import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import type { Embedder } from '../../../models/embedders/embedder';
import { WorkspaceFiles } from '../../../models/data/workspaceFiles';
import { VectorCache } from '../../../models/retraining/vectorCache';
import type { EmbeddedCorpus } from '../../../models/training/embeddedCorpus';

const size = 8;
/** A vector of so many bytes in float16, for each word. */
const bytes = 2 * size;

/** Vectors that tell words apart; counts what it was asked for. */
class CountingEmbedder implements Embedder {
  readonly layers = 1;
  readonly size = size;
  readonly seen: string[] = [];

  constructor(readonly id = 'one') {}

  embed(sentences: readonly (readonly string[])[]): tf.Tensor3D[] {
    this.seen.push(...sentences.map((forms) => forms.join(' ')));
    const steps = Math.max(...sentences.map(({ length }) => length));
    const value = (t: number, b: number): number => (sentences[b][t]?.length ?? 0) + t / 3;
    const values = Array.from({ length: steps }, (_, t) =>
      sentences.map((_unused, b) => new Array<number>(size).fill(value(t, b))),
    );
    return [tf.tensor3d(values)]; // [T, B, D]
  }

  dispose(): void {
    // it holds nothing
  }
}

describe('the cache of vectors', () => {
  const folders: string[] = [];
  before(() => loadBackend('auto'));
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function makeFolder(): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'glossator-cache-'));
    folders.push(folder);
    return folder;
  }

  async function embed(cache: VectorCache, lines: string[], embedder: Embedder): Promise<EmbeddedCorpus> {
    const steps = cache.embed(
      lines.map((line) => line.split(' ')),
      embedder,
    );
    for (;;) {
      const step = await steps.next();
      if (step.done) return step.value;
    }
  }

  const files = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.f16'));
  const total = (folder: string): number =>
    files(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
  /** Lets all that is there look as if it had been used long ago. */
  const age = (folder: string, day: number): void => {
    const time = new Date(Date.UTC(2020, 0, day));
    for (const name of files(folder))
      if (statSync(path.join(folder, name)).mtimeMs > Date.UTC(2021))
        utimesSync(path.join(folder, name), time, time);
  };

  it('gives the same vectors, rounded the same way, from the embedder and from disk', async () => {
    const folder = makeFolder();
    const embedder = new CountingEmbedder();
    const first = await embed(
      new VectorCache(new WorkspaceFiles(tmpdir()), folder),
      ['a bee', 'see'],
      embedder,
    );
    const second = await embed(
      new VectorCache(new WorkspaceFiles(tmpdir()), folder),
      ['see', 'a bee'],
      embedder,
    );
    assert.deepEqual(second.vectors(1), first.vectors(0));
    assert.deepEqual(second.vectors(0), first.vectors(1));
    assert.equal(embedder.seen.length, 2);
  });

  it('takes no vectors of another embedder, nor any of the wrong size', async () => {
    const folder = makeFolder();
    await embed(new VectorCache(new WorkspaceFiles(tmpdir()), folder), ['a bee'], new CountingEmbedder());
    const other = new CountingEmbedder('two');
    await embed(new VectorCache(new WorkspaceFiles(tmpdir()), folder), ['a bee'], other);
    assert.deepEqual(other.seen, ['a bee']);
    for (const name of files(folder)) writeFileSync(path.join(folder, name), 'abc');
    await embed(new VectorCache(new WorkspaceFiles(tmpdir()), folder), ['a bee'], other);
    assert.deepEqual(other.seen, ['a bee', 'a bee']);
    assert.ok(total(folder) >= 2 * bytes);
  });

  it('stays below its limit; what was not used for longest goes first', async () => {
    const folder = makeFolder();
    const cache = new VectorCache(new WorkspaceFiles(tmpdir()), folder, 4 * bytes);
    const embedder = new CountingEmbedder();
    for (const [day, line] of ['one', 'two', 'three', 'four'].entries()) {
      await embed(cache, [line], embedder);
      age(folder, day + 1);
    }
    assert.equal(total(folder), 4 * bytes);
    await embed(cache, ['one'], embedder); // read, so used last
    age(folder, 10);
    await embed(cache, ['five', 'six'], embedder);
    assert.equal(total(folder), 4 * bytes);
    embedder.seen.length = 0;
    await embed(cache, ['one', 'four', 'five', 'six'], embedder);
    assert.deepEqual(embedder.seen, []);
    await embed(cache, ['two', 'three'], embedder);
    assert.deepEqual(embedder.seen.sort(), ['three', 'two']);
  });

  it('keeps what is in use, even above its limit', async () => {
    const folder = makeFolder();
    const cache = new VectorCache(new WorkspaceFiles(tmpdir()), folder, bytes);
    const embedder = new CountingEmbedder();
    const corpus = await embed(cache, ['one two three', 'four'], embedder);
    assert.equal(corpus.vectors(0)?.length, 3 * size);
    assert.equal(files(folder).length, 2);
    await embed(cache, ['four'], embedder);
    assert.equal(files(folder).length, 1);
  });

  it('removes what a killed process left half written, and nothing else', async () => {
    const folder = makeFolder();
    for (const name of ['a.f16.tmp', 'notes.txt']) writeFileSync(path.join(folder, name), 'x');
    await embed(new VectorCache(new WorkspaceFiles(tmpdir()), folder), ['one'], new CountingEmbedder());
    assert.deepEqual(
      readdirSync(folder)
        .filter((name) => !name.endsWith('.f16'))
        .sort(),
      ['.gitignore', 'notes.txt'],
    );
  });

  it('goes on without a disk to write on', async () => {
    const file = path.join(makeFolder(), 'file');
    writeFileSync(file, '');
    const corpus = await embed(
      new VectorCache(new WorkspaceFiles(tmpdir()), path.join(file, 'cache')),
      ['one two'],
      new CountingEmbedder(),
    );
    assert.equal(corpus.vectors(0)?.length, 2 * size);
  });
});
