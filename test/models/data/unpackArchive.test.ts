import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { create, Header } from 'tar';
import { unpackArchive } from '../../../models/data/unpackArchive';
import { InputError } from '../../../models/errors';

type Entry = Pick<Header, 'path' | 'type'> & Partial<Pick<Header, 'linkpath'>> & { content?: string };

/** The bytes of an archive, header by header, as no honest program would write it. */
function archiveOf(entries: Entry[]): Buffer {
  const blocks = entries.flatMap(({ content = '', ...entry }) => {
    const header = new Header({
      mode: 0o644,
      size: Buffer.byteLength(content),
      mtime: new Date(0),
      ...entry,
    });
    const block = Buffer.alloc(512);
    header.encode(block);
    const data = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
    data.write(content);
    return [block, data];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

describe('unpacking an archive', () => {
  let folder = '';
  let cache = '';
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'glossator-archive-'));
    cache = path.join(folder, 'cache', 'modules');
  });
  after(() => rm(folder, { recursive: true }));

  const save = async (name: string, bytes: Buffer): Promise<string> => {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    return file;
  };

  it('unpacks the same content once', async () => {
    await mkdir(path.join(folder, 'content', 'inner'), { recursive: true });
    await writeFile(path.join(folder, 'content', 'inner', 'word.txt'), 'Gull');
    const file = path.join(folder, 'good.tar.gz');
    await create({ gzip: true, file, cwd: path.join(folder, 'content') }, ['.']);
    const unpacked = await unpackArchive(file, cache);
    assert.equal(await readFile(path.join(unpacked, 'inner', 'word.txt'), 'utf8'), 'Gull');
    await writeFile(path.join(unpacked, 'mark'), '');
    const copy = await save('copy.tgz', await readFile(file));
    assert.deepEqual(await Promise.all([unpackArchive(copy, cache), unpackArchive(file, cache)]), [
      unpacked,
      unpacked,
    ]);
    assert.deepEqual((await readdir(unpacked)).sort(), ['inner', 'mark']);
    await rm(unpacked, { recursive: true });
    const atOnce = await Promise.all([1, 2, 3].map(() => unpackArchive(file, cache)));
    assert.deepEqual(atOnce, [unpacked, unpacked, unpacked]);
    assert.deepEqual(await readdir(cache), [path.basename(unpacked)]);
    await rm(cache, { recursive: true });
  });

  const good: Entry = { path: 'word.txt', type: 'File', content: 'Gull' };
  const bad: [string, Buffer, RegExp][] = [
    [
      'a path that climbs',
      archiveOf([good, { ...good, path: '../climbed' }]),
      /"\.\.\/climbed", which lies outside/,
    ],
    ['a hidden climb', archiveOf([{ ...good, path: 'a/../../climbed' }]), /lies outside/],
    ['an absolute path', archiveOf([{ ...good, path: '/tmp/climbed' }]), /lies outside/],
    ['a Windows path', archiveOf([{ ...good, path: 'C:climbed' }]), /lies outside/],
    ['a Windows climb', archiveOf([{ ...good, path: '..\\climbed' }]), /lies outside/],
    [
      'a symbolic link',
      archiveOf([{ path: 'l', type: 'SymbolicLink', linkpath: '..' }, good]),
      /a link, "l"/,
    ],
    ['a hard link', archiveOf([{ path: 'l', type: 'Link', linkpath: '../../good.tar.gz' }]), /a link/],
    ['a device', archiveOf([{ path: 'd', type: 'CharacterDevice' }]), /no file and no folder/],
    ['too many files', archiveOf([good, good, good, good]), /more than 3 files/],
    ['too many bytes', archiveOf([{ ...good, content: 'x'.repeat(3000) }]), /or 2000 bytes/],
    ['no archive', gzipSync('Gulls cry. '.repeat(200)), /not a \.tar\.gz/],
    ['plain text', Buffer.from('Gulls cry.'), /not a \.tar\.gz/],
    ['nothing', Buffer.alloc(0), /not a \.tar\.gz/],
    ['an empty archive', archiveOf([]), /damaged/],
    ['an archive cut off', archiveOf([{ ...good, content: 'Gulls, ' }]).subarray(0, 60), /damaged/],
  ];
  for (const [name, bytes, message] of bad)
    it(`refuses ${name} and keeps nothing`, async () => {
      const file = await save('bad.tar.gz', bytes);
      await assert.rejects(unpackArchive(file, cache, { entries: 3, bytes: 2000 }), (error) => {
        assert.ok(error instanceof InputError, String(error));
        assert.match(error.format(), message);
        return true;
      });
      assert.deepEqual(await readdir(cache), []);
      assert.deepEqual((await readdir(path.dirname(cache))).sort(), ['modules']);
    });

  it('says that a file is missing', () =>
    assert.rejects(unpackArchive(path.join(folder, 'none.tar.gz'), cache), /no such file/));
});
