import type { InputError } from '../../models/errors';
import type { LabelDocument } from '../labelStore/labelDocument';

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

/** That the labels of some texts, whose annotation files were deleted with their folder, are on disk again. */
export function savedAgainSentence(texts: readonly LabelDocument[]): string {
  const count = texts.reduce((sum, { live }) => sum + live.labels.length, 0);
  const whose = texts.length === 1 ? texts[0].name : `${texts.length} texts`;
  const labels = count === 1 ? 'label' : `${count} labels`;
  const were = count === 1 ? 'was' : 'were';
  return `The folder .glossator/annotations was deleted, so the ${labels} of ${whose}, still in memory, ${were} saved again.`;
}
