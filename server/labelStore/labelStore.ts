import { realpathSync } from 'node:fs';
import type { Label } from '../../models/annotations/label';
import type { MergedLabels } from '../../models/annotations/mergeLabels';
import { newLabelId } from '../../models/annotations/newLabelId';
import type { TextChange } from '../../models/annotations/textChange';
import { Event } from '../event';
import { annotatedTexts } from './annotatedTexts';
import { History, type ProjectChange, type Transaction } from './history';
import { DocumentPool } from './documentPool';
import type { Lease } from './lease';
import type { LabelDocument } from './labelDocument';
import type { LabelMaker, LabelOperation } from './labelOperation';
import { LabelTransactions, readable, type Reverted, type WorkspaceOperations } from './labelTransactions';
import { type MovedText, unfinishedMove } from './moveAnnotations';
import { SidecarFile } from './sidecarFile';
import { sidecarOf, textNameOf } from '../workspace/workspacePaths';

/**
 * The labels of all texts of one workspace. Texts are named by their path in it, as `name` gives it. Changes show
 * in memory at once; the promise of a change resolves when it is on disk, and rejects with one clear sentence when
 * it could not be saved: then it stays in memory until `saveAll` succeeds.
 */
export class LabelStore {
  /** The name of a text whose labels changed. */
  readonly changed = new Event<string>();
  /** An open text whose annotations were moved: it is known by the new name from now on. */
  readonly moved = new Event<MovedText>();
  /** Labels that two programs changed in different ways; both versions are kept. */
  readonly conflicted: DocumentPool['conflicted'];
  /** Texts whose labels were written again, for the folder of annotations was deleted. */
  readonly outlived: DocumentPool['outlived'];
  /** What nobody waits for has failed: the history of changes could not be read. */
  readonly failed: History['failed'];
  readonly #root: string;
  readonly #pool: DocumentPool;
  readonly #transactions: LabelTransactions;
  /** Texts that the editor has open, by name. */
  readonly #opened = new Map<string, Lease>();

