import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { checkTexts } from '../../models/lint/checkTexts';
import { type CheckedLayer, type CheckedText, type Finding, findingCodes } from '../../models/lint/finding';
import { SortedSpans } from '../../models/lint/sortedSpans';
import type { Sentence } from '../../models/text/span';
import type { TrackedSentence } from '../documents/trackedSentence';
import { Event } from '../event';
import type { ProjectLayer } from '../project/projectSchema';
import type { LabelFolder } from './labelFolder';
import type { LabelledText } from './labelledText';
import type { OpenLabels } from './openLabels';
import { suggestionsIn } from './openSuggestions';

/** Milliseconds until the labels are looked at after they changed: nobody waits for it, and typing goes on. */
const DELAY = 250;

interface Looked {
  readonly version: number;
  readonly findings: readonly Finding[];
}

/** What in the labels of open texts needs a person; looked for again a moment after every change. */
export class LabelFindings {
  /** The findings of a text are up to date. */
  readonly changed = new Event<LabelledText>();
  readonly #open: OpenLabels;
  readonly #looked = new WeakMap<LabelledText, Looked>();
  /** Folders whose labels changed since they were looked at. */
  readonly #wanted = new Set<LabelFolder>();
  readonly #running = new Set<LabelFolder>();

  constructor(open: OpenLabels) {
    this.#open = open;
    open.changed.on(({ place }) => this.schedule(place.folder));
  }

  /** The findings in the present version of a text; none while it was edited a moment ago. */
  of(text: LabelledText): readonly Finding[] {
    const looked = this.#looked.get(text);
    return looked?.version === text.document.version ? looked.findings : [];
  }

  /** Looks again at the open texts of a folder, in a moment. */
  schedule(folder: LabelFolder): void {
    this.#wanted.add(folder);
    if (this.#running.has(folder)) return;
    this.#running.add(folder);
    void this.#run(folder);
  }

  async #run(folder: LabelFolder): Promise<void> {
    while (this.#wanted.has(folder)) {
      await pause(DELAY);
      this.#wanted.delete(folder);
      await this.#look(folder);
    }
    this.#running.delete(folder);
  }

  /** One kind of check after the other, so that nothing else waits for long; left off where labels change meanwhile. */
  async #look(folder: LabelFolder): Promise<void> {
    const texts = this.#open.all.filter(({ place }) => place.folder === folder);
    if (!texts.every(({ document }) => document.isSegmented)) return void this.#wanted.add(folder);
    const labelled = texts.filter(({ labels }) => labels.length > 0).map(checkedText);
    const layers = folder.project.layers.map(checkedLayer);
    const findings: Finding[] = [];
    for (const code of labelled.length === 0 ? [] : findingCodes) {
      await nextTurn();
      if (this.#wanted.has(folder)) return;
      findings.push(...checkTexts(labelled, layers, { codes: [code] }));
    }
    findings.sort((a, b) => a.start - b.start || a.end - b.end);
    const byText = new Map<string, Finding[]>(texts.map(({ document }) => [document.uri, []]));
    for (const finding of findings) byText.get(finding.document)?.push(finding);
    for (const text of texts) {
      const { uri, version } = text.document;
      if (this.#open.get(uri) !== text) continue; // closed in the meantime
      this.#looked.set(text, { version, findings: byText.get(uri) ?? [] });
      this.changed.fire(text);
    }
  }
}

const checkedLayer = ({ labels, ...layer }: ProjectLayer): CheckedLayer => ({
  ...layer,
  labels: labels.map(({ name }) => name),
});

/** What the checks look at; of the sentences, only those with labels. */
function checkedText({ document, labels }: LabelledText): CheckedText {
  const places = new SortedSpans(labels);
  const sentences = document.sentences.filter((sentence) => places.touching(sentence).length > 0);
  const layers = new Set(
    labels.filter(({ confidence }) => confidence === undefined).map(({ layer }) => layer),
  );
  const predictions = sentences.flatMap((one) => suggestionsIn(one, (layer) => layers.has(layer)));
  return {
    document: document.uri,
    text: document.text,
    sentences: sentences.map(placed),
    labels,
    predictions,
  };
}

function placed(sentence: TrackedSentence): Sentence {
  const { start, end, content } = sentence;
  const tokens = content.tokens.map((token) => ({
    ...token,
    start: start + token.start,
    end: start + token.end,
  }));
  return { start, end, tokens };
}
