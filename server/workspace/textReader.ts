import * as path from 'node:path';
import { findAgain } from '../../models/annotations/findAgain';
import type { Label } from '../../models/annotations/label';
import { sortLabels } from '../../models/annotations/sortLabels';
import { textLimit } from '../../models/data/sizeLimits';
import { readingError } from '../../models/data/textFile';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { InputError } from '../../models/errors';
import { SidecarFile, type StoredLabels } from '../labelStore/sidecarFile';
import { sidecarOf } from './workspacePaths';

/** A text of a workspace with its labels where they stand in it now. */
export interface ReadText {
  /** Its path in the workspace, with `/` between folders. */
  readonly name: string;
  readonly text: string;
  /** In their order. */
  readonly labels: readonly Label[];
  /** Lines of its annotation file that cannot be read; they cost no other. */
  readonly problems: readonly InputError[];
  /** How many those are. */
  readonly unread: number;
}

/** What is known of a text before it is read. */
export interface KnownOfText {
  readonly labels?: readonly Label[];
  readonly text?: () => Promise<string | undefined>;
}

/** A text that is left out of an answer, and why. */
export interface SkippedText {
  readonly name: string;
  readonly error: InputError;
}

/** Labels whose text is not there any more; somebody moved or deleted it. */
export class TextGone extends InputError {
  constructor(
    file: string,
    readonly labels: readonly Label[],
  ) {
    const count = labels.length === 1 ? '1 label waits' : `${labels.length} labels wait`;
    super(
      `The text is gone; ${count} for it.`,
      { file },
      'Put it back, or attach them to where it is now with `glossator move`.',
    );
  }
}

/**
 * Reads texts of a workspace that nobody named one by one. One that cannot be read, or whose labels cannot, is no reason
 * to stop: it is told with the others.
 */
export class TextReader {
  readonly #files: WorkspaceFiles;

  /** @param root the workspace folder */
  constructor(root: string) {
    this.#files = new WorkspaceFiles(root);
  }

  /** The workspace folder, links resolved. */
  get root(): string {
    return this.#files.root;
  }

  /** The text's file. */
  fileOf(name: string): string {
    return path.join(this.root, ...name.split('/'));
  }

  /**
   * A text with its labels, found again where it has changed since.
   * @param known.labels where they are in memory already
   * @param known.text reads the text where a person named its file, which may be a link; undefined where it is gone
   * @throws InputError that names the file, where the text or its annotations cannot be read
   */
  async read(name: string, known: KnownOfText = {}): Promise<ReadText> {
    const { labels, problems, unread } = known.labels
      ? { labels: known.labels, problems: [], unread: [] }
      : await this.stored(name);
    const text = await (known.text ?? (() => this.textOf(name)))();
    if (text === undefined) throw new TextGone(this.fileOf(name), labels);
    const found = findAgain(sortLabels(labels), text).map(({ label }) => label);
    return { name, text, labels: found, problems, unread: unread.length };
  }

  /** Texts one by one; those that cannot be read are told to `skip`. */
  async *readEach(
    texts: Iterable<readonly [name: string, known: KnownOfText]>,
    skip: (skipped: SkippedText) => void,
  ): AsyncGenerator<ReadText> {
    for (const [name, known] of texts) {
      try {
        yield await this.read(name, known);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        skip({ name, error });
      }
    }
  }

  /** Its labels as they are on disk. @throws SidecarError where they cannot be read */
  async stored(name: string): Promise<StoredLabels> {
    return new SidecarFile(this.root, sidecarOf(this.root, name)).read();
  }

  async hasText(name: string): Promise<boolean> {
    return (await this.#files.stat(this.fileOf(name)).catch(() => undefined)) !== undefined;
  }

  /** The text; undefined where there is none. @throws InputError where it cannot be read */
  async textOf(name: string): Promise<string | undefined> {
    try {
      return await this.#files.readText(this.fileOf(name), textLimit);
    } catch (error) {
      throw readingError(error, this.fileOf(name));
    }
  }
}
