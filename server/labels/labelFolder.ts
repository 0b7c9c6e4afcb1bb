import { LabelStore } from '../labelStore/labelStore';
import { LiveProject } from './liveProject';

/** A workspace folder with its project and its labels. */
export class LabelFolder {
  readonly project: LiveProject;
  readonly store: LabelStore;
  /** Resolves when the project is read, and all labels are where they belong. */
  readonly ready: Promise<void>;

  /**
   * @param path the folder as the client names it, links not followed
   * @param isTrusted whether the user trusts it
   * @throws where there is no such folder
   */
  constructor(
    readonly path: string,
    isTrusted: boolean,
  ) {
    this.project = new LiveProject(path, isTrusted);
    this.store = new LabelStore(path, { annotator: () => this.project.annotator });
    this.ready = this.#begin();
    this.ready.catch(() => undefined); // told to whoever waits
  }

  async #begin(): Promise<void> {
    // Texts whose labels stay behind are found and told of one by one.
    await this.store.finishMove().catch(() => undefined);
    await this.project.load();
  }
}

/** Where the labels of a text are kept. */
export interface LabelPlace {
  readonly folder: LabelFolder;
  /** The text's path in the folder. */
  readonly name: string;
}
