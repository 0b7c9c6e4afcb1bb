import * as path from 'node:path';
import { mergeLabels } from '../../models/annotations/mergeLabels';
import type { StillMine } from '../../models/data/fileLock';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { annotatedTexts } from './annotatedTexts';
import { renamedPath } from './history';
import { SidecarFile } from './sidecarFile';
import { mergeUnread } from './sidecarText';
import { annotationsFolder, sidecarOf } from '../workspace/workspacePaths';

/** A text under its old and new name. */
export interface MovedText {
  readonly from: string;
  readonly to: string;
}

/**
 * Moves the annotation files of a text, or of a folder of texts. Where the new place has annotations already, of a
 * text that was overwritten, both are kept in one file. For who holds the lock. Gives each text once it is moved.
 * @throws SidecarError where two files are to become one and one of them cannot be read; both stay then
 */
export async function* moveAnnotations(
  root: string,
  from: string,
  to: string,
  stillMine: StillMine,
): AsyncGenerator<MovedText> {
  const files = new WorkspaceFiles(root);
  const moved = (await annotatedTexts(root))
    .map((name) => ({ from: name, to: renamedPath(name, from, to) }))
    .filter((one) => one.from !== one.to);
  for (const text of moved) {
    const [source, target] = [sidecarOf(root, text.from), sidecarOf(root, text.to)];
    await stillMine();
    if ((await files.stat(target)) === undefined) await files.rename(source, target);
    else await mergeInto(root, source, target, stillMine);
    await removeEmpty(files, path.dirname(source));
    yield text;
  }
}

async function mergeInto(root: string, source: string, target: string, stillMine: StillMine): Promise<void> {
  const file = new SidecarFile(root, target);
  const there = await file.read();
  const { labels, unread } = await new SidecarFile(root, source).read();
  const merged = {
    labels: mergeLabels([], labels, there.labels).labels,
    unread: mergeUnread([], unread, there.unread),
  };
  await file.write(merged, there.stamp, stillMine);
  await new WorkspaceFiles(root).remove(source);
}

/** Removes folders that a move left empty. */
async function removeEmpty(files: WorkspaceFiles, folder: string): Promise<void> {
  for (let one = folder; one !== annotationsFolder(files.root); one = path.dirname(one))
    if (!(await files.removeIfEmpty(one))) return;
}
