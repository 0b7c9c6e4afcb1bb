import { InputError } from '../../models/errors';
import { Event } from '../event';
import type { Project, ProjectLayer } from '../project/projectSchema';
import { layersOf, readProject } from '../project/projectText';
import { accountName, annotatorName } from './annotatorName';
import { sentenceFor } from './userSentence';

/** The project of a workspace folder as its file now says it. */
export class LiveProject {
  /** Layers, annotator or problem are others now. */
  readonly changed = new Event<void>();
  readonly #folder: string;
  #project: Project = {};
  #problem: string | undefined;
  #name = accountName();
  #runs = 0;
  #isTrusted: boolean;

  /**
   * @param folder the workspace folder
   * @param isTrusted whether its repository may say who labels
   */
  constructor(folder: string, isTrusted: boolean) {
    this.#folder = folder;
    this.#isTrusted = isTrusted;
  }

  get layers(): readonly ProjectLayer[] {
    return layersOf(this.#project);
  }

  /** Who labels. */
  get annotator(): string {
    return this.#project.annotator ?? this.#name;
  }

  /** Why the project file is not used: what it said before counts. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Asks git for a name, and reads the file. */
  async load(): Promise<void> {
    this.#name = await annotatorName(this.#folder, this.#isTrusted);
    await this.reload();
  }

  /** The user trusts the folder from now on. */
  async trust(): Promise<void> {
    if (this.#isTrusted) return;
    this.#isTrusted = true;
    await this.load();
  }

  /** Reads the file again. */
  async reload(): Promise<void> {
    const run = ++this.#runs;
    let project = this.#project;
    let problem: string | undefined;
    try {
      project = await readProject(this.#folder);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problem = sentenceFor(error);
    }
    if (run !== this.#runs) return; // a later reading is on its way
    this.#project = project;
    this.#problem = problem;
    this.changed.fire();
  }
}
