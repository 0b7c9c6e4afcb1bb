import type { LabelOperation } from '../labelStore/labelOperation';
import type { LabelStore } from '../labelStore/labelStore';
import type { LabelRewrite, ProjectEdit } from './projectEdits';
import { formatProject, readProjectText } from './projectText';

/** What a rewrite means for every text of the workspace. */
export async function rewriteOperations(
  store: LabelStore,
  { layer, from, to }: LabelRewrite,
): Promise<Map<string, LabelOperation[]>> {
  const operations = new Map<string, LabelOperation[]>();
  for (const name of await store.texts()) {
    const labels = await store.labelsOf(name);
    const concerned = labels.filter((label) => label.layer === layer && from.includes(label.label));
    if (concerned.length === 0) continue;
    operations.set(
      name,
      concerned.map(({ id }) =>
        to === undefined ? { kind: 'remove', id } : { kind: 'rename', id, label: to },
      ),
    );
  }
  return operations;
}

/**
 * Makes an edit of the project: the project file, and the labels in all texts, as one step of undo.
 * @param root the workspace
 * @returns how many labels were rewritten
 * @throws SidecarError where an annotation file cannot be read; nothing is changed then
 */
export async function applyProjectEdit(root: string, store: LabelStore, edit: ProjectEdit): Promise<number> {
  const operations =
    edit.rewrite === undefined
      ? new Map<string, LabelOperation[]>()
      : await rewriteOperations(store, edit.rewrite);
  const before = (await readProjectText(root)) ?? null;
  await store.applyAll(edit.title, operations, { before, after: formatProject(edit.project) });
  return [...operations.values()].reduce((sum, all) => sum + all.length, 0);
}