  /**
   * @param root the workspace folder
   * @param annotator who labels; the other two are for tests
   */
  constructor(
    root: string,
    {
      annotator,
      now = () => new Date(),
      newId = newLabelId,
    }: Pick<LabelMaker, 'annotator'> & Partial<LabelMaker>,
  ) {
    this.#root = realpathSync(root);
    const history = new History(this.#root);
    this.failed = history.failed;
    this.#pool = new DocumentPool(this.#root, (stillMine) => history.write(stillMine));
    const maker = { annotator, now, newId };
    this.#transactions = new LabelTransactions(this.#root, this.#pool, history, maker, this.changed);
    this.conflicted = this.#pool.conflicted;
    this.outlived = this.#pool.outlived;
  }

  /** The workspace folder, links resolved. */
  get root(): string {
    return this.#root;
  }

  /**
   * The name of a text.
   * @param text a `file:` URI or a path
   * @throws InputError for a text that cannot keep labels: not saved, or outside the workspace
   */
  name(text: string): string {
    return textNameOf(this.#root, text);
  }

  /** The labels of a text, if they are in memory. */
  get(name: string): LabelDocument | undefined {
    return this.#pool.get(name);
  }

  /** Holds the labels of a text in memory, for work that takes its time. */
  hold(name: string): Lease {
    return this.#pool.hold(name);
  }

  /** Names of all texts that have an annotation file. */
  async texts(): Promise<string[]> {
    return annotatedTexts(this.#root);
  }

  /**
   * The labels of any text, as they are now.
   * @throws SidecarError where its annotation file cannot be read
   */
  async labelsOf(name: string): Promise<readonly Label[]> {
    return this.#pool.holding([name], async (leases) => readable(leases)[0].document.live.labels);
  }

  /**
   * Holds the labels of a text that the editor opened, until `close`, and finds them in it. An annotation file that
   * cannot be read becomes the document's `problem`.
   * @param text the text, or what gives it once the labels are read
   */
  async open(name: string, text: string | (() => string)): Promise<LabelDocument> {
    const lease = this.#opened.get(name) ?? this.#pool.hold(name);
    this.#opened.set(name, lease);
    try {
      await lease.read;
    } catch (error) {
      if (this.#opened.get(lease.document.name) === lease) this.#opened.delete(lease.document.name);
      lease.release();
      throw error;
    }
    const { document } = lease;
    const present = typeof text === 'string' ? (): string => text : text;
    if (!lease.isReleased) await document.openingText(present, () => lease.isReleased);
    this.changed.fire(document.name);
    return document;
  }

  /** Follows an edit of an open text. */
  edit(name: string, changes: readonly TextChange[]): void {
    this.#pool.get(name)?.live.edit(changes);
  }

  /** Follows the saving of a text: labels take its present words, and their places are written. */
  async textSaved(name: string): Promise<void> {
    const { document } = this.#opened.get(name) ?? {};
    if (document === undefined || document.problem !== undefined) return;
    document.live.refreshQuotes();
    if (document.isAsStored) return this.#pool.saveOutlived(); // where nothing was ever labelled, nothing is made
    await this.#pool.holding([name], (leases) => this.#pool.save(leases));
  }

  /** Lets go of an open text; places that moved with an unsaved text are forgotten, unsaved labels are not. */
  async close(name: string): Promise<void> {
    const lease = this.#opened.get(name);
    if (lease === undefined) return;
    this.#opened.delete(name);
    lease.document.closeText();
    try {
      if (lease.document.hadFile) await this.#pool.saveOutlived(); // before nobody holds them any more
      if (lease.document.isUnsaved) await this.#pool.save([lease]);
    } finally {
      lease.release();
    }
  }

  /** Changes the labels of one text; see `applyAll`. */
  async apply(name: string, title: string, operations: readonly LabelOperation[]): Promise<void> {
    return this.applyAll(title, new Map([[name, operations]]));
  }

  /**
   * Changes labels in any number of texts as one step of undo. In texts that are in memory they change before this
   * returns.
   * @param project a change of the project file that belongs to it
   * @throws InputError where an operation is not possible, or the project file was changed since it was read, and
   * then changes nothing; or where saving failed
   */
  async applyAll(title: string, operations: WorkspaceOperations, project?: ProjectChange): Promise<void> {
    return this.#transactions.apply(title, operations, project);
  }

  /** What `undo` would take back: for a menu. */
  async nextUndo(name?: string): Promise<Transaction | undefined> {
    return this.#transactions.nextUndo(name);
  }

  /** What `redo` would do again. */
  async nextRedo(name?: string): Promise<Transaction | undefined> {
    return this.#transactions.nextRedo(name);
  }

  /**
   * Takes back the last change of labels, in all texts that it concerned; the text itself stays.
   * @param name only changes that concerned this text
   * @returns undefined where nothing is left to undo
   */
  async undo(name?: string): Promise<Reverted | undefined> {
    const transaction = await this.nextUndo(name);
    return transaction && this.#transactions.revert(transaction, true);
  }

  /** Does again what was undone last. */
  async redo(name?: string): Promise<Reverted | undefined> {
    const transaction = await this.nextRedo(name);
    return transaction && this.#transactions.revert(transaction, false);
  }

  /**
   * Takes over what another program did to annotation files.
   * @throws SidecarError where one cannot be read; it is then the document's `problem`
   */
  async reload(name: string): Promise<void> {
    if (this.get(name) === undefined) return;
    try {
      await this.#pool.holding([name], ([lease]) => this.#pool.reload(lease));
    } finally {
      this.changed.fire(name);
    }
  }

  /** Writes the labels in memory again where another program deleted the folder of annotations. */
  async saveOutlived(): Promise<void> {
    await this.#pool.saveOutlived();
  }

  /** True where git left conflict markers in the annotation file of a text. */
  async hasConflict(name: string): Promise<boolean> {
    return new SidecarFile(this.#root, sidecarOf(this.#root, name)).hasConflict();
  }

  /**
   * Merges by id what git left with conflict markers in the annotation file of a text; undefined where it has none.
   * @throws SidecarError where a side cannot be read; the file then stays as it is
   */
  async resolveConflict(name: string): Promise<MergedLabels | undefined> {
    const sidecar = new SidecarFile(this.#root, sidecarOf(this.#root, name));
    const merged = await this.#pool.alone((stillMine) => sidecar.mergeSides(stillMine));
    if (merged !== undefined) await this.reload(name);
    return merged;
  }

  /** Tries again to save everything that is not on disk. */
  async saveAll(): Promise<void> {
    await this.#pool.saveAll();
  }

  /** Ends a move of annotations during which a program was killed; does nothing where there is none. */
  async finishMove(): Promise<void> {
    const move = await unfinishedMove(this.#root);
    if (move !== undefined) await this.rename(move.from, move.to);
  }

  /** Moves the annotations of a text, or of a folder of texts, to where it has been moved. */
  async rename(from: string, to: string): Promise<void> {
    await this.#transactions.ready;
    await this.#pool.rename(from, to, (moved, isAll) => {
      for (const one of isAll ? [{ from, to }] : moved) this.#transactions.rename(one.from, one.to);
      for (const text of moved) {
        const lease = this.#opened.get(text.from);
        if (lease === undefined) continue;
        this.#opened.delete(text.from);
        if (this.#opened.has(text.to)) lease.release();
        else this.#opened.set(text.to, lease);
        this.moved.fire(text);
      }
      for (const { to: name } of moved) this.changed.fire(name);
    });
  }
}
