import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { annotationsFolder } from '../workspace/workspacePaths';
import { GitTraces } from './gitTraces';
import type { LabelDocument } from './labelDocument';

/**
 * The folder of all annotation files. Who deletes one file deletes its labels; who deletes the folder as a whole has
 * decided nothing about the texts that are being worked on, unless it is git, whose branch has no labels.
 */
export class AnnotationsFolder {
  readonly #files: WorkspaceFiles;
  readonly #folder: string;
  readonly #git: GitTraces;

  /** @param root the workspace */
  constructor(root: string) {
    this.#files = new WorkspaceFiles(root);
    this.#folder = annotationsFolder(root);
    this.#git = new GitTraces(this.#files.root);
  }

  /** Before the first annotation file is read: what git did so far took none of its labels. */
  async begin(): Promise<void> {
    await this.#git.begin();
  }

  /** After annotation files were written: what git did so far took none of them. */
  async look(): Promise<void> {
    await this.#git.look();
  }

  /** Where the folder was deleted, has all labels in memory written with the next save; gives the texts that have any. */
  async outlive(documents: Iterable<LabelDocument>): Promise<readonly LabelDocument[]> {
    const isThere = await this.#files.hasFolder(this.#folder).catch(() => true); // what is refused is told by whoever writes
    const hasRoot = await this.#files.hasFolder('.').catch(() => false);
    if (!hasRoot) return []; // it may come back, as a drive does
    if (isThere) {
      await this.#git.look();
      return [];
    }
    const outlived: LabelDocument[] = [];
    for (const document of documents)
      if (document.hadFile) {
        if (await this.#git.hasTaken(document.file)) document.forgetFile();
        else outlived.push(document);
      }
    for (const document of outlived) document.outliveFile();
    return outlived;
  }
}
