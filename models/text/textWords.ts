import { segment, type TextFormat } from './segmenter';

/** The sentences of a text as lists of word forms, as taggers and embedders take them. */
export function textWords(text: string, format: TextFormat = 'plain'): string[][] {
  return segment(text, format).map(({ content }) => [...content.forms]);
}
