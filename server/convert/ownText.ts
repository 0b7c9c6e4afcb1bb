/** A copy of a text that is kept: what was cut out of a large one would keep all of that in memory. */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
