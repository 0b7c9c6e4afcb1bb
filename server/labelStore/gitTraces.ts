import * as path from 'node:path';
import { textLimit } from '../../models/data/sizeLimits';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';

/** Bytes of git's log that are read at most: hundreds of entries. */
const MOST_LOG = 65_536;

/**
 * What git leaves in its folder when it takes files of the working tree away, as a switch of branches does. It is only
 * read, and within its walls: git itself never runs in a folder that may come from a stranger. The folder of a linked
 * working tree or of a submodule lies elsewhere and tells nothing.
 */
export class GitTraces {
  readonly #root: string;
  #repository: Promise<WorkspaceFiles | undefined> | undefined;
  /** Bytes of the log so far. */
  #seen: Promise<number> | undefined;

  /** @param root a folder that may be in a repository */
  constructor(root: string) {
    this.#root = root;
  }

  /** Remembers what git did so far. */
  async look(): Promise<void> {
    this.#seen = this.#logSize();
    await this.#seen;
  }

  /** Remembers it at the first call. */
  async begin(): Promise<void> {
    this.#seen ??= this.#logSize();
    await this.#seen;
  }

  /** Whether git, since it was last looked at, may have taken a file that is gone. */
  async hasTaken(file: string): Promise<boolean> {
    const repository = await this.#found();
    if (repository === undefined) return false;
    if ((await repository.stat('.git/index.lock').catch(() => undefined)) !== undefined) return true; // it is at work
    if (!(await this.#hasMoved(repository))) return false;
    // What is listed still is in the branch: somebody else deleted it.
    const index = await repository.read('.git/index', textLimit).catch(() => undefined);
    return index?.includes(path.relative(repository.root, file).split(path.sep).join('/')) !== true;
  }

  /** Whether it went to another commit in a way that changes files; to commit them changes none. */
  async #hasMoved(repository: WorkspaceFiles): Promise<boolean> {
    const more = (await this.#logSize()) - ((await this.#seen) ?? 0);
    if (more <= 0) return false;
    const end = await repository.readEnd('.git/logs/HEAD', Math.min(more, MOST_LOG)).catch(() => undefined);
    const entries = (end?.toString() ?? '').split('\n').filter(Boolean);
    return entries.some((entry) => !/\tcommit\b/.test(entry));
  }

  async #logSize(): Promise<number> {
    const log = await (await this.#found())?.stat('.git/logs/HEAD').catch(() => undefined);
    return Number(log?.size ?? 0);
  }

  async #found(): Promise<WorkspaceFiles | undefined> {
    return (this.#repository ??= repositoryOf(this.#root));
  }
}

/** The innermost folder above that holds a repository. */
async function repositoryOf(folder: string): Promise<WorkspaceFiles | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    const files = new WorkspaceFiles(at);
    if (await files.hasFolder('.git').catch(() => false)) return files;
    if (path.dirname(at) === at) return undefined;
  }
}
