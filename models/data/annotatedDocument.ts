import { ownValue } from '../ownValue';
import type { SentencePrediction } from '../taggers/prediction';
import { tagsOfSpans } from '../tags/bio';
import type { Sentence } from '../text/span';

/** A sentence of a text with what the tagger says of it. */
export interface AnnotatedSentence {
  readonly sentence: Sentence;
  readonly layers: SentencePrediction;
}

/** A whole text: what the writers take. Offsets of the sentences count code units of `source`. */
export interface AnnotatedDocument {
  /** A name for the reader: the file. */
  readonly id: string;
  readonly source: string;
  readonly sentences: readonly AnnotatedSentence[];
}

/**
 * The tags of one layer, one for each token (BIO in span layers), or null where the layer was not predicted or
 * labels whole sentences.
 */
export function layerTags({ sentence, layers }: AnnotatedSentence, layer: string): readonly string[] | null {
  const prediction = ownValue(layers, layer);
  if (prediction === undefined || prediction.kind === 'sentence') return null;
  if (prediction.kind === 'token') return prediction.tags.map(({ label }) => label);
  return tagsOfSpans(prediction.spans, sentence.tokens.length);
}

/** A form on one line of a column format: every run of white space as one blank, in Unicode NFC. */
export function oneLine(form: string): string {
  return form.replace(/\s+/g, ' ').trim().normalize('NFC');
}
