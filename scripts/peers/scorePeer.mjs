import { library } from './library.mjs';

/** The three types that more than one tagger marks. */
const TYPES = new Set(['PER', 'ORG', 'LOC']);

/**
 * UPOS on the text of gold sentences. Words are aligned as the CoNLL 2018 shared task does: by their place among the
 * characters that are not blanks, the words of a multiword token by their forms.
 * @returns words of the gold standard, those that have a counterpart, and those of them with the right tag
 */
export function scoreUpos(gold, tokens) {
  const { scoreRawText, segmentedConllu } = library();
  const counts = { gold: 0, aligned: 0, right: 0 };
  gold.forEach((sentence, k) => {
    counts.gold += sentence.words.length;
    try {
      const { words, upos } = scoreRawText([segmentedConllu(sentence)], [tokens[k]]);
      counts.aligned += words.correct;
      counts.right += upos.correct;
    } catch (error) {
      // A tagger that changes or drops characters has no aligned words in that sentence.
      if (!(error instanceof RangeError)) throw error;
    }
  });
  return counts;
}

/** Precision, recall and F1 of PER, ORG and LOC; a span between the borders of gold tokens is wrong. */
export function scoreNames(gold, spans) {
  const { SpanScorer, spansOfTags } = library();
  const scorer = new SpanScorer();
  gold.forEach(({ forms, labels }, k) => {
    const starts = new Map();
    const ends = new Map();
    let at = 0;
    forms.forEach((form, token) => {
      starts.set(at, token);
      ends.set(at + form.length, token + 1);
      at += form.length + 1;
    });
    const predicted = spans[k].map(({ start, end, label }, other) => ({
      start: starts.get(start) ?? -1 - other,
      end: ends.get(end) ?? -1 - other,
      label,
    }));
    const known = (list) => list.filter(({ label }) => TYPES.has(label));
    scorer.add(known(spansOfTags(labels)), known(predicted));
  });
  return scorer.overall();
}
