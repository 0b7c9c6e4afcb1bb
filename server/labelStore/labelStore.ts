import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { Label } from '../../models/annotations/label';
import type { MergedLabels } from '../../models/annotations/mergeLabels';
import { newLabelId } from '../../models/annotations/newLabelId';
import type { TextChange } from '../../models/annotations/textChange';
import { Event } from '../event';
import { annotatedTexts } from './annotatedTexts';
import { changeProjectFile } from '../project/changeProjectFile';
import { History, type ProjectChange, type Transaction } from './history';
import { DocumentPool } from './documentPool';
import type { LabelDocument } from './labelDocument';
import type { LabelMaker, LabelOperation } from './labelOperation';
import { moveAnnotations } from './moveAnnotations';
import { revertStep } from './revertStep';
import { SidecarFile } from './sidecarFile';
import { takeOperations } from './takeOperations';
import { sidecarOf, textNameOf } from '../workspace/workspacePaths';

/** Operations on the labels of several texts, by the texts' names. */
export type WorkspaceOperations = ReadonlyMap<string, readonly LabelOperation[]>;

/** What was undone or done again. */
export interface Reverted {
  readonly transaction: Transaction;
  /** Steps left out because their labels were changed since. */
  readonly skipped: number;
}

/**
 * The labels of all texts of one workspace. Texts are named by their path in it, as `name` gives it. Changes show
 * in memory at once; the promise of a change resolves when it is on disk, and rejects with one clear sentence when
 * it could not be saved: then it stays in memory until `saveAll` succeeds.
 */
