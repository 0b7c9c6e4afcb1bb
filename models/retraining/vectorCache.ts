import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { writeFileAtomically } from '../data/atomicFile';
import { decodeHalf, encodeHalf, roundToHalf } from '../data/halfFloat';
import type { Embedder } from '../embedders/embedder';
import { EmbeddedCorpus } from '../training/embeddedCorpus';

/** By default a cache takes so much of the disk: the vectors of about 130,000 words of the embedded biLM. */
const mostBytes = 200 * 2 ** 20;

/**
 * The embedder's vectors of sentences on disk, a file for each, in float16, named by what the sentence says and the
 * embedder's id. What is broken or missing is computed again; what was not used for longest goes first.
 */
export class VectorCache {
  constructor(
    readonly folder: string,
    readonly limit = mostBytes,
  ) {}

  /**
   * Embeds some sentences, those that are not on disk yet, and keeps them. Vectors are rounded to float16 either way,
   * so that what is learnt from them does not depend on where they came from.
   * @returns after yielding the share of what was not on disk
   */
  async *embed(
    sentences: readonly (readonly string[])[],
    embedder: Embedder,
  ): AsyncGenerator<number, EmbeddedCorpus> {
    const files = sentences.map((forms) => path.join(this.folder, `${nameOf(forms, embedder.id)}.f16`));
    const known: (Float32Array | undefined)[] = [];
    for (const [index, forms] of sentences.entries())
      known.push(await this.#read(files[index], embedder.layers * forms.length * embedder.size));
    const corpus = yield* EmbeddedCorpus.of(sentences, embedder, known);
    const rounded: (Float32Array | undefined)[] = [];
    for (const [index, file] of files.entries()) {
      const vectors = corpus.vectors(index);
      rounded.push(known[index] ?? (vectors && roundToHalf(vectors)));
      if (vectors && !known[index]) await this.#write(file, encodeHalf(vectors));
    }
    await this.#trim(new Set(files));
    const steps = EmbeddedCorpus.of(sentences, embedder, rounded); // all known: nothing is computed
    for (;;) {
      const step = await steps.next();
      if (step.done) return step.value;
    }
  }

  /** Removes what a killed process left half written. @returns names of what was removed */
  async sweep(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    const unfinished = names.filter((name) => name.endsWith('.tmp'));
    for (const name of unfinished) await rm(path.join(this.folder, name), { force: true });
    return unfinished;
  }

  async #read(file: string, numbers: number): Promise<Float32Array | undefined> {
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes?.length !== 2 * numbers) return undefined;
    const now = new Date();
    await utimes(file, now, now).catch(() => undefined);
    const halves = new Uint16Array(numbers);
    new Uint8Array(halves.buffer).set(bytes);
    return decodeHalf(halves);
  }

  /** A full disk must not stop the training: the cache only saves time. */
  async #write(file: string, halves: Uint16Array): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true });
      const ignore = path.join(this.folder, '.gitignore');
      if (!existsSync(ignore)) await writeFileAtomically(ignore, '*\n');
      // Not forced to disk, unlike all else: it can be computed again, and hundreds of files would wait.
      await writeFile(`${file}.tmp`, new Uint8Array(halves.buffer));
      await rename(`${file}.tmp`, file);
    } catch {
      await rm(`${file}.tmp`, { force: true }).catch(() => undefined);
    }
  }

  async #trim(inUse: ReadonlySet<string>): Promise<void> {
    await this.sweep();
    const entries: { file: string; size: number; used: number }[] = [];
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (!name.endsWith('.f16')) continue;
      const file = path.join(this.folder, name);
      const found = await stat(file).catch(() => undefined);
      if (found) entries.push({ file, size: found.size, used: found.mtimeMs });
    }
    let bytes = entries.reduce((sum, { size }) => sum + size, 0);
    for (const { file, size } of entries.sort((a, b) => a.used - b.used)) {
      if (bytes <= this.limit) return;
      if (inUse.has(file)) continue;
      await rm(file, { force: true });
      bytes -= size;
    }
  }
}

const nameOf = (forms: readonly string[], id: string): string =>
  createHash('sha256')
    .update(`${id}\0${forms.join('\0')}`)
    .digest('hex')
    .slice(0, 32);
