import type { InputError } from '../../models/errors';

/** What happened and what to do, without the path of a file: for a message in an editor. */
export function sentenceFor({ message, remedy }: InputError): string {
  return `${message}${remedy ? ` ${remedy}` : ''}`;
}

/** What some lines of an annotation file are told of, beside a text; undefined where there are none. */
export function linesSentence(problems: readonly InputError[]): string | undefined {
  const [first, ...others] = problems;
  if (first === undefined) return undefined;
  const rest = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `Line ${first.place.line ?? 1}${rest} of the annotation file: ${sentenceFor(first)} All other labels are there.`;
}
