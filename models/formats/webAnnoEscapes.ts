/** Escapes of the WebAnno TSV format, as INCEpTION reads and writes them (`Escaping.java`). */

const TEXT_NAMES: Readonly<Record<string, string>> = {
  '\t': 't',
  '\n': 'n',
  '\f': 'f',
  '\r': 'r',
  '\b': 'b',
  '\\': '\\',
};
const TEXT_SIGNS = new Map(Object.entries(TEXT_NAMES).map(([sign, name]) => [name, sign]));

/** The text of a `#Text=` line: control characters and backslashes behind a backslash. */
export function escapeText(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0007\t\n\f\r\b\u000e-\u001f\\]/g, (sign) => `\\${TEXT_NAMES[sign] ?? sign}`);
}

/** Up to TSV 3.1 the text is escaped as Java is, and in a way of its own since. */
export type WebAnnoVersion = 'java' | 'own';

export function unescapeText(text: string, version: WebAnnoVersion = 'own'): string {
  if (version === 'java') return unescapeJava(text);
  return text.replace(
    /\\([\s\S])/g,
    (pair, sign: string) => TEXT_SIGNS.get(sign) ?? (sign < ' ' ? sign : pair),
  );
}

/** As `StringEscapeUtils.unescapeJava` of Apache Commons reads: `\u00FC`, octal numbers, and signs behind a backslash. */
function unescapeJava(text: string): string {
  return text.replace(
    /\\(?:u+\+?([0-9A-Fa-f]{4})|([0-3]?[0-7]{1,2})|([\s\S]))/g,
    (_, hex: string | undefined, octal: string | undefined, sign: string | undefined) =>
      hex !== undefined
        ? String.fromCharCode(parseInt(hex, 16))
        : octal !== undefined
          ? String.fromCharCode(parseInt(octal, 8))
          : (TEXT_SIGNS.get(sign ?? '') ?? sign ?? ''),
  );
}

/** A value in a column. `->` is escaped as one. */
export function escapeValue(value: string): string {
  return value
    .replace(/->|[\\[\]|_;*]/g, (sign) => `\\${sign}`)
    .replace(/\t/g, '\\t')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, ' ');
}

export function unescapeValue(value: string): string {
  return value.replace(/\\(->|[\\[\]|_;*tn])/g, (_, sign: string) =>
    sign === 't' ? '\t' : sign === 'n' ? '\n' : sign,
  );
}
