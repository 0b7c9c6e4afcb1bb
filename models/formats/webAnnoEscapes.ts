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

export function unescapeText(text: string): string {
  return text.replace(
    /\\([\s\S])/g,
    (pair, sign: string) => TEXT_SIGNS.get(sign) ?? (sign < ' ' ? sign : pair),
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
