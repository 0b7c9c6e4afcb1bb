import { checkTexts } from '../../models/lint/checkTexts';
import type { CheckedLayer, CheckedText, Finding } from '../../models/lint/finding';
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
  readonly #due = new Set<LabelFolder>();

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
    if (this.#due.has(folder)) return;
    this.#due.add(folder);
    setTimeout(() => this.#look(folder), DELAY);
  }

  #look(folder: LabelFolder): void {
    this.#due.delete(folder);
    const texts = this.#open.all.filter(({ place }) => place.folder === folder);
    if (!texts.every(({ document }) => document.isSegmented)) return this.schedule(folder);
    const labelled = texts.filter(({ labels }) => labels.length > 0);
    const layers = folder.project.layers.map(checkedLayer);
    const findings = checkTexts(labelled.map(checkedText), layers);
    const byText = new Map<string, Finding[]>();
    for (const finding of findings)
      byText.set(finding.document, [...(byText.get(finding.document) ?? []), finding]);
    for (const text of texts) {
      const { uri, version } = text.document;
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
  const predictions = sentences.flatMap(suggestionsIn).filter(({ layer }) => layers.has(layer));
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