export class LabelStore {
  /** The name of a text whose labels changed. */
  readonly changed = new Event<string>();
  /** Labels that two programs changed in different ways; both versions are kept. */
  readonly conflicted: DocumentPool['conflicted'];
  readonly #root: string;
  readonly #maker: LabelMaker;
  readonly #pool: DocumentPool;
  readonly #history: History;
  readonly #loaded: Promise<void>;

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
    this.#maker = { annotator, now, newId };
    this.#history = new History(this.#root);
    this.#loaded = this.#history.load();
    this.#pool = new DocumentPool(this.#root, () => this.#history.write());
    this.conflicted = this.#pool.conflicted;
  }

  /**
   * The name of a text.
   * @param text a `file:` URI or a path
   * @throws InputError for a text that cannot keep labels: not saved, or outside the workspace
   */
  name(text: string): string {
    return textNameOf(this.#root, text);
  }

  /** The labels of a text, if it is loaded. */
  get(name: string): LabelDocument | undefined {
    return this.#pool.get(name);
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
    const loaded = this.#pool.loaded([name]);
    if (loaded !== undefined) return loaded[0].live.labels;
    return (await new SidecarFile(this.#root, sidecarOf(this.#root, name)).read()).labels;
  }

  /**
   * Loads the labels of a text that the editor opened and finds them in it. An annotation file that cannot be
   * read becomes the document's `problem`.
   * @param text the text, or what gives it once the labels are loaded
   */
  async open(name: string, text: string | (() => string)): Promise<LabelDocument> {
    const document = await this.#pool.load(name);
    document.openText(typeof text === 'string' ? text : text());
    this.changed.fire(name);
    return document;
  }

  /** Follows an edit of an open text. */
  edit(name: string, changes: readonly TextChange[]): void {
    this.#pool.get(name)?.live.edit(changes);
  }

  /** Follows the saving of a text: labels take its present words, and their places are written. */
  async textSaved(name: string): Promise<void> {
    const document = this.#pool.get(name);
    if (document === undefined || document.problem !== undefined) return;
    document.live.refreshQuotes();
    await this.#pool.save([document]);
  }

  /** Lets go of a text; places that moved with an unsaved text are forgotten, unsaved labels are not. */
  async close(name: string): Promise<void> {
    const document = this.#pool.get(name);
    if (document === undefined) return;
    if (document.isUnsaved) await this.#pool.save([document]);
    document.closeText();
    this.#pool.forget(name);
  }

  /** Changes the labels of one text; see `applyAll`. */
  async apply(name: string, title: string, operations: readonly LabelOperation[]): Promise<void> {
    return this.applyAll(title, new Map([[name, operations]]));
  }

  /**
   * Changes labels in any number of texts as one step of undo. In loaded texts they change before this returns.
   * @param project a change of the project file that belongs to it
   * @throws InputError where an operation is not possible, and then changes nothing; or where saving failed
   */
  async applyAll(title: string, operations: WorkspaceOperations, project?: ProjectChange): Promise<void> {
    const documents = this.#pool.loaded(operations.keys()) ?? (await this.#pool.loadAll(operations.keys()));
    const steps = takeOperations(documents, operations, this.#maker);
    if (steps.length === 0 && project === undefined) return;
    const time = this.#maker.now().toISOString();
    await this.#record(documents, () =>
      this.#history.add({ id: randomUUID(), title, time, steps, ...(project ? { project } : {}) }),
    );
    if (project !== undefined) await changeProjectFile(this.#root, project);
  }

  /** What `undo` would take back: for a menu. */
  async nextUndo(name?: string): Promise<Transaction | undefined> {
    await this.#loaded;
    return this.#history.nextUndo(name);
  }

  /** What `redo` would do again. */
  async nextRedo(name?: string): Promise<Transaction | undefined> {
    await this.#loaded;
    return this.#history.nextRedo(name);
  }

  /**
   * Takes back the last change of labels, in all texts that it concerned; the text itself stays.
   * @param name only changes that concerned this text
   * @returns undefined where nothing is left to undo
   */
  async undo(name?: string): Promise<Reverted | undefined> {
    const transaction = await this.nextUndo(name);
    return transaction && this.#revert(transaction, true);
  }

  /** Does again what was undone last. */
  async redo(name?: string): Promise<Reverted | undefined> {
    const transaction = await this.nextRedo(name);
    return transaction && this.#revert(transaction, false);
  }

  /**
   * Takes over what another program did to annotation files.
   * @throws SidecarError where one cannot be read; it is then the document's `problem`
   */
  async reload(name: string): Promise<void> {
    const document = this.#pool.get(name);
    if (document === undefined) return;
    try {
      await this.#pool.reload(document);
    } finally {
      this.changed.fire(name);
    }
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
    const merged = await this.#pool.locked(() => sidecar.mergeSides());
    if (merged !== undefined) await this.reload(name);
    return merged;
  }

  /** Tries again to save everything that is not on disk. */
  async saveAll(): Promise<void> {
    await this.#pool.saveAll();
  }

  /** Moves the annotations of a text, or of a folder of texts, to where it has been moved. */
  async rename(from: string, to: string): Promise<void> {
    await this.saveAll();
    const texts = await this.#pool.locked(async () => {
      this.#history.rename(from, to);
      await this.#history.write();
      return moveAnnotations(this.#root, from, to);
    });
    for (const { from: old, to: name } of texts) {
      const document = this.#pool.get(old);
      this.#pool.forget(old);
      if (document?.isOpen) await this.open(name, document.live.text);
    }
  }

  async #revert(transaction: Transaction, isUndo: boolean): Promise<Reverted> {
    const documents = await this.#pool.loadAll(new Set(transaction.steps.map(({ path }) => path)));
    const steps = isUndo ? [...transaction.steps].reverse() : transaction.steps;
    let skipped = 0;
    for (const { path, before, after } of steps) {
      const document = this.#pool.get(path);
      const step = isUndo ? { before: after, after: before } : { before, after };
      if (document === undefined || !revertStep(document, step)) skipped++;
    }
    await this.#record(documents, () => {
      if (isUndo) this.#history.markUndone(transaction.id);
      else this.#history.markRedone(transaction.id);
    });
    const { project } = transaction;
    const change = project && (isUndo ? { before: project.after, after: project.before } : project);
    if (change !== undefined && !(await changeProjectFile(this.#root, change))) skipped++;
    return { transaction, skipped };
  }

  async #record(documents: readonly LabelDocument[], remember: () => void): Promise<void> {
    for (const document of documents) {
      document.markUnsaved();
      this.changed.fire(document.name);
    }
    const remembered = this.#loaded.then(remember);
    await remembered;
    await this.#pool.save(documents);
    for (const { name, isOpen } of documents) if (!isOpen) this.#pool.forget(name);
  }
}
