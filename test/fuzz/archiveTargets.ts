import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { Header, type HeaderData } from 'tar';
import { readTextFile } from '../../models/data/textFile';
import { unpackArchive } from '../../models/data/unpackArchive';
import { damagedBytes } from './mutations';
import type { Target } from './targets';

/** The bytes of a tar entry, honest or not: `size` may be another than that of its content. */
function tarEntry({ content, ...header }: HeaderData & { readonly content: string }): Buffer {
  const block = Buffer.alloc(512);
  const made = new Header({ mode: 0o644, size: content.length, mtime: new Date(0), ...header });
  made.encode(block);
  const data = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  data.write(content, 'latin1');
  return Buffer.concat([block, data]);
}

const END = Buffer.alloc(1024);

const entryName = fc.oneof(
  fc.constantFrom(
    ...[
      'saved_model.pb',
      'variables/a',
      'variables',
      'variables/a/b',
      'a/../b',
      '../a',
      '/a',
      'C:a',
      '..\\a',
    ],
    ...['./', '.', '', 'a\u0000b', 'CON', 'aux.txt', 'a'.repeat(99), 'x/'.repeat(45), 'ä', '-rf', '~/a'],
  ),
  fc.string({ maxLength: 20 }),
);

const entry = fc
  .record({
    path: entryName,
    type: fc.constantFrom<HeaderData['type']>(
      ...([
        'File',
        'File',
        'File',
        'OldFile',
        'Directory',
        'Link',
        'SymbolicLink',
        'CharacterDevice',
      ] as const),
      ...(['BlockDevice', 'FIFO', 'ContiguousFile', 'ExtendedHeader', 'GlobalExtendedHeader'] as const),
      ...(['NextFileHasLongPath', 'NextFileHasLongLinkpath', 'GNUDumpDir', 'SparseFile'] as const),
    ),
    linkpath: fc.constantFrom('', '..', '/etc/passwd', 'a'),
    content: fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom(
        '21 path=../../climbed\n',
        '16 path=a\u0000bcd\n',
        '22 size=99999999999999\n',
        '12 size=-100\n',
      ),
      fc.constantFrom(`${'long/'.repeat(200)}name\0`, 'x'.repeat(5000)),
    ),
    size: fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(0, 1, 511, 513, 8 ** 11 - 1, 2 ** 40, 2 ** 53 - 1, -1) },
    ),
  })
  .map(({ size, ...rest }) => tarEntry(size === undefined ? rest : { ...rest, size }));

const tar = fc
  .tuple(fc.array(entry, { maxLength: 6 }), fc.constantFrom(END, END, Buffer.alloc(0), Buffer.from('x')))
  .map(([entries, end]) => Buffer.concat([...entries, end]));

const honest = Buffer.concat([
  tarEntry({ path: 'saved_model.pb', type: 'File', content: 'program' }),
  tarEntry({ path: 'variables/', type: 'Directory', content: '' }),
  tarEntry({ path: 'variables/variables.index', type: 'File', content: 'index' }),
  END,
]);

/** Readers of packed files. */
export function archiveTargets(scratch: string): Target[] {
  const [file, text] = [path.join(scratch, 'module.tar.gz'), path.join(scratch, 'note.txt')];
  mkdirSync(scratch, { recursive: true });
  const words = Buffer.from('Ada met Ben.\nShe wrote: “Überall”.\n');
  const packed = [
    gzipSync(words),
    gzipSync(Buffer.alloc(300_000, 'a ')),
    gzipSync(Buffer.concat([words, Buffer.of(0)])),
  ];
  return [
    {
      name: 'archive of a module',
      weight: 3,
      input: fc.oneof(
        tar.map((bytes) => gzipSync(bytes)),
        tar,
        damagedBytes([honest]),
        damagedBytes([honest]).map((bytes) => gzipSync(bytes)),
        damagedBytes([gzipSync(honest)]),
      ),
      read: (input) => {
        writeFileSync(file, input);
        return unpackArchive(file, path.join(scratch, 'modules'), { entries: 100, bytes: 1 << 20 });
      },
    },
    {
      name: 'text file',
      weight: 5,
      input: fc.oneof(
        damagedBytes([words, ...packed, Buffer.from('\ufeffAda', 'utf16le')]),
        damagedBytes([Buffer.concat([packed[0], packed[0]])]),
      ),
      read: (input) => {
        writeFileSync(text, input);
        return readTextFile(text);
      },
    },
  ];
}
