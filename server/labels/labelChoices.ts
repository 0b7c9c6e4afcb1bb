import type { Span } from '../../models/text/span';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { TrackedSentence } from '../documents/trackedSentence';
import type { ProjectLayer } from '../project/projectSchema';
import type { LabelChoice } from '../protocol/labels';
import { type Suggestion, suggestionsIn } from './openSuggestions';

/** A probability from which a label that is not the model's first choice stands among the first. */
const LIKELY = 0.1;
const KINDS = ['span', 'sentence', 'token'];

/**
 * The labels that a span could be given: first what the model thinks likely, then the others as the project orders
 * them. Token layers only for a single token, sentence layers only for a whole sentence.
 */
export function labelChoices(
  document: TrackedDocument,
  span: Span,
  layers: readonly ProjectLayer[],
): LabelChoice[] {
  const sentences = document.sentencesBetween(span.start, span.end);
  const isToken = sentences.length === 1 && isTokenOf(sentences[0], span);
  const isSentence = sentences.length === 1 && isSame(sentences[0], span);
  const fitting = layers
    .filter(
      ({ kind }) => kind === 'span' || (kind === 'token' ? isToken || sentences.length === 0 : isSentence),
    )
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  const said = sentences.length === 1 ? rankedBy(sentences[0], span) : [];
  const choices = fitting.flatMap((layer) =>
    layer.labels.map(({ name, description, key }) => {
      const probability = said.find((one) => one.layer === layer.name && one.label === name)?.probability;
      return {
        ...{ layer: layer.name, label: name },
        ...(description === undefined ? {} : { description }),
        ...(key === undefined ? {} : { key }),
        ...(probability === undefined ? {} : { probability }),
      };
    }),
  );
  const isLikely = ({ layer, label, probability = 0 }: LabelChoice): boolean =>
    probability >= LIKELY || said.find((one) => one.layer === layer)?.label === label;
  const likely = choices.filter((choice) => isLikely(choice));
  const order = new Map(fitting.map(({ kind, name }) => [name, KINDS.indexOf(kind)]));
  likely.sort(
    (a, b) =>
      (order.get(a.layer) ?? 0) - (order.get(b.layer) ?? 0) || (b.probability ?? 0) - (a.probability ?? 0),
  );
  return [...likely, ...choices.filter((choice) => !isLikely(choice))];
}

type Said = Pick<Suggestion, 'layer' | 'label' | 'probability'>;

/** What the model says of exactly this span, the best of each layer first, with the second best where it is known. */
function rankedBy(sentence: TrackedSentence, span: Span): Said[] {
  const best = suggestionsIn(sentence).filter((one) => isSame(one, span));
  return best.flatMap(({ layer, label, probability }): Said[] => {
    const prediction = sentence.prediction?.[layer];
    if (prediction?.kind === 'sentence') return prediction.labels.map((one) => ({ layer, ...one }));
    const first = { layer, label, probability };
    if (prediction?.kind !== 'token') return [first];
    const next = prediction.tags[sentence.tokenAt(span.start)]?.runnerUp;
    return next ? [first, { layer, ...next }] : [first];
  });
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function isTokenOf(sentence: TrackedSentence, span: Span): boolean {
  const token = sentence.tokenAt(span.start);
  return token >= 0 && isSame(sentence.tokenSpan(token), span);
}
