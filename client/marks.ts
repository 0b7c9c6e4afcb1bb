import type { LayerTags, SentenceLayerTags, WireSentence } from '../server/protocol/messages';

/** A tagged stretch of text, half-open, in UTF-16 code units of the document. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly layer: string;
  /** Whether every word carries a tag of this layer, only runs of words do, or whole sentences. */
  readonly kind: LayerTags['kind'];
  readonly label: string;
  /** The model's, in [0, 1]; undefined for what a person labelled. */
  readonly probability?: number;
  /** Where the mark is a whole sentence: all that is known of its label. */
  readonly sentence?: SentenceLayerTags;
}

/** Part of a document, half-open, in UTF-16 code units. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

export const wholeDocument: Window = { start: 0, end: Number.POSITIVE_INFINITY };

/** Every tag of the sentences that reach into `window`, in the order of the text. */
export function* marksIn(sentences: readonly WireSentence[], window = wholeDocument): Generator<Mark> {
  let end = 0;
  for (const sentence of sentences) {
    const start = end + sentence.gap;
    end = start + sentence.length;
    if (end <= window.start || sentence.layers === null) continue;
    if (start >= window.end) return;
    for (const [layer, tags] of Object.entries(sentence.layers)) {
      yield* marksOfLayer(start, sentence.tokens, layer, tags);
    }
  }
}

function* marksOfLayer(
  origin: number,
  tokens: readonly number[],
  layer: string,
  tags: LayerTags,
): Generator<Mark> {
  const { kind } = tags;
  if (kind === 'span') {
    for (const span of tags.spans) {
      const start = origin + tokens[2 * span.start];
      const { label, probability } = span;
      yield { start, end: origin + tokens[2 * span.end - 1], layer, kind, label, probability };
    }
    return;
  }
  if (kind === 'sentence') {
    const end = origin + tokens[tokens.length - 1];
    const { label, probability } = tags;
    yield { start: origin, end, layer, kind, label, probability, sentence: tags };
    return;
  }
  for (const [i, label] of tags.labels.entries()) {
    const [start, end] = [origin + tokens[2 * i], origin + tokens[2 * i + 1]];
    yield { start, end, layer, kind, label, probability: tags.probabilities[i] };
  }
}

/** `layer/label`: how settings and decorations name a tag. */
export function tagKey({ layer, label }: Pick<Mark, 'layer' | 'label'>): string {
  return `${layer}/${label}`;
}

/** Words of the sentences that carry tags, and all words. */
export function countWords(sentences: readonly WireSentence[]): { tagged: number; all: number } {
  let tagged = 0;
  let all = 0;
  for (const { tokens, layers } of sentences) {
    all += tokens.length / 2;
    if (layers !== null) tagged += tokens.length / 2;
  }
  return { tagged, all };
}
