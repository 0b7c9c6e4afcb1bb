import { type Label, reviewedLayer } from '../annotations/label';
import type { LabelledSpan } from '../tags/bio';
import type { LayerSpec } from '../tags/layer';
import type { PlacedSentence } from '../text/placedSentence';
import type { RetrainingText } from './retrainingText';

/** What people said of one sentence in one layer. Spans count rows: tokens, or the one row of a sentence layer. */
export interface KnownSentence {
  readonly text: RetrainingText;
  readonly sentence: PlacedSentence;
  /** Confirmed labels; they never overlap. */
  readonly spans: readonly LabelledSpan[];
  readonly rejected: readonly LabelledSpan[];
  /** True where whatever is unlabelled has no label. */
  readonly reviewed: boolean;
  /** True where a person had to say what no suggestion said. */
  readonly corrected: boolean;
}

/** All that is known of one layer. */
export interface LayerKnowledge {
  readonly layer: LayerSpec;
  /** Sentences of which something is known. */
  readonly known: readonly KnownSentence[];
  /** Confirmed labels that can be learnt from, by label. */
  readonly examples: Readonly<Record<string, number>>;
  readonly notices: readonly string[];
}

/** Places that a notice names; more are only counted. */
const placesNamed = 5;

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Collects what is left out, by reason. */
class LeftOut {
  readonly #places = new Map<string, string[]>();

  add(reason: string, place: string): void {
    this.#places.set(reason, [...(this.#places.get(reason) ?? []), place]);
  }

  notices(): string[] {
    return [...this.#places].map(([reason, places]) => {
      const more = places.length > placesNamed ? ` and ${places.length - placesNamed} more` : '';
      return `${count(places.length, 'label')} left out: ${reason} (${places.slice(0, placesNamed).join(', ')}${more}).`;
    });
  }
}

/** The sentence that a place lies in, or undefined between sentences. */
function sentenceAt(sentences: readonly PlacedSentence[], at: number): PlacedSentence | undefined {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle].end <= at) low = middle + 1;
    else high = middle;
  }
  const found = sentences[low] as PlacedSentence | undefined;
  return found && found.start <= at ? found : undefined;
}

/** The rows of a label in its sentence, or the reason why it has none. */
function rowsOf(
  { start, end }: Label,
  sentence: PlacedSentence,
  kind: LayerSpec['kind'],
): LabelledSpan | string {
  const label = '';
  if (kind === 'sentence')
    return start <= sentence.start && end >= sentence.end
      ? { start: 0, end: 1, label }
      : 'it marks only a part of a sentence';
  const first = sentence.tokens.findIndex((token) => token.start === start);
  const last = sentence.tokens.findIndex((token) => token.end === end);
  if (end > sentence.end) return 'it crosses the end of a sentence';
  if (first < 0 || last < first) return 'it cuts through a word';
  if (kind === 'token' && last > first) return 'it marks more than one word';
  return { start: first, end: last + 1, label };
}

/** Of labels that contradict each other the one that was decided on last. */
function withoutOverlaps(
  spans: readonly { readonly span: LabelledSpan; readonly label: Label }[],
  leftOut: (label: Label) => void,
): LabelledSpan[] {
  const newest = [...spans].sort((a, b) =>
    a.label.time < b.label.time ? 1 : a.label.time > b.label.time ? -1 : 0,
  );
  const kept: LabelledSpan[] = [];
  for (const { span, label } of newest) {
    const same = kept.some(
      ({ start, end, label: name }) => start === span.start && end === span.end && name === span.label,
    );
    if (same) continue;
    if (kept.some(({ start, end }) => start < span.end && end > span.start)) leftOut(label);
    else kept.push(span);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/**
 * Brings the labels of one layer to the words of the texts. What waits for review, contradicts something newer, or does
 * not fit whole words is left out and said.
 */
export function layerKnowledge(texts: readonly RetrainingText[], layer: LayerSpec): LayerKnowledge {
  const leftOut = new LeftOut();
  const known: KnownSentence[] = [];
  const examples = new Map<string, number>();
  const names = new Set(layer.labels);
  for (const text of texts) {
    const own = text.labels.filter((label) => label.layer === layer.name);
    const standing = own.filter((label) => {
      const reason =
        label.review !== undefined || label.rivalOf !== undefined
          ? 'it waits for review'
          : names.has(label.label)
            ? ''
            : `“${label.label}” is no label of the layer ${layer.name}`;
      if (reason) leftOut.add(reason, text.placeOf(label));
      return !reason;
    });
    const bySentence = new Map<PlacedSentence, { span: LabelledSpan; label: Label }[]>();
    for (const label of standing) {
      const sentence = sentenceAt(text.sentences, label.start);
      const rows = sentence ? rowsOf(label, sentence, layer.kind) : 'it stands outside of every sentence';
      if (typeof rows === 'string' || !sentence) {
        leftOut.add(typeof rows === 'string' ? rows : '', text.placeOf(label));
        continue;
      }
      const list = bySentence.get(sentence) ?? [];
      bySentence.set(sentence, list);
      list.push({ span: { ...rows, label: label.label }, label });
    }
    const reviewed = new Set(reviewedIn(text, layer.name));
    for (const sentence of text.sentences) {
      const found = bySentence.get(sentence);
      if (!found && !reviewed.has(sentence)) continue;
      const confirmed = (found ?? []).filter(({ label }) => label.state === 'confirmed');
      const spans = withoutOverlaps(confirmed, (label) =>
        leftOut.add('a newer label contradicts it', text.placeOf(label)),
      );
      for (const { label } of spans) examples.set(label, (examples.get(label) ?? 0) + 1);
      const rejected = (found ?? [])
        .filter(({ label }) => label.state === 'rejected')
        .map(({ span }) => span);
      const corrected = rejected.length > 0 || confirmed.some(({ label }) => label.confidence === undefined);
      known.push({ text, sentence, spans, rejected, reviewed: reviewed.has(sentence), corrected });
    }
  }
  return { layer, known, examples: Object.fromEntries(examples), notices: leftOut.notices() };
}

/** The sentences that were marked as reviewed, for all layers or this one. */
function reviewedIn({ labels, sentences }: RetrainingText, layer: string): PlacedSentence[] {
  const marks = labels.filter(
    (label) =>
      label.layer === reviewedLayer &&
      label.state === 'confirmed' &&
      label.review === undefined &&
      (label.label === '*' || label.label === layer),
  );
  return sentences.filter((sentence) =>
    marks.some(({ start, end }) => start <= sentence.start && end >= sentence.end),
  );
}
