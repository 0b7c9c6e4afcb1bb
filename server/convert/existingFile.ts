import type { FileHandle } from 'node:fs/promises';
import { isMissing, kindOf, openUnblocked, readSlice } from '../../models/data/regularFile';
import { InputError } from '../../models/errors';

/** A file that is to be compared, part by part, with what would replace it. */
export class ExistingFile {
  #at = 0;
  #isSame = true;

  private constructor(
    readonly place: string,
    readonly handle: FileHandle,
  ) {}

  /**
   * @returns undefined where there is none
   * @throws InputError where something else stands there: a folder, a pipe, a device
   */
  static async open(place: string): Promise<ExistingFile | undefined> {
    let handle: FileHandle;
    try {
      handle = await openUnblocked(place, { followsLinks: true });
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    const found = await handle.stat({ bigint: true });
    if (found.isFile()) return new ExistingFile(place, handle);
    await handle.close();
    throw new InputError(`This is ${kindOf(found)}, not a file.`, { file: place }, 'Name a file.');
  }

  /** Compares the next part. */
  async compare(content: string): Promise<void> {
    if (!this.#isSame) return;
    const bytes = Buffer.from(content);
    this.#isSame = bytes.equals(await readSlice(this.handle, this.#at, bytes.length));
    this.#at += bytes.length;
  }

  /** Whether all parts were there, and nothing behind them. */
  async isSame(): Promise<boolean> {
    return this.#isSame && (await this.handle.stat()).size === this.#at;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
