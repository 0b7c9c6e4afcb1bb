/** YAML (`---`) or TOML (`+++`) at the very start of a document, up to a line with the same fence (or `...`). */
const FRONT_MATTER =
  /^\uFEFF?(?:---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(?:.*\r?\n)*?\+\+\+)[ \t]*(?:\r?\n|$)/u;

/** The length of the front matter at the start of a Markdown document, 0 where there is none. */
export function frontMatterLength(text: string): number {
  const start = text.codePointAt(0) === 0xfeff ? 1 : 0;
  const fence = text.slice(start, start + 3);
  if (fence !== '---' && fence !== '+++') return 0;
  return FRONT_MATTER.exec(text)?.[0].length ?? 0;
}
