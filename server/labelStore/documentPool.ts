import * as path from 'node:path';
import type { LabelConflict } from '../../models/annotations/mergeLabels';
import { Event } from '../event';
import { withFileLock } from './fileLock';
import { hideLocalFolder } from './history';
import { LabelDocument } from './labelDocument';
import { SaveQueue } from './saveQueue';
import { savingError } from './savingError';
import { SidecarFile } from './sidecarFile';
import { localFolder, sidecarOf } from '../workspace/workspacePaths';

/** The texts of a workspace whose labels are in memory, and how they get there and onto the disk. */
export class DocumentPool {
  /** Labels that two programs changed in different ways; both versions are kept. */
  readonly conflicted = new Event<{ readonly name: string; readonly conflicts: readonly LabelConflict[] }>();
  readonly #root: string;
  readonly #documents = new Map<string, LabelDocument>();
  readonly #writeFirst: () => Promise<void>;
  readonly #queue = new SaveQueue<LabelDocument>((documents) =>
    this.locked(() => this.#write(documents)).catch(
      (error: unknown) => new Map(Array.from(documents, (one) => [one, savingError(error, one.file)])),
    ),
  );

  /** @param writeFirst is called before each batch of writes; what it throws does not stop them */
  constructor(root: string, writeFirst: () => Promise<void>) {
    this.#root = root;
    this.#writeFirst = writeFirst;
  }

  get(name: string): LabelDocument | undefined {
    return this.#documents.get(name);
  }

  forget(name: string): void {
    this.#documents.delete(name);
  }

  /** The document of a text; an annotation file that cannot be read becomes its `problem`. */
  async load(name: string): Promise<LabelDocument> {
    const loaded = this.#documents.get(name);
    if (loaded !== undefined) return loaded;
    const document = new LabelDocument(name, new SidecarFile(this.#root, sidecarOf(this.#root, name)));
    await document.reload().catch((error: unknown) => {
      if (document.problem === undefined) throw error;
    });
    const meanwhile = this.#documents.get(name);
    if (meanwhile !== undefined) return meanwhile;
    this.#documents.set(name, document);
    return document;
  }

  /**
   * The documents of texts, where all are loaded.
   * @throws SidecarError where one could not be read and so may not be changed
   */
  loaded(names: Iterable<string>): LabelDocument[] | undefined {
    const documents: LabelDocument[] = [];
    for (const name of names) {
      const document = this.#documents.get(name);
      if (document === undefined) return undefined;
      if (document.problem !== undefined) throw document.problem;
      documents.push(document);
    }
    return documents;
  }

  /** The same, loading those that are not. */
  async loadAll(names: Iterable<string>): Promise<LabelDocument[]> {
    const all = [...names];
    for (const name of all) await this.load(name);
    return this.loaded(all) ?? [];
  }

  /** Takes over what another program did to a file. */
  async reload(document: LabelDocument): Promise<void> {
    this.#report(document, await this.#queue.between(() => document.reload()));
  }

  /**
   * Resolves when the labels are on disk.
   * @throws InputError where a person must do something first, such as freeing space
   */
  async save(documents: Iterable<LabelDocument>): Promise<void> {
    await this.#queue.save(documents);
  }

  /** Tries again to save everything that is not on disk. */
  async saveAll(): Promise<void> {
    await this.save([...this.#documents.values()].filter(({ isUnsaved }) => isUnsaved));
  }

  /** Does `work` while no other program that knows the lock writes in the workspace. */
  async locked<T>(work: () => Promise<T>): Promise<T> {
    return withFileLock(path.join(localFolder(this.#root), 'lock'), async () => {
      await hideLocalFolder(this.#root);
      return work();
    });
  }

  async #write(documents: ReadonlySet<LabelDocument>): Promise<ReadonlyMap<LabelDocument, unknown>> {
    const failures = new Map<LabelDocument, unknown>();
    await this.#writeFirst().catch(() => undefined);
    for (const document of documents) {
      try {
        this.#report(document, await document.save());
      } catch (error) {
        failures.set(document, savingError(error, document.file));
      }
    }
    return failures;
  }

  #report(document: LabelDocument, conflicts: readonly LabelConflict[]): void {
    if (conflicts.length > 0) this.conflicted.fire({ name: document.name, conflicts });
  }
}
