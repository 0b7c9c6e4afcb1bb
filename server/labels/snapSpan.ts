import type { Label } from '../../models/annotations/label';
import type { Span } from '../../models/text/span';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { ProjectLayer } from '../project/projectSchema';
import { suggestionsIn } from './openSuggestions';

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’\-_][\p{L}\p{M}\p{N}]+)*/gu;

/**
 * The span that a selection means: whole tokens, without white space at its ends. A caret means the label or the
 * suggested entity it stands in, else its word. A layer of tokens takes the first token, one of sentences the sentence.
 * @param layer the layer to label, where it is known
 * @returns undefined where there is no word
 */
export function snapSpan(
  document: TrackedDocument,
  labels: readonly Label[],
  layers: readonly ProjectLayer[],
  { start, end }: Span,
  layer?: string,
): Span | undefined {
  const kind = layers.find(({ name }) => name === layer)?.kind;
  if (kind === 'sentence') return document.sentenceAt(start) ?? document.sentencesBetween(start, end)[0];
  if (kind === 'token') return tokenAt(document, selected(document, start, end)?.start ?? start);
  return start === end ? spanAt(document, labels, layers, start) : selected(document, start, end);
}

function spanAt(
  document: TrackedDocument,
  labels: readonly Label[],
  layers: readonly ProjectLayer[],
  offset: number,
): Span | undefined {
  const sentence = document.sentenceAt(offset);
  const word = tokenAt(document, offset);
  if (sentence === undefined || word === undefined) return word;
  const isSpanLayer = (name: string): boolean =>
    layers.some((layer) => layer.name === name && layer.kind === 'span');
  const around = [
    ...labels.filter(({ state, layer }) => state === 'confirmed' && isSpanLayer(layer)),
    ...suggestionsIn(sentence).filter(({ kind }) => kind === 'span'),
  ].filter((one) => one.start <= word.start && one.end >= word.end);
  const [best] = around.sort((a, b) => a.end - a.start - (b.end - b.start));
  return best === undefined ? word : { start: best.start, end: best.end };
}

function tokenAt(document: TrackedDocument, offset: number): Span | undefined {
  const sentence = document.sentenceAt(offset);
  const token = sentence?.tokenAt(offset) ?? -1;
  return sentence === undefined || token < 0 ? wordAt(document, offset) : sentence.tokenSpan(token);
}

function selected(document: TrackedDocument, from: number, to: number): Span | undefined {
  const words = document.getText({ start: from, end: to });
  const trimmed = {
    start: from + words.length - words.trimStart().length,
    end: from + words.trimEnd().length,
  };
  if (trimmed.start >= trimmed.end) return undefined;
  let { start, end } = trimmed;
  for (const sentence of document.sentencesBetween(start, end))
    sentence.content.tokens.forEach((_, i) => {
      const token = sentence.tokenSpan(i);
      if (token.end <= trimmed.start || token.start >= trimmed.end) return;
      start = Math.min(start, token.start);
      end = Math.max(end, token.end);
    });
  return { start, end };
}

/** The word at a place in a text that has no sentences: too long to be tagged, or no text to a tagger. */
function wordAt(document: TrackedDocument, offset: number): Span | undefined {
  const { line } = document.positionAt(offset);
  const lineStart = document.offsetAt({ line, character: 0 });
  const text = document.getText({ start: lineStart, end: document.lineEndAfter(offset) });
  for (const { index, 0: word } of text.matchAll(WORD)) {
    const span = { start: lineStart + index, end: lineStart + index + word.length };
    if (span.start <= offset && offset <= span.end) return span;
  }
  return undefined;
}
