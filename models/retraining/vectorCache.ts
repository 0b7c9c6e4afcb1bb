import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { decodeHalf, encodeHalf, roundToHalf } from '../data/halfFloat';
import { vectorsLimit } from '../data/sizeLimits';
import type { WorkspaceFiles } from '../data/workspaceFiles';
import type { Embedder } from '../embedders/embedder';
import { EmbeddedCorpus } from '../training/embeddedCorpus';

/** By default a cache takes so much of the disk: the vectors of about 130,000 words of the embedded biLM. */
const mostBytes = 200 * 2 ** 20;

/**
 * The embedder's vectors of sentences on disk, a file for each, in float16, named by what the sentence says and the
 * embedder's id. What is broken or missing is computed again; what was not used for longest goes first.
 */
export class VectorCache {
  readonly #files: WorkspaceFiles;

  /**
   * @param files of the workspace that `folder` lies in
   * @param limit bytes
   */
  constructor(
    files: WorkspaceFiles,
    readonly folder: string,
    readonly limit = mostBytes,
  ) {
    this.#files = files;
  }

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

  /**
   * Removes what a killed process left half written.
   * @returns names of what was removed
   * @throws InputError where the folder is a link, or no folder
   */
  async sweep(): Promise<string[]> {
    const unfinished = (await this.#names()).filter((name) => name.endsWith('.tmp'));
    for (const name of unfinished) await this.#files.remove(path.join(this.folder, name), UNFORCED);
    return unfinished;
  }

  async #names(): Promise<string[]> {
    const entries = await this.#files.list(this.folder);
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  async #read(file: string, numbers: number): Promise<Float32Array | undefined> {
    const bytes = await this.#files.read(file, vectorsLimit).catch(() => undefined);
    if (bytes?.length !== 2 * numbers) return undefined;
    await this.#files.touch(file).catch(() => undefined);
    const halves = new Uint16Array(numbers);
    new Uint8Array(halves.buffer).set(bytes);
    return decodeHalf(halves);
  }

  /** A full disk must not stop the training: the cache only saves time. */
  async #write(file: string, halves: Uint16Array): Promise<void> {
    try {
      const ignore = path.join(this.folder, '.gitignore');
      if ((await this.#files.stat(ignore)) === undefined) await this.#files.write(ignore, '*\n');
      await this.#files.write(file, new Uint8Array(halves.buffer), UNFORCED);
    } catch {
      // as said
    }
  }

  async #trim(inUse: ReadonlySet<string>): Promise<void> {
    const names = await this.sweep().then(
      () => this.#names(),
      () => [], // a cache that is none must not stop the training either
    );
    const entries: { file: string; size: number; used: number }[] = [];
    for (const name of names) {
      if (!name.endsWith('.f16')) continue;
      const file = path.join(this.folder, name);
      const found = await this.#files.stat(file).catch(() => undefined);
      if (found) entries.push({ file, size: Number(found.size), used: Number(found.mtimeMs) });
    }
    let bytes = entries.reduce((sum, { size }) => sum + size, 0);
    for (const { file, size } of entries.sort((a, b) => a.used - b.used)) {
      if (bytes <= this.limit) return;
      if (inUse.has(file)) continue;
      await this.#files.remove(file, UNFORCED);
      bytes -= size;
    }
  }
}

/** Unlike all else: it can be computed again, and hundreds of files would wait. */
const UNFORCED = { isForced: false };

const nameOf = (forms: readonly string[], id: string): string =>
  createHash('sha256')
    .update(`${id}\0${forms.join('\0')}`)
    .digest('hex')
    .slice(0, 32);
