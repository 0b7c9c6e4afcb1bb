import { setTimeout as pause } from 'node:timers/promises';
import type { Label } from '../../models/annotations/label';
import { checkTexts } from '../../models/lint/checkTexts';
import {
  type CheckedLayer,
  type CheckedText,
  type Finding,
  type FindingCode,
  findingCodes,
} from '../../models/lint/finding';
import { twoWays } from '../../models/lint/twoWays';
import type { Sentence } from '../../models/text/span';
import type { TrackedSentence } from '../documents/trackedSentence';
import { Event } from '../event';
import { logError } from '../logError';
import type { ProjectLayer } from '../project/projectSchema';
import { Slices } from '../slices';
import type { LabelFolder } from './labelFolder';
import type { OpenText } from './openText';
import type { OpenLabels } from './openLabels';
import { suggestionsIn } from './openSuggestions';

/** Milliseconds until the labels are looked at after they changed: nobody waits for it, and typing goes on. */
const DELAY = 250;

/** Labels that are looked at in one turn: some milliseconds. */
const LABELS_A_TURN = 200;
/** The checks that compare labels with each other; all others look at one label and its sentence. */
const COMPARING: readonly FindingCode[] = ['two-ways', 'overlap'];

interface Looked {
  readonly version: number;
  readonly findings: readonly Finding[];
}

/** What in the labels of open texts needs a person; looked for again a moment after every change. */
export class LabelFindings {
  /** The findings of a text are up to date. */
  readonly changed = new Event<OpenText>();
  readonly #open: OpenLabels;
  readonly #looked = new WeakMap<OpenText, Looked>();
  /** Folders whose labels changed since they were looked at. */
  readonly #wanted = new Set<LabelFolder>();
  readonly #running = new Set<LabelFolder>();

  constructor(open: OpenLabels) {
    this.#open = open;
    open.changed.on(({ place }) => this.schedule(place.folder));
  }

  /** The findings in the present version of a text; none while it was edited a moment ago. */
  of(text: OpenText): readonly Finding[] {
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
      await this.#look(folder).catch(logError); // the next change is looked at all the same
    }
    this.#running.delete(folder);
  }

  /** A part of the labels after the other, so that nothing else waits for long; left off where labels change meanwhile. */
  async #look(folder: LabelFolder): Promise<void> {
    const texts = this.#open.all.filter(({ place }) => place.folder === folder);
    if (!texts.every(({ document }) => document.isSegmented)) return void this.#wanted.add(folder);
    const layers = folder.project.layers.map(checkedLayer);
    const versions = texts.map(({ document }) => document.version);
    const findings: Finding[] = [];
    const slices = new Slices();
    const isStale = (): boolean => this.#wanted.has(folder);
    for (const part of partsOf(texts)) {
      await slices.breathe();
      if (isStale()) return;
      const { checked, codes } = part();
      for (const finding of checkTexts(checked, layers, { codes })) findings.push(finding);
    }
    const compared = await slices.run(twoWays(checkedWholes(texts), layers), isStale);
    if (compared === undefined) return;
    for (const finding of compared) findings.push(finding);
    await slices.breathe();
    findings.sort(
      (a, b) =>
        a.start - b.start || a.end - b.end || findingCodes.indexOf(a.code) - findingCodes.indexOf(b.code),
    );
    const byText = new Map<string, Finding[]>(texts.map(({ document }) => [document.uri, []]));
    for (const finding of findings) byText.get(finding.document)?.push(finding);
    for (const [i, text] of texts.entries()) {
      const { uri } = text.document;
      await slices.breathe();
      if (isStale()) return;
      if (this.#open.get(uri) !== text) continue; // closed in the meantime
      this.#looked.set(text, { version: versions[i], findings: byText.get(uri) ?? [] });
      this.changed.fire(text);
    }
  }
}

/** What is looked at in one turn. */
interface Part {
  readonly checked: readonly CheckedText[];
  readonly codes: readonly FindingCode[];
}

/** The parts of the labels of some texts, each made when its turn has come. */
function partsOf(texts: readonly OpenText[]): (() => Part)[] {
  const labelled = texts.filter(({ labels }) => labels.length > 0);
  const single = findingCodes.filter((code) => !COMPARING.includes(code));
  const parts = labelled.flatMap((text) =>
    Array.from({ length: Math.ceil(text.labels.length / LABELS_A_TURN) }, (_, i) => (): Part => {
      const labels = text.labels.slice(i * LABELS_A_TURN, (i + 1) * LABELS_A_TURN);
      return { checked: [checkedLabels(text, labels)], codes: single };
    }),
  );
  const overlap = (): Part => ({ checked: checkedWholes(labelled), codes: ['overlap'] });
  return labelled.length === 0 ? [] : [...parts, overlap];
}

/** All labels of the texts for the checks that compare them. */
function checkedWholes(texts: readonly OpenText[]): CheckedText[] {
  return texts.map(({ document: { uri, text }, labels }) => ({ document: uri, text, labels, sentences: [] }));
}

const checkedLayer = ({ labels, ...layer }: ProjectLayer): CheckedLayer => ({
  ...layer,
  labels: labels.map(({ name }) => name),
});

/** Some labels of a text with all that the checks of single labels look at. */
function checkedLabels({ document }: OpenText, labels: readonly Label[]): CheckedText {
  const sentences = new Set(labels.flatMap(({ start, end }) => document.sentencesBetween(start, end)));
  const layers = new Set(
    labels.filter(({ confidence }) => confidence === undefined).map(({ layer }) => layer),
  );
  const predictions = [...sentences].flatMap((one) => suggestionsIn(one, (layer) => layers.has(layer)));
  return {
    document: document.uri,
    text: document.text,
    sentences: [...sentences].map(placed),
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
