import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { pipeline } from 'node:stream';
import { pipeline as completed } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, Parser, type ReadEntry } from 'tar';
import { InputError } from '../errors';

/** How much an archive may unpack to; beyond it the disk is in danger. */
export interface UnpackLimits {
  readonly entries: number;
  readonly bytes: number;
}

const GENEROUS: UnpackLimits = { entries: 10_000, bytes: 4 * 1024 ** 3 };

const FETCH_AGAIN = 'Fetch the archive again from where you trust it.';

const isFile = (type: string): boolean => ['File', 'OldFile', 'ContiguousFile'].includes(type);

/** Why an entry must not be unpacked, or undefined where it may. */
function offence({ path: name, type }: Pick<ReadEntry, 'path' | 'type'>): string | undefined {
  if (type === 'Link' || type === 'SymbolicLink') return `The archive holds a link, "${name}".`;
  if (type !== 'Directory' && !isFile(type))
    return `The archive holds "${name}", which is no file and no folder.`;
  const parts = name.split(/[/\\]/);
  const outside = parts.includes('..') || path.posix.isAbsolute(name) || path.win32.isAbsolute(name);
  if (outside || /^[a-z]:/i.test(name))
    return `The archive holds "${name}", which lies outside its own folder.`;
  const isName = !/\p{Cc}/u.test(name) && parts.every((part) => Buffer.byteLength(part) <= 255);
  return isName && name.length <= 1000
    ? undefined
    : `The archive holds "${name}", which is no name for a file.`;
}

/** Looks through the entries of an archive. */
class Inspection {
  readonly #limits: UnpackLimits;
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  #entries = 0;
  #bytes = 0;
  /** Of the archive itself, headers and padding counted. */
  #length = 0;
  found: string | undefined;

  constructor(limits: UnpackLimits) {
    this.#limits = limits;
  }

  pass(bytes: number): void {
    this.#length += bytes;
    if (this.#length > this.#limits.bytes + 4096 * (this.#limits.entries + 8)) this.#tooMuch();
  }

  look(entry: ReadEntry): void {
    this.#entries += 1;
    this.#bytes += entry.size;
    this.found ??= offence(entry) ?? this.#clash(entry);
    if (this.#entries > this.#limits.entries || this.#bytes > this.#limits.bytes) this.#tooMuch();
  }

  get isEmpty(): boolean {
    return this.#entries === 0;
  }

  #tooMuch(): void {
    const { entries, bytes } = this.#limits;
    this.found ??= `The archive unpacks to more than ${entries} files or ${bytes} bytes.`;
  }

  /** A file can't be a folder, too. */
  #clash({ path: name, type }: ReadEntry): string | undefined {
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    const full = parts.join('/');
    const above = parts.map((_, k) => parts.slice(0, k).join('/')).filter(Boolean);
    if (full === '') return isFile(type) ? `The archive holds a file without a name.` : undefined;
    for (const folder of type === 'Directory' ? [...above, full] : above) this.#folders.add(folder);
    if (isFile(type)) this.#files.add(full);
    const clash = [...above, full].find((one) => this.#files.has(one) && this.#folders.has(one));
    return clash && `The archive holds "${clash}" both as a file and as a folder.`;
  }
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await completed(createReadStream(file), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new InputError('There is no such file.', { file }, 'Check its name and folder.');
  }
  return hash.digest('hex').slice(0, 32);
}

const DAMAGED = 'The file is not a .tar.gz archive, or it is empty or damaged.';

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const isZstandard = (bytes: Uint8Array): boolean => bytes[0] === 0x28 && bytes[1] === 0xb5;

/** The bytes of the archive proper, unpacked as they are asked for. */
async function archiveBytes(file: string): Promise<AsyncIterable<Buffer>> {
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  const source = handle.createReadStream({ start: 0, highWaterMark: 1 << 18 });
  return isGzip(buffer) ? pipeline(source, createGunzip({ chunkSize: 1 << 18 }), () => undefined) : source;
}

/** Looks at all of an archive before anything is unpacked. @throws InputError at the first thing that is wrong */
async function inspect(file: string, limits: UnpackLimits): Promise<void> {
  const inspection = new Inspection(limits);
  let isDamaged = false;
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      inspection.look(entry);
      entry.resume();
    },
  });
  parser.on('error', () => (isDamaged = true));
  parser.on('ignoredEntry', (entry: ReadEntry) => inspection.look(entry));
  try {
    let isFirst = true;
    for await (const chunk of await archiveBytes(file)) {
      isDamaged ||= isFirst && (isGzip(chunk) || isZstandard(chunk)); // packed twice, or otherwise
      isFirst = false;
      if (isDamaged) break;
      inspection.pass(chunk.length);
      parser.write(chunk);
      if (inspection.found !== undefined) break;
    }
    if (!isDamaged && inspection.found === undefined) parser.end();
  } catch (error) {
    if (!/^Z_/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    isDamaged = true;
  }
  const found = inspection.found ?? (isDamaged || inspection.isEmpty ? DAMAGED : undefined);
  if (found !== undefined) throw new InputError(found, { file }, FETCH_AGAIN);
}

/**
 * Unpacks a `.tar` or `.tar.gz` of plain files and folders, each archive once: another call with the same content
 * finds what is there. Links, devices and paths that lead out of the archive are refused.
 * @param file the archive
 * @param cache the folder to unpack under, made where it is missing; may be deleted at any time
 * @returns the folder that holds the archive's content
 * @throws InputError where the file is missing, damaged, too large, or holds what is refused; nothing of it stays
 */
export async function unpackArchive(file: string, cache: string, limits = GENEROUS): Promise<string> {
  const folder = path.join(cache, await digest(file));
  const exists = (): Promise<boolean> =>
    access(folder).then(
      () => true,
      () => false,
    );
  if (await exists()) return folder;
  await mkdir(cache, { recursive: true });
  await inspect(file, limits);
  const partial = `${folder}.${randomUUID()}.partial`;
  await mkdir(partial);
  try {
    await extract({ file, cwd: partial, strict: true });
    await rename(partial, folder).catch(async (error: unknown) => {
      if (!(await exists())) throw error; // else another process was faster
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}
