import { LabelStore } from '../labelStore/labelStore';
import { LiveProject } from './liveProject';

/** A workspace folder with its project and its labels. */
export class LabelFolder {
  readonly project: LiveProject;
  readonly store: LabelStore;
  /** Resolves when the project is read. */
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
    this.ready = this.project.load();
    this.ready.catch(() => undefined); // told to whoever waits
  }
}

/** Where the labels of a text are kept. */
export interface LabelPlace {
  readonly folder: LabelFolder;
  /** The text's path in the folder. */
  readonly name: string;
}
