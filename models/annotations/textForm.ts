import { atOnce } from '../atOnce';
import { type BlockContent, sourceEnd, sourceStart } from '../text/block';
import { VisibleText } from '../text/visibleText';

/**
 * Runs of characters that Unicode's normal forms compose or decompose together: a character with its combining marks,
 * or the letters of one Hangul syllable.
 */
const COMPOSED =
  '[\\u1100-\\u115F\\uA960-\\uA97C][\\u1160-\\u11A7\\uD7B0-\\uD7C6]+[\\u11A8-\\u11FF\\uD7CB-\\uD7FB]*' +
  '|[\\uAC00-\\uD7A3][\\u1160-\\u11FF]*|\\P{M}?\\p{M}+|[^\\0-\\x7F]';

/** Runs that are looked at in one step. */
const STEP = 2000;

/** The same text written another way, and where each of its code units stands in the text itself. */
export class TextForm {
  readonly #content: BlockContent;

  private constructor(content: BlockContent) {
    this.#content = content;
  }

  /** With other line ends (`undefined`: as they are) and in another Unicode normal form; in steps. */
  static writing(
    text: string,
    lineEnd: string | undefined,
    normal: 'NFC' | 'NFD' | undefined,
  ): Generator<void, TextForm> {
    const patterns = [
      ...(lineEnd === undefined ? [] : ['\\r\\n?|\\n']),
      ...(normal === undefined ? [] : [COMPOSED]),
    ];
    return TextForm.#replacing(text, new RegExp(patterns.join('|'), 'gu'), (run) =>
      lineEnd !== undefined && /^[\r\n]/.test(run) ? lineEnd : run.normalize(normal),
    );
  }

  /** `folding` at once, for short texts. */
  static folded(text: string): TextForm {
    return atOnce(TextForm.folding(text));
  }

  /** With runs of white space as one blank, accents composed, quotation marks straight, and without characters that nobody sees; in steps. */
  static folding(text: string): Generator<void, TextForm> {
    return TextForm.#replacing(text, FOLDED, (run) =>
      UNSEEN.test(run) ? '' : /^\s/u.test(run) ? ' ' : straight(run.normalize('NFC')),
    );
  }

  static *#replacing(
    text: string,
    pattern: RegExp,
    replacement: (run: string) => string,
  ): Generator<void, TextForm> {
    const visible = new VisibleText(text);
    let [at, count] = [0, 0];
    for (const { 0: run, index } of text.matchAll(pattern)) {
      if (++count % STEP === 0) yield;
      const other = replacement(run);
      if (other === run) continue;
      visible.copy(at, index);
      at = index + run.length;
      visible.replace(index, at, other);
    }
    visible.copy(at, text.length);
    return new TextForm(visible.all());
  }

  get text(): string {
    return this.#content.text;
  }

  /** Where in the text itself the code unit at `offset` begins; at the end of the form, where the text ends. */
  sourceStart(offset: number): number {
    return offset < this.text.length ? sourceStart(this.#content, offset) : this.sourceEnd(offset);
  }

  /** Where in the text itself the code unit before `offset` ends. */
  sourceEnd(offset: number): number {
    return offset > 0 ? sourceEnd(this.#content, offset) : 0;
  }

  /** How many code units of the form begin before `source` in the text itself. */
  offsetOf(source: number): number {
    const { text, pieces = [{ visible: 0, source: 0, length: text.length }] } = this.#content;
    let [low, high] = [0, pieces.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (pieces[middle].source < source) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return 0;
    const { visible, source: from, length, width } = pieces[low - 1];
    return visible + (width === undefined ? Math.min(source - from, length) : length);
  }
}

/** With the marks that a word processor makes of `"` and `'` as they were typed. */
function straight(run: string): string {
  return run.replace(/[“”]/u, '"').replace(/[‘’]/u, "'");
}

/** Zero-width space, word joiner, soft hyphen. */
const UNSEEN = /^[\u00AD\u200B\u2060]+$/u;
const FOLDED = new RegExp(`\\s+|[\\u00AD\\u200B\\u2060]+|${COMPOSED}`, 'gu');
