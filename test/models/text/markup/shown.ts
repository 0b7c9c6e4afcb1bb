import { segment, type TextFormat } from '../../../../models/text/segmenter';

/** One line a sentence; where the source of a token differs from its form, it follows in braces. */
export function shown(text: string, format: TextFormat): string[] {
  return segment(text, format).map(({ tokens }) =>
    tokens
      .map(({ start, end, form }) =>
        text.slice(start, end) === form ? form : `${form}{${text.slice(start, end)}}`,
      )
      .join(' '),
  );
}
