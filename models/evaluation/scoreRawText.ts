import { score, type Score } from './score';
import type { SegmentedSentence } from './segmentedText';
import { alignWords, type PlacedWord } from './wordAlignment';

/** F1 of segmentation and tags on raw text, as in the CoNLL 2018 shared task. */
export interface RawTextScores {
  readonly tokens: Score;
  readonly sentences: Score;
  readonly words: Score;
  readonly upos: Score;
}

/**
 * Scores a segmentation of a text and its tags against the gold ones as `conll18_ud_eval.py` does (Zeman et al.
 * 2018, https://universaldependencies.org/conll18/evaluation.html): tokens and sentences by their place among the
 * characters that are not blanks, words by `alignWords`, tags on the aligned words.
 * @throws RangeError where the two do not hold the same characters.
 */
export function scoreRawText(
  gold: Iterable<SegmentedSentence>,
  system: Iterable<SegmentedSentence>,
): RawTextScores {
  const [a, b] = [place(gold), place(system)];
  if (a.characters !== b.characters) throw new RangeError(difference(a.characters, b.characters));
  const pairs = alignWords(a.words, b.words);
  const totals = { gold: a.words.length, predicted: b.words.length };
  return {
    tokens: score(countSame(a.tokens, b.tokens)),
    sentences: score(countSame(a.sentences, b.sentences)),
    words: score({ ...totals, correct: pairs.length }),
    upos: score({ ...totals, correct: pairs.filter(([x, y]) => x.tag === y.tag).length }),
  };
}

type Place = readonly [start: number, end: number];

interface PlacedText {
  readonly characters: string;
  readonly tokens: readonly Place[];
  readonly sentences: readonly Place[];
  readonly words: readonly PlacedWord[];
}

function place(sentences: Iterable<SegmentedSentence>): PlacedText {
  const forms: string[] = [];
  const tokens: Place[] = [];
  const places: Place[] = [];
  const words: PlacedWord[] = [];
  let end = 0;
  for (const sentence of sentences) {
    const sentenceStart = end;
    for (const token of sentence) {
      // Like the reference: blanks inside a token do not count, whichever side has them.
      const form = token.form.replace(/\p{Zs}/gu, '');
      const start = end;
      end += form.length;
      forms.push(form);
      tokens.push([start, end]);
      const multiword = token.words.length > 1;
      for (const word of token.words)
        words.push({ form: multiword ? word.form : form, tag: word.tag, start, end, multiword });
    }
    if (sentence.length) places.push([sentenceStart, end]);
  }
  return { characters: forms.join(''), tokens, sentences: places, words };
}

function countSame(
  gold: readonly Place[],
  system: readonly Place[],
): { gold: number; predicted: number; correct: number } {
  const ends = new Map(gold);
  const correct = system.filter(([start, end]) => ends.get(start) === end).length;
  return { gold: gold.length, predicted: system.length, correct };
}

function difference(gold: string, system: string): string {
  let i = 0;
  while (i < gold.length && gold[i] === system[i]) i++;
  const [expected, found] = [gold.slice(i, i + 20), system.slice(i, i + 20)];
  return `The gold tokens and ours hold different characters: "${expected}" and "${found}".`;
}
