/** Where bad input was found: a file and, where it has lines, a line counted from 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
}

/** Characters of a sentence: a file may hold a word of megabytes, and the sentence about it quotes it. */
const LONGEST = 600;

/**
 * Something the user can mend: a missing file, a broken line, a damaged model.
 * The message is one clear sentence without file or line; `remedy` says what to do.
 * Command-line programs print `format()` and exit with status 2; the server shows it.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    message: string,
    readonly place: Place = {},
    readonly remedy = '',
  ) {
    super(
      oneLine(
        message.length > LONGEST ? `${message.slice(0, LONGEST - 80)} … ${message.slice(-60)}` : message,
      ),
    );
  }

  /** `file:line: message Remedy.` on one line. */
  format(): string {
    const { file, line } = this.place;
    const where = file === undefined ? '' : line === undefined ? `${file}: ` : `${file}:${line}: `;
    return oneLine(`${where}${this.message}${this.remedy ? ` ${this.remedy}` : ''}`);
  }
}

/** Quoted words may hold line breaks, or what a terminal takes for commands. */
function oneLine(message: string): string {
  return message.replace(/[\p{Cc}\u2028\u2029]/gu, (sign) =>
    sign < ' ' ? String.fromCharCode(0x2400 + sign.charCodeAt(0)) : '\ufffd',
  );
}
