import { InputError } from '../../models/errors';
import type { LayerPrediction, SentenceTagger } from '../../models/taggers/prediction';

/** Sentences of few and many words, of odd ones, and of none. */
const SENTENCES: readonly (readonly string[])[] = [
  ['The', 'ferry', 'left', 'Lisbon', 'at', 'nine', '.'],
  ['☕', 'ok', '!'],
  [],
  Array.from({ length: 60 }, (_, i) => (i % 7 === 6 ? ',' : `word${i}`)),
];

/**
 * Has a tagger tag a few sentences and looks whether its answers are sound.
 * @throws InputError where they are not, whatever the tagger throws
 */
export async function tryOut(tagger: SentenceTagger): Promise<void> {
  const predictions = await tagger.tag(SENTENCES);
  const isSound =
    predictions.length === SENTENCES.length &&
    predictions.every((prediction, i) =>
      tagger.layers.every(
        ({ name, labels }) =>
          prediction[name] !== undefined && isOf(prediction[name], SENTENCES[i].length, new Set(labels)),
      ),
    );
  if (!isSound) throw new InputError('The model failed its self-test: its predictions are invalid.');
}

function isOf(prediction: LayerPrediction, words: number, labels: ReadonlySet<string>): boolean {
  const isScored = ({ label, probability }: { label: string; probability: number }): boolean =>
    labels.has(label) && probability >= 0 && probability <= 1 + 1e-6;
  switch (prediction.kind) {
    case 'token':
      return prediction.tags.length === words && prediction.tags.every(isScored);
    case 'span':
      return prediction.spans.every(
        (span) => isScored(span) && 0 <= span.start && span.start < span.end && span.end <= words,
      );
    case 'sentence':
      return prediction.labels.every(isScored);
  }
}
