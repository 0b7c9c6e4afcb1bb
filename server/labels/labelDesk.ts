import type { Span } from '../../models/text/span';
import { InputError } from '../../models/errors';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { readWorkspaceText } from '../workspace/textFiles';
import type { Reverted, WorkspaceOperations } from '../labelStore/labelTransactions';
import type { LabelOperation } from '../labelStore/labelOperation';
import type { SlicedSegmentation } from '../documents/slicedSegmentation';
import type {
  LabelAllParams,
  LabelParams,
  ReviewSentenceParams,
  SentenceReview,
  UndoneLabels,
  WireLabelOperation,
} from '../protocol/labels';
import { adoptOperations } from './adoptOperations';
import { StaleVersion } from '../errorAnswers';
import type { LabelFolder } from './labelFolder';
import type { LabelFolders } from './labelFolders';
import type { OpenText } from './openText';
import type { OpenLabels } from './openLabels';
import { type LayerChoice, openSuggestions, type Suggestion } from './openSuggestions';
import { fingerprint } from './textVersion';
import { layersInView, layersReviewed, markReviewed, unmarkReviewed } from './sentenceReview';

/** Token and sentence layers suggest something everywhere: that tells nothing of what a person looked at. */
const onlySpans: LayerChoice = (_layer, kind) => kind === 'span';

/** A change of the marks of review, as one step of undo. */
interface ReviewStep extends Pick<LabelParams, 'title' | 'operations'> {
  readonly state: 'reviewed' | 'unmarked';
}

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

  /**
   * Labels several texts, open or not, of one workspace folder. One that is named twice gets both lists of operations.
   * @throws StaleVersion where one has changed since, and then labels nothing
   */
  async labelAll({ title, texts }: LabelAllParams): Promise<void> {
    const places = texts.map(({ uri }) => this.#folders.place(uri));
    const [first] = places;
    if (first === undefined) return;
    const { folder } = first;
    if (places.some((place) => place.folder !== folder))
      throw new InputError('The texts are in several workspace folders.', {}, 'Label one folder at a time.');
    await folder.ready;
    const leases = places.map(({ name }) => folder.store.hold(name));
    try {
      const contents = new Map<string, string>();
      for (const [i, lease] of leases.entries()) {
        await lease.read;
        if (lease.document.problem !== undefined) throw lease.document.problem;
        if (this.#open.named(folder, places[i].name) !== undefined) continue;
        const content = await readWorkspaceText(new WorkspaceFiles(folder.path), places[i].name);
        lease.document.readText(content);
        contents.set(places[i].name, content);
      }
      const wanted = new Map<string, WireLabelOperation[]>();
      for (const [i, { name }] of places.entries())
        wanted.set(name, [...(wanted.get(name) ?? []), ...texts[i].operations]);
      const all = new Map<string, LabelOperation[]>();
      for (const [i, { document }] of leases.entries()) {
        const { name } = places[i];
        const content = contents.get(name);
        const now = this.#open.named(folder, name)?.document.version ?? fingerprint(document.live.text);
        const { version = content === undefined ? undefined : now } = texts[i];
        if (version !== now || (content !== undefined && document.live.text !== content))
          throw new StaleVersion();
        all.set(name, adoptOperations(wanted.get(name) ?? [], document.live.labels, folder.project.layers));
      }
      await this.#apply(folder, title, all);
    } finally {
      for (const lease of leases) lease.release();
    }
  }

  /** The sentence at a place, or between two the one before; null before the first. */
  sentence({ document }: OpenText, offset: number): Span | null {
    this.#segmentation.finish(document);
    const found = document.sentenceAt(offset) ?? document.sentencesBetween(0, offset).at(-1);
    return found === undefined ? null : { start: found.start, end: found.end };
  }

  /** Marks a sentence as reviewed in the layers that were looked at, or takes that back. */
  async review(params: ReviewSentenceParams): Promise<SentenceReview | null> {
    const { uri, version, offset, asked } = params;
    const text = await this.text(uri, version);
    const sentence = this.sentence(text, offset);
    if (sentence === null) return null;
    const names = params.layers ?? this.layersInView(text, sentence, asked);
    if (names.length === 0) {
      const choices = text.place.folder.project.layers.filter(({ kind }) => kind === 'span');
      return { ...sentence, state: 'undecided', layers: choices.map(({ name }) => name) };
    }
    const step = this.reviewStep(text, sentence, names);
    const { title, operations } = step;
    await this.label({ uri, version, title, operations });
    return { ...sentence, state: step.state, layers: names };
  }

  /**
   * The layers that a person sees in a sentence: of labels and suggestions, else of its marks of review; where there is
   * nothing in it, the one span layer that the text around it shows, if it shows but one. None where only the person
   * can tell.
   */
  layersInView(text: OpenText, sentence: Span, asked?: string): string[] {
    const { layers } = text.place.folder.project;
    const inside = text.labels.filter(({ start, end }) => start < sentence.end && end > sentence.start);
    const labels = asked === undefined ? inside : [...inside, { layer: asked }];
    const suggestions = this.suggestions(text, sentence, onlySpans);
    const here = layersInView({ labels, suggestions }, layers);
    const reviewed = layersReviewed(sentence, text.labels, layers);
    if (reviewed.length > 0 && here.every((name) => reviewed.includes(name))) return reviewed;
    if (here.length > 0) return here;
    const everywhere = { start: 0, end: text.document.length };
    const shown = { labels: text.labels, suggestions: this.suggestions(text, everywhere, onlySpans) };
    const spans = layers.filter(({ kind }) => kind === 'span');
    const around = layersInView(shown, spans);
    return around.length === 1 ? around : spans.length === 1 ? [spans[0].name] : [];
  }

  /** What to do to have a sentence reviewed in some layers, or no longer where it is in all of them. */
  reviewStep(text: OpenText, sentence: Span, names: readonly string[]): ReviewStep {
    const { layers } = text.place.folder.project;
    const reviewed = layersReviewed(sentence, text.labels, layers);
    if (names.every((name) => reviewed.includes(name)))
      return {
        state: 'unmarked',
        title: 'Remove a review mark',
        operations: unmarkReviewed(sentence, names, text.labels, layers),
      };
    return {
      state: 'reviewed',
      title: 'Mark a sentence as reviewed',
      operations: markReviewed(sentence, names, reviewed),
    };
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
  suggestions(text: OpenText, { start, end }: Span, wants?: LayerChoice): Suggestion[] {
    const { document, place, labels } = text;
    this.#segmentation.finish(document);
    const overlapping = place.folder.project.layers.filter(({ overlap }) => overlap).map(({ name }) => name);
    return openSuggestions(document.sentencesBetween(start, end), labels, new Set(overlapping), wants);
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
}
