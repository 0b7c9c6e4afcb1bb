import type { Span } from '../text/span';
import { ExactWords, LIKELY } from './exactWords';
import type { Label } from './label';
import { CONTEXT } from './quoteLabel';
import { TextForm } from './textForm';

interface Folded {
  readonly text: TextForm;
  readonly labels: readonly Label[];
  readonly words: ExactWords;
}

/**
 * The words of labels in a text whose lines were broken anew or whose accents are written another way, with their
 * surroundings compared as a reader sees them. The text is folded when the first label is looked for.
 */
export class FoldedWords {
  readonly #labels: readonly Label[];
  readonly #text: string;
  #folded:
    { readonly text: TextForm; readonly labels: readonly Label[]; readonly words: ExactWords } | undefined;

  constructor(labels: readonly Label[], text: string) {
    this.#labels = labels;
    this.#text = text;
  }

  /**
   * Where the words of a label stand for certain.
   * @param index of the label
   * @param expected where it should be, in the text itself
   */
  *find(index: number, expected: number): Generator<void, Span | undefined> {
    this.#folded ??= yield* this.#fold();
    const { text, labels, words } = this.#folded;
    const label = labels[index];
    if (label.quote.trim() === '') return undefined;
    const found = yield* words.find(label, text.offsetOf(expected));
    if (found?.certain !== true) return undefined;
    return {
      start: text.sourceStart(found.start),
      end: text.sourceEnd(found.start + label.quote.length),
    };
  }

  *#fold(): Generator<void, Folded> {
    const text = yield* TextForm.folding(this.#text);
    yield;
    const labels: Label[] = [];
    for (const label of this.#labels) if (labels.push(foldedLabel(label)) % 100 === 0) yield;
    return { text, labels, words: new ExactWords(labels, text.text) };
  }
}

function foldedLabel(label: Label): Label {
  const { before, quote, after } = label;
  const folded = TextForm.folded(before + quote + after);
  const start = folded.offsetOf(before.length);
  const end = folded.offsetOf(before.length + quote.length);
  return {
    ...label,
    before: whole(folded.text.slice(0, start), before, /^.\p{M}*/su),
    quote: folded.text.slice(start, end),
    after: whole(folded.text.slice(end), after, /\P{M}?\p{M}*$/su),
  };
}

/** Context without its outermost character, which may be a part of one: it was cut off at a length. */
function whole(folded: string, context: string, outermost: RegExp): string {
  return context.length < CONTEXT - 1 || folded.length <= LIKELY ? folded : folded.replace(outermost, '');
}
