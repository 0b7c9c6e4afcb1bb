import type { LabelledSpan } from '../tags/bio';
import { OUTSIDE } from '../tags/tagSet';

/** How runs of tokens are written as one tag for each token. */
export type TagScheme = 'iob2' | 'bilou' | 'bioes';

/** The marks of a scheme: a span of one token, its first, inner and last token. */
const MARKS: Readonly<
  Record<TagScheme, readonly [unit: string, first: string, inner: string, last: string]>
> = {
  iob2: ['B', 'B', 'I', 'I'],
  bilou: ['U', 'B', 'I', 'L'],
  bioes: ['S', 'B', 'I', 'E'],
};

/** The tags of spans that don't overlap, over `length` tokens. */
export function encodeSpans(spans: readonly LabelledSpan[], length: number, scheme: TagScheme): string[] {
  const tags = new Array<string>(length).fill(OUTSIDE);
  const [unit, first, inner, last] = MARKS[scheme];
  for (const { start, end, label } of spans)
    for (let i = start; i < end; i++) {
      const mark = end - start === 1 ? unit : i === start ? first : i === end - 1 ? last : inner;
      tags[i] = `${mark}-${label}`;
    }
  return tags;
}

/**
 * The spans of tags of any scheme, in order: B, U and S begin a span; I, M, L and E continue one of the same label
 * and else begin one (IOB1, Tjong Kim Sang and Veenstra 1999); U, S, L and E end it.
 * @returns the index of the first tag that is none, where there is one
 */
export function decodeSpans(tags: readonly string[]): LabelledSpan[] | number {
  const spans: LabelledSpan[] = [];
  let start = -1; // of the open span, if any
  let open = '';
  const close = (end: number): void => {
    if (start >= 0) spans.push({ start, end, label: open });
    start = -1;
  };
  for (const [i, tag] of tags.entries()) {
    const parts = parseTag(tag);
    if (!parts) return i;
    const continues = start >= 0 && 'IMLE'.includes(parts.mark) && open === parts.label;
    if (!continues) {
      close(i);
      if (parts.mark !== OUTSIDE) [start, open] = [i, parts.label];
    }
    if ('USLE'.includes(parts.mark)) close(i + 1);
  }
  close(tags.length);
  return spans;
}

/** The parts of a tag, or null for anything else; `_` and `-` stand for no tag. */
export function parseTag(tag: string): { mark: string; label: string } | null {
  if (tag === OUTSIDE || tag === '_' || tag === '-') return { mark: OUTSIDE, label: '' };
  const match = /^([BIMLEUS])-(.+)$/su.exec(tag);
  return match && { mark: match[1], label: match[2] };
}

/** The scheme that tags are written in; `fallback` where they don't tell. */
export function schemeOf(tags: Iterable<string>, fallback: TagScheme = 'iob2'): TagScheme {
  for (const tag of tags) {
    if (/^[LU]-/.test(tag)) return 'bilou';
    if (/^[ES]-/.test(tag)) return 'bioes';
  }
  return fallback;
}
