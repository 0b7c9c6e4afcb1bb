import type { Label } from '../../models/annotations/label';
import { type PlacedSentence, Segmenter } from '../../models/text/segmenter';
import { formatOfFile } from '../../models/text/textFormat';
import type { DocumentStore } from '../documents/documentStore';
import type { TrackedSentence } from '../documents/trackedSentence';
import { untaggedReason } from '../documents/untaggedReason';
import type { LabelFolders } from '../labels/labelFolders';
import type { OpenLabels } from '../labels/openLabels';
import { type TextWithLabels, workspaceTexts } from '../labels/workspaceTexts';
import { sentenceFor } from '../labels/userSentence';
import type { SkippedText } from '../workspace/textReader';
import type { SettingsStore } from '../settingsStore';
import { Slices } from '../slices';
import type { QueuedSentence } from './queuedSentence';

/** Sentences that are looked at in all: more than anybody labels. */
const MOST_SENTENCES = 20_000;
/** Sentences that are handed on at once. */
const PART = 500;

/** Sentences of a text, a part of them where it is long, with the labels that people gave in it. */
export interface GatheredText {
  readonly uri: string;
  readonly labels: readonly Label[];
  readonly sentences: readonly QueuedSentence[];
}

interface Segmented {
  readonly text: string;
  readonly sentences: readonly Pick<PlacedSentence, 'start' | 'content'>[];
}

/** As it stands now: sentences of open documents move. */
const placed = ({ start, content }: TrackedSentence): Segmented['sentences'][number] => ({ start, content });

/** Gathers the sentences of all texts of the workspace, open or not, a little at a time. */
export class WorkspaceSentences {
  readonly #folders: LabelFolders;
  readonly #open: OpenLabels;
  readonly #documents: DocumentStore;
  readonly #settings: SettingsStore;
  /** What was segmented before, by URI. */
  #known = new Map<string, Segmented>();
  readonly #slices = new Slices();
  /** What could not be read the last time. */
  #skipped: readonly SkippedText[] = [];

  constructor(folders: LabelFolders, open: OpenLabels, documents: DocumentStore, settings: SettingsStore) {
    this.#folders = folders;
    this.#open = open;
    this.#documents = documents;
    this.#settings = settings;
  }

  /** Why the texts are not all there, in one sentence. */
  get problem(): string | undefined {
    const [first, ...rest] = this.#skipped;
    if (first === undefined) return undefined;
    const { line } = first.error.place;
    const more =
      rest.length === 0 ? '' : ` So ${rest.length === 1 ? 'was 1 other' : `were ${rest.length} others`}.`;
    return `${first.name}${line === undefined ? '' : `:${line}`} was skipped: ${sentenceFor(first.error)}${more}`;
  }

  async *gather(): AsyncGenerator<GatheredText> {
    const { languages, maxDocumentLength } = this.#settings.current;
    const known = new Map<string, Segmented>();
    const skipped: SkippedText[] = [];
    const skip = (one: SkippedText): unknown => skipped.push(one);
    let count = 0;
    for (const folder of this.#folders.all) {
      await folder.ready.catch(() => undefined); // told to whoever opens a text of it
      for await (const text of workspaceTexts(folder, this.#open, languages, maxDocumentLength, skip)) {
        if (untaggedReason(text.uri, text.text, maxDocumentLength) !== undefined) continue;
        const segmented = await this.#segmented(text);
        known.set(text.uri, segmented);
        const sentences = segmented.sentences.slice(0, MOST_SENTENCES - count);
        count += sentences.length;
        for (let from = 0; from < sentences.length; from += PART) {
          yield gathered(text, sentences.slice(from, from + PART));
          await this.#slices.breathe();
        }
        if (count >= MOST_SENTENCES) break;
      }
    }
    this.#known = known;
    this.#skipped = skipped;
  }

  async #segmented({ uri, name, text }: TextWithLabels): Promise<Segmented> {
    const before = this.#known.get(uri);
    if (before?.text === text) return before;
    const document = this.#documents.get(uri);
    if (document?.isSegmented && document.text === text)
      return { text, sentences: document.sentences.map(placed) };
    const steps = new Segmenter(formatOfFile(name)).steps(text);
    for (;;) {
      const step = steps.next();
      if (step.done) return { text, sentences: step.value };
      await this.#slices.breathe();
    }
  }
}

function gathered(
  { uri, name, text, labels }: TextWithLabels,
  sentences: Segmented['sentences'],
): GatheredText {
  return {
    uri,
    labels,
    sentences: sentences.map(({ start, content }) => {
      const end = start + content.length;
      return { uri, name, start, end, content, text: text.slice(start, end) };
    }),
  };
}
