import * as path from 'node:path';
import * as z from 'zod';
import { mergeLabels } from '../../models/annotations/mergeLabels';
import type { StillMine } from '../../models/data/fileLock';
import { recordLimit } from '../../models/data/sizeLimits';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { annotatedTexts } from './annotatedTexts';
import { renamedPath } from './history';
import { SidecarFile } from './sidecarFile';
import { mergeUnread } from './sidecarText';
import { annotationsFolder, isTextName, localFolder, sidecarOf } from '../workspace/workspacePaths';

/** A text under its old and new name. */
export interface MovedText {
  readonly from: string;
  readonly to: string;
}

const moveSchema = z.object({ from: z.string(), to: z.string() });

/** Where it is written down that annotations are being moved, for whoever comes after a program that was killed. */
const noteOf = (files: WorkspaceFiles): string => path.join(localFolder(files.root), 'move.json');

/** A move of annotations that a program began and did not end; undefined where there is none. */
export async function unfinishedMove(root: string): Promise<MovedText | undefined> {
  const files = new WorkspaceFiles(root);
  try {
    const text = await files.readText(noteOf(files), recordLimit);
    const { data } = moveSchema.safeParse(text === undefined ? undefined : JSON.parse(text));
    return data && isTextName(data.from) && isTextName(data.to) ? data : undefined;
  } catch {
    return undefined; // no note of ours: nothing is known to be unfinished
  }
}

/**
 * Moves the annotation files of a text, or of a folder of texts. Where the new place has annotations already, of a
 * text that was overwritten, both are kept in one file. For who holds the lock. Gives each text once it is moved.
 * Killed meanwhile, it leaves an `unfinishedMove`, which the same call ends.
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
  if (moved.length === 0) return;
  await files.write(noteOf(files), JSON.stringify({ from, to }));
  try {
    for (const text of moved) {
      const [source, target] = [sidecarOf(root, text.from), sidecarOf(root, text.to)];
      await stillMine();
      if ((await files.stat(target)) === undefined) await files.rename(source, target);
      else await mergeInto(root, source, target, stillMine);
      await removeEmpty(files, path.dirname(source));
      yield text;
    }
  } finally {
    await files.remove(noteOf(files));
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
