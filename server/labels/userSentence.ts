import type { InputError } from '../../models/errors';

/** What happened and what to do, without the path of a file: for a message in an editor. */
export function sentenceFor({ message, remedy }: InputError): string {
  return `${message}${remedy ? ` ${remedy}` : ''}`;
}
