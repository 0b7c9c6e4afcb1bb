import { randomUUID } from 'node:crypto';
import { InputError } from '../../models/errors';
import type { Event } from '../event';
import { changeProjectFile } from '../project/changeProjectFile';
import { projectFileOf } from '../project/projectText';
import type { DocumentPool } from './documentPool';
import type { Lease } from './lease';
import type { History, ProjectChange, Transaction } from './history';
import {
  type LabelMaker,
  type LabelOperation,
  revertStep,
  takeOperations,
  type TextStep,
} from './labelOperation';

/** Operations on the labels of several texts, by the texts' names. */
export type WorkspaceOperations = ReadonlyMap<string, readonly LabelOperation[]>;

/** What was undone or done again. */
export interface Reverted {
  readonly transaction: Transaction;
  /** Steps left out because their labels were changed since. */
  readonly skipped: number;
}

/** Changes of labels in any number of texts, each one step of undo, and what takes them back. */
export class LabelTransactions {
  /** Resolves when the history is read. */
  readonly ready: Promise<void>;
  readonly #root: string;
  readonly #pool: DocumentPool;
  readonly #history: History;
  readonly #maker: LabelMaker;
  readonly #changed: Event<string>;

  /**
   * @param root the workspace
   * @param changed is told the name of each text whose labels change
   */
  constructor(root: string, pool: DocumentPool, history: History, maker: LabelMaker, changed: Event<string>) {
    this.#root = root;
    this.#pool = pool;
    this.#history = history;
    this.#maker = maker;
    this.#changed = changed;
    this.ready = history.load();
  }

  /** Does them; see `LabelStore.applyAll`. */
  async apply(title: string, operations: WorkspaceOperations, project?: ProjectChange): Promise<void> {
    const all = [...operations.values()];
    await this.#pool.holding(operations.keys(), async (leases) => {
      readable(leases);
      if (project !== undefined) await this.#changeProject(project);
      let steps: TextStep[];
      try {
        steps = takeOperations(
          leases.map((lease, i) => [lease, all[i]]),
          this.#maker,
        );
      } catch (error) {
        if (project !== undefined)
          await this.#changeProject({ before: project.after, after: project.before });
        throw error;
      }
      if (steps.length === 0 && project === undefined) return;
      const time = this.#maker.now().toISOString();
      await this.#record(leases, () => {
        const placed = steps.map(({ held, step }) => ({ path: held.document.name, ...step }));
        this.#history.add({ id: randomUUID(), title, time, steps: placed, ...(project ? { project } : {}) });
      });
    });
  }

  /** What `undo` would take back: for a menu. */
  async nextUndo(name?: string): Promise<Transaction | undefined> {
    await this.ready;
    return this.#history.nextUndo(name);
  }

  /** What `redo` would do again. */
  async nextRedo(name?: string): Promise<Transaction | undefined> {
    await this.ready;
    return this.#history.nextRedo(name);
  }

  /** Follows texts to their new names. */
  rename(from: string, to: string): void {
    this.#history.rename(from, to);
  }

  /** Takes a transaction back, or does it again. */
  async revert(transaction: Transaction, isUndo: boolean): Promise<Reverted> {
    const { steps, project } = transaction;
    const change = project && (isUndo ? { before: project.after, after: project.before } : project);
    const names = [...new Set(steps.map(({ path }) => path))];
    return this.#pool.holding(names, async (leases) => {
      readable(leases);
      const leaseOf = new Map(leases.map((lease, i) => [names[i], lease]));
      const remember = (): void => {
        if (isUndo) this.#history.markUndone(transaction.id);
        else this.#history.markRedone(transaction.id);
      };
      if (
        change !== undefined &&
        !(await this.#pool.alone((stillMine) => changeProjectFile(this.#root, change, stillMine)))
      ) {
        await this.#record([], remember);
        return { transaction, skipped: steps.length + 1 };
      }
      let skipped = 0;
      for (const { path, before, after } of isUndo ? [...steps].reverse() : steps) {
        const lease = leaseOf.get(path);
        const step = isUndo ? { before: after, after: before } : { before, after };
        if (lease === undefined || !revertStep(lease.document, step)) skipped++;
      }
      await this.#record(leases, remember);
      return { transaction, skipped };
    });
  }

  /** @throws InputError where somebody has changed the project file since it was read; it stays as it is then */
  async #changeProject(change: ProjectChange): Promise<void> {
    if (await this.#pool.alone((stillMine) => changeProjectFile(this.#root, change, stillMine))) return;
    throw new InputError(
      'The project file was changed in the meantime, so nothing was done.',
      { file: projectFileOf(this.#root) },
      'Try again.',
    );
  }

  async #record(leases: readonly Lease[], remember: () => void): Promise<void> {
    for (const { document } of leases) {
      document.markUnsaved();
      this.#changed.fire(document.name);
    }
    const remembered = this.ready.then(remember);
    await remembered;
    if (leases.length > 0) await this.#pool.save(leases);
    else await this.#pool.alone((stillMine) => this.#history.write(stillMine)).catch(() => undefined);
  }
}

/** @throws SidecarError where an annotation file could not be read, and so may not be changed */
export function readable(leases: readonly Lease[]): readonly Lease[] {
  for (const { document } of leases) if (document.problem !== undefined) throw document.problem;
  return leases;
}
