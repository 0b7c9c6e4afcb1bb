import { OUTSIDE } from './tagSet';

/** A labelled run of tokens [start, end) of one sentence, counted in tokens. */
export interface LabelledSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/**
 * How to read an `I-x` that does not follow `B-x` or `I-x`:
 * `conlleval` begins a span there, as the evaluation script of CoNLL-2000 to 2003 does (so IOB1 reads right);
 * `strict` reads it as outside.
 */
export type BioReading = 'conlleval' | 'strict';

/** The parts of a BIO tag: `B-PER` is B of PER; `O` has no label. */
export interface BioTag {
  readonly mark: 'B' | 'I' | 'O';
  readonly label: string;
}

/** The parts of a BIO tag, or null for anything else. A label may hold hyphens. */
export function parseBioTag(tag: string): BioTag | null {
  if (tag === OUTSIDE) return { mark: 'O', label: '' };
  const mark = tag[0];
  if ((mark !== 'B' && mark !== 'I') || tag[1] !== '-' || tag.length < 3) return null;
  return { mark, label: tag.slice(2) };
}

/**
 * The spans that BIO tags stand for, in order, never overlapping.
 * @throws RangeError for a tag that is not BIO.
 */
export function spansOfTags(tags: readonly string[], reading: BioReading = 'conlleval'): LabelledSpan[] {
  const spans: LabelledSpan[] = [];
  let open: { start: number; label: string } | null = null;
  for (let i = 0; i <= tags.length; i++) {
    const tag: BioTag | null = i < tags.length ? parseBioTag(tags[i]) : { mark: 'O', label: '' };
    if (!tag) throw new RangeError(`"${tags[i]}" is not a BIO tag.`);
    if (open && tag.mark === 'I' && tag.label === open.label) continue;
    if (open) spans.push({ start: open.start, end: i, label: open.label });
    const begins = tag.mark === 'B' || (tag.mark === 'I' && reading === 'conlleval');
    open = begins ? { start: i, label: tag.label } : null;
  }
  return spans;
}

/**
 * The BIO tags (IOB2) of spans over a sentence of `length` tokens; the inverse of `spansOfTags`.
 * @throws RangeError where spans overlap, are empty or leave the sentence.
 */
export function tagsOfSpans(spans: readonly LabelledSpan[], length: number): string[] {
  const tags = new Array<string>(length).fill(OUTSIDE);
  for (const { start, end, label } of spans) {
    if (start < 0 || end > length || start >= end)
      throw new RangeError(`No span [${start}, ${end}) in ${length} tokens.`);
    for (let i = start; i < end; i++) {
      if (tags[i] !== OUTSIDE) throw new RangeError(`Two spans overlap at token ${i}.`);
      tags[i] = `${i === start ? 'B' : 'I'}-${label}`;
    }
  }
  return tags;
}
