import type { StillMine } from '../../models/data/fileLock';
import { findAgain, findingAgain } from '../../models/annotations/findAgain';
import type { Label } from '../../models/annotations/label';
import { LiveLabels } from '../../models/annotations/liveLabels';
import { type LabelConflict, mergeLabels } from '../../models/annotations/mergeLabels';
import { sortLabels } from '../../models/annotations/sortLabels';
import { InputError } from '../../models/errors';
import { Slices } from '../slices';
import { ChangedMeanwhile, type FileStamp, type SidecarFile } from './sidecarFile';
import { SidecarError, type UnreadLine } from './sidecarText';

/** How often a save starts again because another program wrote the file meanwhile. */
const ATTEMPTS = 20;

/** How often labels are looked for in slices in a text that changes meanwhile, before they are found in one go. */
const MOST_TRIES = 5;

/** The labels of one text: as they are now, and as they were last read from or written to their file. */
export class LabelDocument {
  #name: string;
  #file: SidecarFile;
  #live = new LiveLabels('');
  #base: readonly Label[] = [];
  #stamp: FileStamp = '';
  #problem: SidecarError | undefined;
  #unread: readonly UnreadLine[] = [];
  #lineProblems: readonly SidecarError[] = [];
  /** Labels that no line of a file can hold. */
  #refused: readonly Label[] = [];
  /** Labels that went with the file. */
  #gone: readonly Label[] = [];
  #isOpen = false;
  /** How many decisions there were, and how many of them are on disk. */
  #decisions = 0;
  #saved = 0;

  /** @param name the text's path in the workspace */
  constructor(name: string, file: SidecarFile) {
    this.#name = name;
    this.#file = file;
  }

  /** The text's path in the workspace. */
  get name(): string {
    return this.#name;
  }

  /** The annotation file. */
  get file(): string {
    return this.#file.file;
  }

  /** The labels, following the text where it is open. */
  get live(): LiveLabels {
    return this.#live;
  }

  /** Why the annotation file cannot be read; nothing is written then. */
  get problem(): SidecarError | undefined {
    return this.#problem;
  }

  /** What is wrong with lines of the annotation file, which are kept as they are; all others are read. */
  get lineProblems(): readonly SidecarError[] {
    return this.#lineProblems;
  }

  /** What keeps a label from ever being written, in one sentence; it stays in memory. */
  get refusal(): InputError | undefined {
    const [label] = this.#refused;
    return (
      label &&
      new InputError(
        `The label ${label.label} on “${label.quote}” cannot be saved, for its place in the text is lost.`,
        { file: this.file },
        'Remove it, and label the words again.',
      )
    );
  }

  /** True while the editor has the text open. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** True while a decision of a person is not on disk. */
  get isUnsaved(): boolean {
    return this.#saved < this.#decisions;
  }

  /** True while there is nothing to write. */
  get isAsStored(): boolean {
    return !this.isUnsaved && this.#isStored(this.#live.labels);
  }

