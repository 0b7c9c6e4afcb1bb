import type { Label } from '../../models/annotations/label';
import type { TextChange } from '../../models/annotations/textChange';
import { InputError } from '../../models/errors';
import type { LabelDocument } from '../labelStore/labelDocument';
import type { SidecarError } from '../labelStore/sidecarText';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { DidLabelParams } from '../protocol/labels';
import { Slices } from '../slices';
import type { LabelPlace } from './labelFolder';
import { PublishedLabels } from './publishedLabels';
import { linesSentence, sentenceFor } from './userSentence';

/** An open document of the workspace with its labels, and what the client holds of them. */
export class OpenText {
  readonly #published = new PublishedLabels();
  /** Undefined while the labels are being read, and after the text was closed. */
  #labels: LabelDocument | undefined;
  #searching: Promise<void> | undefined;
  #pending = 0;
  #problem: string | undefined;
  /** What was last sent beside labels. */
  #sent = '';
  #place: LabelPlace;

  constructor(
    readonly document: TrackedDocument,
    place: LabelPlace,
  ) {
    this.#place = place;
  }

  /** Where the labels are kept; another place once the text was moved. */
  get place(): LabelPlace {
    return this.#place;
  }

  /** Follows the text to its new name. */
  moveTo(name: string): void {
    this.#place = { ...this.#place, name };
  }

  /** True once the labels are read. */
  get isReady(): boolean {
    return this.#labels !== undefined;
  }

  /** True while a change of labels is on its way to the disk. */
  get isSaving(): boolean {
    return this.#pending > 0;
  }

  /** The labels in their order; none while they are being read. */
  get labels(): readonly Label[] {
    return this.#labels?.live.labels ?? [];
  }

  get(id: string): Label | undefined {
    return this.#labels?.live.get(id);
  }

  /** What keeps labels from being read or saved, in one sentence. */
  get problem(): string | undefined {
    const error = this.#labels?.problem ?? this.#labels?.refusal;
    return error === undefined ? this.#problem : sentenceFor(error);
  }

  /** What is wrong with the annotation file: with all of it, or with some of its lines. */
  get fileProblems(): readonly SidecarError[] {
    if (this.#labels === undefined) return [];
    const { problem, lineProblems } = this.#labels;
    return problem === undefined ? lineProblems : [problem];
  }

  /** What is wrong with some lines of the annotation file, in one sentence. */
  get linesProblem(): string | undefined {
    return this.#labels && linesSentence(this.#labels.lineProblems);
  }

  /** The annotation file. */
  get annotationFile(): string | undefined {
    return this.#labels?.file;
  }

  /** Reads the labels and finds them in the present text. */
  async read(): Promise<void> {
    const { folder, name } = this.place;
    this.#labels = await folder.store.open(name, () => this.document.text);
  }

  /** Follows an edit of the text, whose document holds it already. */
  edit(changes: readonly TextChange[]): void {
    if (this.#labels === undefined) return;
    this.place.folder.store.edit(this.place.name, changes);
    this.#published.shift(changes);
  }

  /** True while labels whose text was replaced are looked for. */
  get isSearching(): boolean {
    return this.#labels?.live.isSearching === true;
  }

  /** Looks for the labels whose text was replaced, while other messages are answered; resolves when that is done. */
  async search(): Promise<void> {
    const live = this.#labels?.live;
    if (live?.isSearching !== true) return;
    this.#searching ??= new Slices()
      .run(live.searching(), () => this.#labels?.live !== live)
      .finally(() => {
        this.#searching = undefined;
      });
    await this.#searching;
  }

  /**
   * Lets go of the labels, also of those that are still being read.
   * @throws InputError where some of them could not be saved; they are kept in memory
   */
  async close(): Promise<void> {
    const { folder, name } = this.place;
    this.#labels = undefined;
    await folder.store.close(name);
  }

  /**
   * Waits for something that is being saved.
   * @throws what it rejects with; where the user can mend it, clients are told too
   */
  async saving<T>(work: Promise<T>): Promise<T> {
    this.#pending++;
    try {
      const result = await work;
      this.#problem = undefined;
      return result;
    } catch (error) {
      if (this.#labels?.isUnsaved && error instanceof InputError) this.#problem = sentenceFor(error);
      throw error;
    } finally {
      this.#pending--;
    }
  }

  /** What brings the client up to date, or undefined where it is. It counts as sent. */
  takeUpdate(): DidLabelParams | undefined {
    if (this.#labels === undefined) return undefined;
    const { problem } = this;
    const update = this.#published.update(this.labels);
    const unsaved = this.#pending > 0 || this.#labels.isUnsaved;
    const key = JSON.stringify([unsaved, problem]);
    const isSame = key === this.#sent && !update.reset && !update.put.length && !update.removed.length;
    this.#sent = key;
    if (isSame) return undefined;
    const { uri, version } = this.document;
    return { uri, version, ...update, unsaved, ...(problem === undefined ? {} : { problem }) };
  }

  /** Forgets what the client holds: the next update holds every label. */
  forgetPublished(): void {
    this.#published.reset();
  }
}
