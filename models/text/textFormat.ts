/** How a text is marked up. */
export type TextFormat = 'plain' | 'markdown' | 'latex' | 'restructuredtext' | 'asciidoc' | 'org';

/** File name extensions of each format, by the language identifier that editors give to it. */
export const TEXT_EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  plaintext: ['.txt', '.text'],
  markdown: ['.md', '.markdown', '.mkd', '.mdx', '.qmd', '.rmd'],
  latex: ['.tex', '.latex', '.ltx'],
  restructuredtext: ['.rst', '.rest'],
  asciidoc: ['.adoc', '.asciidoc', '.asc'],
  org: ['.org'],
};

const LANGUAGES: ReadonlyMap<string, TextFormat> = new Map<string, TextFormat>([
  ['markdown', 'markdown'],
  ['mdx', 'markdown'],
  ['quarto', 'markdown'],
  ['rmd', 'markdown'],
  ['latex', 'latex'],
  ['tex', 'latex'],
  ['restructuredtext', 'restructuredtext'],
  ['asciidoc', 'asciidoc'],
  ['org', 'org'],
]);

/** The format of an editor's language; what is not known as markup is plain text. */
export function formatOfLanguage(languageId: string): TextFormat {
  return LANGUAGES.get(languageId) ?? 'plain';
}

/** The language of a file, by its name, if it is one that texts are written in; `.gz` behind it does not matter. */
export function languageOfFile(name: string): string | undefined {
  const extension = /\.[^./\\]*$/.exec(name.toLowerCase().replace(/\.gz$/, ''))?.[0];
  return Object.keys(TEXT_EXTENSIONS).find((language) =>
    TEXT_EXTENSIONS[language].some((one) => one === extension),
  );
}

/** Extensions of files that hold annotated data and tables. */
const DATA =
  /\.(?:conll|conllu|conllup|conll2003|iob2?|bio|bilou|bioes|tsv|csv|jsonl?|ndjson|ann|xml|tei|spacy)(?:\.gz)?$/i;

/** Whether a file holds data and no prose, by its name. */
export function isDataFile(name: string): boolean {
  return DATA.test(name);
}

/** The format of a document: by its language, or by its name where the editor has no language for it. */
export function formatOfDocument(languageId: string, name: string): TextFormat {
  return languageId === 'plaintext' ? formatOfFile(name) : formatOfLanguage(languageId);
}

/** The format of a file, by its name. */
export function formatOfFile(name: string): TextFormat {
  return formatOfLanguage(languageOfFile(name) ?? 'plaintext');
}
