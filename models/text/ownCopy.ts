/** Short strings are copied by any slice; a longer one is a view that would keep all of its text alive. */
const VIEW_LENGTH = 13;

/** The same string in memory of its own. */
export function ownCopy(text: string): string {
  return text.length < VIEW_LENGTH ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}
