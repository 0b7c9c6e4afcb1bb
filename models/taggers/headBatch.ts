import { characterIds } from '../nn/characters';
import { reversal } from '../nn/gather';
import type { Vocabulary } from '../vocab/vocabulary';

/** What a head reads of some sentences beside the biLM's vectors. Places are t·B + b. */
export interface HeadBatch {
  /** Rows of the head's word vectors, [T·B]; 0 after the end of a sentence. */
  readonly wordRows: Int32Array;
  /** Character ids of the distinct words. */
  readonly words: readonly Uint16Array[];
  /** Which of them stands at each place, [T·B]. */
  readonly places: Int32Array;
  /** Tokens of each of the B sentences. */
  readonly lengths: readonly number[];
  /** T */
  readonly steps: number;
  /** The order that reverses each sentence. */
  readonly order: Int32Array;
}

const maximumCharacters = 32;

/** @param sentences B sentences of word forms, none of them empty */
export function headBatch(sentences: readonly (readonly string[])[], vocabulary: Vocabulary): HeadBatch {
  const lengths = sentences.map((forms) => forms.length);
  const steps = Math.max(...lengths);
  const size = steps * sentences.length;
  const wordRows = new Int32Array(size);
  const places = new Int32Array(size);
  const index = new Map<string, number>();
  sentences.forEach((forms, b) =>
    forms.forEach((form, t) => {
      const place = t * sentences.length + b;
      wordRows[place] = vocabulary.rowOf(form);
      if (!index.has(form)) index.set(form, index.size);
      places[place] = index.get(form)!;
    }),
  );
  const words = [...index.keys()].map((form) => characterIds(form, maximumCharacters));
  return { wordRows, words, places, lengths, steps, order: reversal(lengths, steps) };
}
