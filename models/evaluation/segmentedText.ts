import { surfaceTokens, type ConlluSentence } from '../data/conllu';
import type { Token } from '../text/span';

/** A syntactic word with its tag. */
export interface SegmentedWord {
  readonly form: string;
  readonly tag: string;
}

/** A surface token: one word, or a multiword token such as `don't` with its words. */
export interface SegmentedToken {
  readonly form: string;
  readonly words: readonly SegmentedWord[];
}

/** A sentence as the evaluation of raw text sees it. */
export type SegmentedSentence = readonly SegmentedToken[];

/** The surface tokens of a CoNLL-U sentence with their words and UPOS. */
export function segmentedConllu(sentence: ConlluSentence): SegmentedSentence {
  return surfaceTokens(sentence).map(({ form, start, end }) => ({
    form,
    words: sentence.words.slice(start, end).map((word) => ({ form: word.form, tag: word.upos })),
  }));
}

/** The surface tokens of our own segmentation: a run of joined words is one of them. */
export function segmentedTokens(tokens: readonly Token[], tags: readonly string[]): SegmentedSentence {
  const surface: { form: string; words: SegmentedWord[] }[] = [];
  tokens.forEach(({ form, joined }, i) => {
    const word = { form, tag: tags[i] ?? '_' };
    const before = surface.at(-1);
    if (joined && before) {
      before.form += form;
      before.words.push(word);
    } else surface.push({ form, words: [word] });
  });
  return surface;
}
