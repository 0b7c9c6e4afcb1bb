import { InputError } from '../../models/errors';
import type { DocumentStore } from '../documents/documentStore';
import type { TrackedDocument } from '../documents/trackedDocument';
import { Event } from '../event';
import type { LabelFolder } from './labelFolder';
import type { LabelFolders } from './labelFolders';
import { OpenText } from './openText';
import { savedAgainSentence } from './userSentence';

/** The open documents that can keep labels. Follows the document store and the label stores. */
export class OpenLabels {
  /** The labels of a text, or whether they are saved, are others now. */
  readonly changed = new Event<OpenText>();
  /** What nobody waits for has failed: one for the user. */
  readonly failed = new Event<InputError>();
  /** Labels whose files another program deleted with their folder were saved again: a sentence for the user. */
  readonly savedAgain = new Event<string>();
  readonly #folders: LabelFolders;
  readonly #documents: DocumentStore;
  readonly #texts = new Map<string, OpenText>();
  /** By URI, texts whose labels are being read. */
  readonly #reading = new Map<string, Promise<void>>();

  constructor(folders: LabelFolders, documents: DocumentStore) {
    this.#folders = folders;
    this.#documents = documents;
    documents.opened.on((document) => this.#begin(document));
    documents.edited.on(({ document, changes, isLast }) => {
      const text = this.#texts.get(document.uri);
      text?.edit(changes);
      // Labels whose text was replaced are mostly found: nobody is told before.
      if (text?.isSearching) void this.#search(text);
      else if (text?.isReady && isLast) this.changed.fire(text);
    });
    documents.saved.on(({ uri }) => void this.#saved(uri));
    documents.closed.on(({ uri }) => void this.#close(uri));
    folders.added.on((folder) => {
      folder.store.changed.on((name) => this.#changed(folder, name));
      folder.store.failed.on((error) => this.#report(error));
      folder.store.conflicted.on(({ name }) => this.#changed(folder, name));
      folder.store.outlived.on((texts) => this.savedAgain.fire(savedAgainSentence(texts)));
      folder.store.moved.on(({ from, to }) => this.#moved(folder, from, to));
      this.#beginOthers();
    });
  }

  /** All texts whose labels are read. */
  get all(): readonly OpenText[] {
    return [...this.#texts.values()].filter(({ isReady }) => isReady);
  }

  get(uri: string): OpenText | undefined {
    const text = this.#texts.get(uri);
    return text?.isReady ? text : undefined;
  }

  /** The open text of that name. */
  named(folder: LabelFolder, name: string): OpenText | undefined {
    return this.all.find(({ place }) => place.folder === folder && place.name === name);
  }

  /**
   * A text, once its labels are read.
   * @throws InputError for one that cannot keep labels, or is not open
   */
  async require(uri: string): Promise<OpenText> {
    await this.#reading.get(uri);
    const text = this.get(uri);
    if (text !== undefined) return text;
    this.#folders.place(uri);
    if (this.#documents.get(uri) === undefined)
      throw new InputError('The text is not open in the editor.', { file: uri }, 'Open it first.');
    if (this.#texts.has(uri))
      throw new InputError('The labels of this text could not be read.', { file: uri }, 'Open it again.');
    throw new InputError('The same file is open under another name.', { file: uri }, 'Label it there.');
  }

  /**
   * Waits for something that a store saves, and tells clients before and after.
   * @throws what it rejects with
   */
  async saving<T>(folder: LabelFolder, concerned: readonly OpenText[], work: Promise<T>): Promise<T> {
    try {
      return await concerned.reduce((rest, text) => text.saving(rest), work);
    } finally {
      for (const text of this.all) if (text.place.folder === folder) this.changed.fire(text);
    }
  }

  /** Open documents whose labels nobody follows yet. */
  #beginOthers(): void {
    for (const document of this.#documents.all()) if (!this.#texts.has(document.uri)) this.#begin(document);
  }

  #begin(document: TrackedDocument): void {
    const { uri } = document;
    const reading = this.#open(document).finally(() => {
      if (this.#reading.get(uri) === reading) this.#reading.delete(uri);
    });
    this.#reading.set(uri, reading);
  }

  async #open(document: TrackedDocument): Promise<void> {
    const text = this.#bind(document);
    if (text === undefined) return;
    const isClosed = (): boolean => this.#texts.get(document.uri) !== text;
    try {
      await text.place.folder.ready;
      if (isClosed()) return;
      await text.read();
      if (!isClosed()) this.changed.fire(text);
    } catch (error) {
      this.#report(error);
    }
  }

  #bind(document: TrackedDocument): OpenText | undefined {
    try {
      const place = this.#folders.place(document.uri);
      const isBound = [...this.#texts.values()].some(
        (one) => one.place.folder === place.folder && one.place.name === place.name,
      );
      if (isBound) return undefined; // the same file under another URI
      const text = new OpenText(document, place);
      this.#texts.set(document.uri, text);
      return text;
    } catch (error) {
      if (error instanceof InputError) return undefined; // told when somebody wants to label it
      throw error;
    }
  }

  async #search(text: OpenText): Promise<void> {
    await text.search();
    if (this.#texts.get(text.document.uri) === text) this.changed.fire(text);
  }

  async #saved(uri: string): Promise<void> {
    const text = this.get(uri);
    if (text === undefined) return;
    await text.search();
    const { folder, name } = text.place;
    await this.saving(folder, [text], folder.store.textSaved(name)).catch((error: unknown) =>
      this.#report(error),
    );
  }

  async #close(uri: string): Promise<void> {
    const text = this.#texts.get(uri);
    if (text === undefined) return;
    this.#texts.delete(uri);
    const closed = text.close();
    this.#beginOthers(); // the same file may be open under another URI
    await closed.catch((error: unknown) => this.#report(error));
  }

  #moved(folder: LabelFolder, from: string, to: string): void {
    const texts = [...this.#texts.values()].filter(({ place }) => place.folder === folder);
    const text = texts.find(({ place }) => place.name === from);
    if (text === undefined) return;
    // The client opened the text under its new name first: this one is gone.
    if (texts.some(({ place }) => place.name === to)) this.#texts.delete(text.document.uri);
    else text.moveTo(to);
  }

  #changed(folder: LabelFolder, name: string): void {
    const text = this.named(folder, name);
    if (text !== undefined) this.changed.fire(text);
  }

  #report(error: unknown): void {
    if (error instanceof InputError) this.failed.fire(error);
    else if (error instanceof Error && 'code' in error)
      this.failed.fire(new InputError(`The labels of a text could not be read: ${error.message}.`));
    else throw error;
  }
}