  #isStored(labels: readonly Label[]): boolean {
    return labels.length === this.#base.length && labels.every((label, i) => label === this.#base[i]);
  }

  /** True where the file was there when it was last looked at, or its labels were. */
  get hadFile(): boolean {
    return this.#stamp !== '' || this.#gone.length > 0;
  }

  /** Has all that was in the file written again: it went with the folder, and nobody decided that. */
  outliveFile(): void {
    const back = this.#gone.filter(({ id }) => this.#live.get(id) === undefined);
    [this.#base, this.#gone, this.#stamp, this.#problem] = [[], [], '', undefined];
    this.#take(sortLabels([...this.#live.labels, ...back]));
    this.markUnsaved();
  }

  /** Lets go for good of labels that went with the file. */
  forgetFile(): void {
    this.#gone = [];
  }

  /** Says that a person decided something. */
  markUnsaved(): void {
    this.#decisions++;
  }

  /** Takes the text that the editor opened, and finds in it the labels that are there so far. */
  openText(text: string): void {
    this.#isOpen = true;
    this.#place(text);
  }

  /**
   * The same while other messages are answered.
   * @param text the text of this moment: it may be edited meanwhile, and so may the labels
   * @param isStale true where nobody wants it any more
   */
  async openingText(text: () => string, isStale: () => boolean): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const [now, live, { labels }] = [text(), this.#live, this.#live];
      const isOther = (): boolean =>
        isStale() || this.#live !== live || live.labels !== labels || text() !== now;
      const found = await new Slices().run(findingAgain(labels, now), isOther);
      if (isStale()) return;
      if (found === undefined || isOther()) continue;
      this.#isOpen = true;
      this.#live = new LiveLabels(
        now,
        found.map(({ label }) => label),
      );
      return;
    }
    this.openText(text());
  }

  /** Takes the text as its file has it, unless the editor has its own. */
  readText(text: string): void {
    if (!this.#isOpen) this.#place(text);
  }

  /** Forgets the text. */
  closeText(): void {
    this.#isOpen = false;
    this.#live = new LiveLabels('', this.#live.labels);
  }

  #place(text: string): void {
    const found = findAgain(this.#live.labels, text);
    this.#live = new LiveLabels(
      text,
      found.map(({ label }) => label),
    );
  }

  /** Follows the text, whose annotation file has been moved. */
  moveTo(name: string, file: SidecarFile): void {
    [this.#name, this.#file] = [name, file];
  }

  /** Takes over what is not saved of a text that was moved onto this one, whose annotation files are one now. */
  absorb(other: LabelDocument): void {
    if (!other.isUnsaved) return;
    this.markUnsaved();
    this.#take(mergeLabels(other.#base, other.live.labels, this.#live.labels).labels);
  }

  /**
   * Takes over what another program did to the file; true if anything changed.
   * @returns where both sides decided differently
   * @throws SidecarError where the file cannot be read, and keeps it as `problem`
   */
  async reload(): Promise<readonly LabelConflict[]> {
    try {
      if ((await this.#file.stamp()) === this.#stamp && this.#problem === undefined) return [];
      return await this.#read();
    } catch (error) {
      if (error instanceof SidecarError) this.#problem = error;
      throw error;
    }
  }

  async #read(): Promise<readonly LabelConflict[]> {
    const { labels, unread, problems, stamp } = await this.#file.read();
    // A label whose line was damaged has not been removed by anybody.
    const read = new Set(labels.map(({ id }) => id));
    const damaged = this.#base.filter(
      ({ id }) => !read.has(id) && unread.some(({ text }) => text.includes(`"${id}"`)),
    );
    const merged = mergeLabels(this.#base, this.#live.labels, [...damaged, ...labels]);
    const left = new Set(merged.labels.map(({ id }) => id));
    this.#gone = stamp === '' ? this.#live.labels.filter(({ id }) => !left.has(id)) : [];
    this.#base = labels;
    this.#stamp = stamp;
    [this.#problem, this.#unread, this.#lineProblems] = [undefined, unread, problems];
    this.#take(merged.labels);
    return merged.conflicts;
  }

  /**
   * Writes the labels to their file, merged with what another program wrote there; for who holds the lock.
   * @throws SidecarError where the file cannot be read, and is left alone
   */
  async save(stillMine: StillMine): Promise<readonly LabelConflict[]> {
    const conflicts: LabelConflict[] = [];
    for (let attempt = 1; ; attempt++) {
      conflicts.push(...(await this.reload()));
      const labels = this.#writable();
      const isMissing = this.#stamp === '' && this.#unread.length > 0;
      const isSame = this.#isStored(labels) && !isMissing;
      const decisions = this.#decisions; // what is decided while this is written is for the next time
      try {
        if (!isSame)
          this.#stamp = await this.#file.write({ labels, unread: this.#unread }, this.#stamp, stillMine);
        this.#base = labels;
        if (this.#refused.length === 0) this.#saved = decisions;
        // They are on other lines now.
        if (!isSame && this.#lineProblems.length > 0) conflicts.push(...(await this.#read().catch(() => [])));
        return conflicts;
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** The labels to write: of one that cannot be written, what was last written of it. */
  #writable(): readonly Label[] {
    const { labels } = this.#live;
    this.#refused = labels.filter((label) => !this.#file.holds(label));
    if (this.#refused.length === 0) return labels;
    const refused = new Set(this.#refused.map(({ id }) => id));
    return sortLabels([
      ...labels.filter(({ id }) => !refused.has(id)),
      ...this.#base.filter(({ id }) => refused.has(id)),
    ]);
  }

  /** Makes `labels` the labels of the text; those at a new place are looked for there. */
  #take(labels: readonly Label[]): void {
    const ids = new Set(labels.map(({ id }) => id));
    for (const { id } of this.#live.labels) if (!ids.has(id)) this.#live.remove(id);
    const moved: Label[] = [];
    for (const label of labels) {
      const now = this.#live.get(label.id);
      if (now === label) continue;
      const isHere = now?.start === label.start && now.end === label.end && now.review === label.review;
      if (isHere || this.#live.text === '') this.#live.put(label);
      else moved.push(label);
    }
    for (const { label } of findAgain(moved, this.#live.text)) this.#live.put(label);
  }
}
