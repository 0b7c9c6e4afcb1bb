import type { Span } from '../../models/text/span';
import { InputError } from '../../models/errors';
import { readTextFile } from '../../models/data/textFile';
import * as path from 'node:path';
import type { Reverted, WorkspaceOperations } from '../labelStore/labelStore';
import type { LabelOperation } from '../labelStore/labelOperation';
import type { SlicedSegmentation } from '../documents/slicedSegmentation';
import type { LabelAllParams, LabelParams, UndoneLabels } from '../protocol/labels';
import { adoptOperations } from './adoptOperations';
import { StaleVersion } from './answering';
import type { LabelFolder, LabelPlace } from './labelFolder';
import type { LabelFolders } from './labelFolders';
import type { OpenText } from './openText';
import type { OpenLabels } from './openLabels';
import { openSuggestions, type Suggestion } from './openSuggestions';

/** What people do with labels; each is one step of undo, and done when it is on disk. */
export class LabelDesk {
  readonly #folders: LabelFolders;
  readonly #open: OpenLabels;
  readonly #segmentation: SlicedSegmentation;
  /** Undo and redo, one after the other: each takes what the one before it left. */
  #reverting: Promise<unknown> = Promise.resolve();

  constructor(folders: LabelFolders, open: OpenLabels, segmentation: SlicedSegmentation) {
    this.#folders = folders;
    this.#open = open;
    this.#segmentation = segmentation;
  }

  /**
   * An open text in this version, once its labels are read.
   * @throws InputError where it cannot keep labels, and StaleVersion where it has changed since
   */
  async text(uri: string, version: number): Promise<OpenText> {
    const text = await this.#open.require(uri);
    if (text.document.version !== version) throw new StaleVersion();
    return text;
  }

  /** @throws InputError as `text`, for what cannot be done, and where saving failed */
  async label({ uri, version, title, operations }: LabelParams): Promise<void> {
    const text = await this.text(uri, version);
    const { folder, name } = text.place;
    const adopted = adoptOperations(operations, text.labels, folder.project.layers);
    await this.#open.saving(folder, [text], folder.store.apply(name, title, adopted));
  }

  /** Labels several texts, open or not, of one workspace folder. */
  async labelAll({ title, texts }: LabelAllParams): Promise<void> {
    const places = texts.map(({ uri }) => this.#folders.place(uri));
    const [first] = places;
    if (first === undefined) return;
    const { folder } = first;
    if (places.some((place) => place.folder !== folder))
      throw new InputError('The texts are in several workspace folders.', {}, 'Label one folder at a time.');
    await folder.ready;
    const opened: string[] = [];
    try {
      const all = new Map<string, LabelOperation[]>();
      for (const [i, { name }] of places.entries()) {
        const labels = await this.#labelsOf(places[i], opened);
        all.set(name, adoptOperations(texts[i].operations, labels, folder.project.layers));
      }
      await this.#apply(folder, title, all);
    } finally {
      for (const name of opened)
        if (this.#open.named(folder, name) === undefined) await folder.store.close(name);
    }
  }

  /** Accepts the suggestions that are open in a range, and as probable as asked for. */
  async accept(text: OpenText, range: Span, threshold: number, layers?: readonly string[]): Promise<number> {
    const accepted = this.suggestions(text, range).filter(
      ({ layer, kind, probability, start, end }) =>
        probability >= threshold &&
        (layers === undefined ? kind !== 'token' : layers.includes(layer)) &&
        start >= range.start &&
        end <= range.end,
    );
    const { folder, name } = text.place;
    const known = accepted.filter(({ layer, label }) =>
      folder.project.layers.some((one) => one.name === layer && one.labels.some((its) => its.name === label)),
    );
    if (known.length === 0) return 0;
    const operations = known.map(({ layer, label, start, end, probability }) => ({
      kind: 'add' as const,
      label: { layer, label, start, end, confidence: Math.round(probability * 10_000) / 10_000 },
    }));
    const title = known.length === 1 ? `Accept ${known[0].label}` : `Accept ${known.length} suggestions`;
    await this.#open.saving(folder, [text], folder.store.apply(name, title, operations));
    return known.length;
  }

  /** The suggestions nobody has decided on, in the sentences that share text with a range. */
  suggestions(text: OpenText, { start, end }: Span): Suggestion[] {
    const { document, place, labels } = text;
    this.#segmentation.finish(document);
    const overlapping = place.folder.project.layers.filter(({ overlap }) => overlap).map(({ name }) => name);
    return openSuggestions(document.sentencesBetween(start, end), labels, new Set(overlapping));
  }

  /** Takes back the last change of labels that concerned a text, or does it again; null where there is none. */
  async revert(uri: string, isUndo: boolean): Promise<UndoneLabels | null> {
    const { folder, name } = this.#open.get(uri)?.place ?? this.#folders.place(uri);
    const revert = async (): Promise<Reverted | undefined> =>
      isUndo ? folder.store.undo(name) : folder.store.redo(name);
    const work = this.#reverting.then(revert);
    this.#reverting = work.catch(() => undefined);
    const text = this.#open.get(uri);
    const reverted = await this.#open.saving(folder, text === undefined ? [] : [text], work);
    if (reverted === undefined) return null;
    if (reverted.transaction.project !== undefined) await folder.project.reload();
    return { title: reverted.transaction.title, skipped: reverted.skipped };
  }

  /** Tries again to save everything that is not on disk. */
  async saveAll(): Promise<void> {
    for (const folder of this.#folders.all) {
      const texts = this.#open.all.filter(({ place }) => place.folder === folder);
      await this.#open.saving(folder, texts, folder.store.saveAll());
    }
  }

  async #apply(folder: LabelFolder, title: string, operations: WorkspaceOperations): Promise<void> {
    const texts = this.#open.all.filter(({ place }) => place.folder === folder && operations.has(place.name));
    await this.#open.saving(folder, texts, folder.store.applyAll(title, operations));
  }

  /** The labels of a text; one that the editor has not open is read from its file, and noted in `opened`. */
  async #labelsOf({ folder, name }: LabelPlace, opened: string[]): Promise<OpenText['labels']> {
    const text = this.#open.named(folder, name);
    if (text !== undefined) return text.labels;
    const content = await readTextFile(path.join(folder.path, ...name.split('/')));
    const { live, problem } = await folder.store.open(name, content);
    opened.push(name);
    if (problem !== undefined) throw problem;
    return live.labels;
  }
}
