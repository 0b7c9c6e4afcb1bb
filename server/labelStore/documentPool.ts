import type { LabelConflict } from '../../models/annotations/mergeLabels';
import { type StillMine, withFileLock } from '../../models/data/fileLock';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { Event } from '../event';
import { AnnotationsFolder } from './annotationsFolder';
import { atMost } from './atMost';
import { hideLocalFolder, renamedPath } from './history';
import { LabelDocument } from './labelDocument';
import { type Held, type Lease, present } from './lease';
import { type MovedText, moveAnnotations } from './moveAnnotations';
import { SaveQueue } from './saveQueue';
import { savingError } from './savingError';
import { SidecarFile, sweepBeside } from './sidecarFile';
import { lockOf, sidecarOf } from '../workspace/workspacePaths';

/** Annotation files that are read, or written, at the same time. */
const [READ_AT_ONCE, WRITTEN_AT_ONCE] = [16, 8];

/**
 * The label documents of a workspace that are in memory, one for each text, and how they get there and onto the disk.
 * Whoever needs one holds it; nobody lets go of it for another.
 */
export class DocumentPool {
  /** Labels that two programs changed in different ways; both versions are kept. */
  readonly conflicted = new Event<{ readonly name: string; readonly conflicts: readonly LabelConflict[] }>();
  /** Texts whose labels were written again, for the folder of annotations was deleted. */
  readonly outlived = new Event<readonly LabelDocument[]>();
  readonly #root: string;
  readonly #folder: AnnotationsFolder;
  readonly #held = new Map<string, Held>();
  readonly #writeFirst: (stillMine: StillMine) => Promise<void>;
  readonly #reading = atMost(READ_AT_ONCE);
  readonly #writing = atMost(WRITTEN_AT_ONCE);
  /** Annotation files beside which no temporary file of a killed program is left. */
  readonly #swept = new Set<string>();
  /** Settles when no annotation file is on its way to another place. */
  #moved: Promise<unknown> = Promise.resolve();
  readonly #queue = new SaveQueue<Held>((all) =>
    this.#locked((stillMine) => this.#write(all, stillMine)).catch(
      (error: unknown) =>
        new Map(Array.from(all, (one) => [one, savingError(error, present(one).document.file)])),
    ),
  );

  /** @param writeFirst is called before each batch of writes; what it throws does not stop them */
  constructor(root: string, writeFirst: (stillMine: StillMine) => Promise<void>) {
    this.#root = root;
    this.#folder = new AnnotationsFolder(root);
    this.#writeFirst = writeFirst;
  }

  /** The document of a text, if it is in memory. */
  get(name: string): LabelDocument | undefined {
    const held = this.#held.get(name);
    return held?.isRead ? held.document : undefined;
  }

  /** Holds the document of a text; one that is in memory can be used at once. */
  hold(name: string): Lease {
    const held = this.#held.get(name) ?? this.#load(name);
    held.leases++;
    let isReleased = false;
    return {
      get document() {
        return present(held).document;
      },
      get isRead() {
        return present(held).isRead;
      },
      get read() {
        return present(held).read;
      },
      get isReleased() {
        return isReleased;
      },
      release: () => {
        if (isReleased) return;
        isReleased = true;
        const now = present(held);
        now.leases--;
        this.#free(now);
      },
    };
  }

  /** Does `work` with the documents of some texts, which are read then. */
  async holding<T>(names: Iterable<string>, work: (leases: readonly Lease[]) => Promise<T>): Promise<T> {
    const leases = Array.from(new Set(names), (name) => this.hold(name));
    try {
      // In memory they change before this returns.
      if (!leases.every(({ isRead }) => isRead)) await Promise.all(leases.map(({ read }) => read));
      return await work(leases);
    } finally {
      for (const lease of leases) lease.release();
    }
  }

  /** Takes over what another program did to a file. */
  async reload({ document }: Lease): Promise<void> {
    await this.saveOutlived();
    this.#report(document, await this.#queue.between(() => document.reload()));
  }

  /** Writes the labels in memory again where the folder of annotations was deleted. */
  async saveOutlived(): Promise<void> {
    const outlived = await this.#queue.between(() => this.#outlive());
    await this.#queue.save(outlived);
    this.#tellOutlived(outlived);
  }

  async #outlive(): Promise<readonly Held[]> {
    const held = [...this.#held.values()].filter(({ isRead }) => isRead);
    const outlived = new Set(await this.#folder.outlive(held.map(({ document }) => document)));
    return held.filter(({ document }) => outlived.has(document));
  }

  #tellOutlived(outlived: readonly Held[]): void {
    const written = outlived.map(({ document }) => document).filter(({ isUnsaved }) => !isUnsaved);
    if (written.length > 0) this.outlived.fire(written);
  }

  /**
   * Resolves when the labels are on disk.
   * @throws InputError where a person must do something first, such as freeing space
   */
  async save(leases: Iterable<Lease>): Promise<void> {
    const held = Array.from(leases, ({ document }) => this.#held.get(document.name));
    await this.#queue.save(held.filter((one) => one !== undefined));
  }

  /** Tries again to save everything that is not on disk. */
  async saveAll(): Promise<void> {
    const unsaved = [...this.#held].filter(([, { document }]) => document.isUnsaved);
    await this.holding(
      unsaved.map(([name]) => name),
      (leases) => this.save(leases),
    );
  }

  /** Does `work` while nothing else writes in the workspace, neither here nor in a program that knows the lock. */
  async alone<T>(work: (stillMine: StillMine) => Promise<T>): Promise<T> {
    return this.#queue.between(() => this.#locked(work));
  }

  /**
   * Moves the annotations of a text, or of a folder of texts, with the documents in memory.
   * @param follow called in the moment in which the documents take their new names, with all that did
   * @throws as `moveAnnotations`; the texts before the one that failed are moved then
   */
  async rename(
    from: string,
    to: string,
    follow: (moved: readonly MovedText[], isAll: boolean) => void,
  ): Promise<void> {
    await this.alone(async (stillMine) => {
      const moving = this.#move(from, to, stillMine, follow);
      this.#moved = moving.catch(() => undefined);
      await moving;
    });
  }

  async #move(
    from: string,
    to: string,
    stillMine: StillMine,
    follow: (moved: readonly MovedText[], isAll: boolean) => void,
  ): Promise<void> {
    const concerned = (): MovedText[] =>
      [...this.#held.keys()]
        .map((name) => ({ from: name, to: renamedPath(name, from, to) }))
        .filter((one) => one.from !== one.to);
    const before = concerned().flatMap(({ from }) => this.#held.get(from) ?? []);
    await Promise.allSettled(before.map(({ read }) => read));
    await this.#writeFirst(stillMine).catch(() => undefined);
    // What cannot be saved stays in memory and goes along.
    for (const { document } of before)
      if (document.isUnsaved) await document.save(stillMine).catch(() => undefined);
    const moved = new Map<string, MovedText>();
    const take = async (isAll: boolean): Promise<void> => {
      for (const { to } of moved.values()) {
        const there = this.get(to);
        if (there !== undefined) this.#report(there, await there.reload().catch(() => []));
      }
      for (const text of moved.values()) this.#rename(text);
      follow([...moved.values()], isAll);
      await this.#writeFirst(stillMine).catch(() => undefined);
    };
    try {
      for await (const text of moveAnnotations(this.#root, from, to, stillMine)) moved.set(text.from, text);
    } catch (error) {
      await take(false);
      throw error;
    }
    for (const text of concerned()) moved.set(text.from, text); // without a file
    await take(true);
  }

  /** Gives the document in memory of a text its new name. */
  #rename({ from, to }: MovedText): void {
    const held = this.#held.get(from);
    if (held === undefined) return;
    this.#held.delete(from);
    const there = this.#held.get(to);
    if (there?.isRead) there.document.absorb(held.document);
    else held.document.moveTo(to, this.#fileOf(to));
    if (there === undefined) {
      this.#held.set(to, held);
      return;
    }
    if (!there.isRead) [there.document, there.isRead] = [held.document, held.isRead];
    held.successor = there;
    there.leases += held.leases;
    this.#free(there);
  }

  #fileOf(name: string): SidecarFile {
    return new SidecarFile(this.#root, sidecarOf(this.#root, name));
  }

  #load(name: string): Held {
    const read = async (): Promise<void> => {
      const { document } = present(held);
      await this.#folder.begin();
      try {
        this.#report(document, await document.reload());
      } catch (error) {
        if (document.problem === undefined) throw error;
      }
      present(held).isRead = true;
    };
    const held: Held = {
      ...{ document: new LabelDocument(name, this.#fileOf(name)), leases: 0, isRead: false },
      read: this.#moved.then(() => this.#reading(read)),
    };
    held.read.catch(() => {
      const { document } = present(held);
      if (this.#held.get(document.name) === held) this.#held.delete(document.name);
    });
    this.#held.set(name, held);
    return held;
  }

  #free(held: Held): void {
    const { name, isUnsaved } = held.document;
    if (held.leases === 0 && !isUnsaved && this.#held.get(name) === held) this.#held.delete(name);
  }

  async #locked<T>(work: (stillMine: StillMine) => Promise<T>): Promise<T> {
    return withFileLock(new WorkspaceFiles(this.#root), lockOf(this.#root), async (stillMine) => {
      await hideLocalFolder(this.#root);
      return work(stillMine);
    });
  }

  async #write(all: ReadonlySet<Held>, stillMine: StillMine): Promise<ReadonlyMap<Held, unknown>> {
    const failures = new Map<Held, unknown>();
    await this.#writeFirst(stillMine).catch(() => undefined);
    await this.#sweep(Array.from(all, (held) => present(held).document.file));
    const outlived = await this.#outlive();
    const write = async (held: Held): Promise<void> => {
      const { document } = present(held);
      try {
        this.#report(document, await document.save(stillMine));
      } catch (error) {
        failures.set(held, savingError(error, document.file));
      }
    };
    await Promise.all(Array.from(new Set([...all, ...outlived]), (held) => this.#writing(() => write(held))));
    await this.#folder.look();
    this.#tellOutlived(outlived);
    return failures;
  }

  async #sweep(files: readonly string[]): Promise<void> {
    const fresh = files.filter((file) => !this.#swept.has(file));
    for (const file of fresh) this.#swept.add(file);
    await sweepBeside(this.#root, fresh).catch(() => undefined); // what stays harms nobody
  }

  #report(document: LabelDocument, conflicts: readonly LabelConflict[]): void {
    if (conflicts.length > 0) this.conflicted.fire({ name: document.name, conflicts });
  }
}
