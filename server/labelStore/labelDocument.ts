import type { StillMine } from '../../models/data/fileLock';
import { findAgain } from '../../models/annotations/findAgain';
import type { Label } from '../../models/annotations/label';
import { LiveLabels } from '../../models/annotations/liveLabels';
import { type LabelConflict, mergeLabels } from '../../models/annotations/mergeLabels';
import { ChangedMeanwhile, type FileStamp, type SidecarFile } from './sidecarFile';
import { SidecarError } from './sidecarText';

/** How often a save starts again because another program wrote the file meanwhile. */
const ATTEMPTS = 20;

/** The labels of one text: as they are now, and as they were last read from or written to their file. */
export class LabelDocument {
  #name: string;
  #file: SidecarFile;
  #live = new LiveLabels('');
  #base: readonly Label[] = [];
  #stamp: FileStamp = '';
  #problem: SidecarError | undefined;
  #isOpen = false;
  /** How many decisions there were, and how many of them are on disk. */
  #decisions = 0;
  #saved = 0;
  #isSwept = false;

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
    const { labels } = this.#live;
    return (
      !this.isUnsaved &&
      labels.length === this.#base.length &&
      labels.every((label, i) => label === this.#base[i])
    );
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
    [this.#name, this.#file, this.#isSwept] = [name, file, false];
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
      const { labels, stamp } = await this.#file.read();
      const merged = mergeLabels(this.#base, this.#live.labels, labels);
      this.#base = labels;
      this.#stamp = stamp;
      this.#problem = undefined;
      this.#take(merged.labels);
      return merged.conflicts;
    } catch (error) {
      if (error instanceof SidecarError) this.#problem = error;
      throw error;
    }
  }

  /**
   * Writes the labels to their file, merged with what another program wrote there; for who holds the lock.
   * @throws SidecarError where the file cannot be read, and is left alone
   */
  async save(stillMine: StillMine): Promise<readonly LabelConflict[]> {
    const conflicts: LabelConflict[] = [];
    for (let attempt = 1; ; attempt++) {
      conflicts.push(...(await this.reload()));
      if (!this.#isSwept) await this.#file.sweep();
      this.#isSwept = true;
      const { labels } = this.#live;
      const isSame =
        labels.length === this.#base.length && labels.every((label, i) => label === this.#base[i]);
      const decisions = this.#decisions; // what is decided while this is written is for the next time
      try {
        if (!isSame) this.#stamp = await this.#file.write(labels, this.#stamp, stillMine);
        this.#base = labels;
        this.#saved = decisions;
        return conflicts;
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile) || attempt === ATTEMPTS) throw error;
      }
    }
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
