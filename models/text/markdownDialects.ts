import type { BlockContext, InlineContext, Line, MarkdownConfig } from '@lezer/markdown';

/** The line that opens or closes a `:::` block of Docusaurus, Pandoc, Quarto, MyST or VuePress, and its title. */
const FENCE = /^:{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]*)(?:\[([^\]\n]*)\])?(?:[ \t]*\{[^}\n]*\})?([^\n]*)$/;
/** The line that opens an admonition or a tab of MkDocs, whose content is indented by four. */
const ADMONITION =
  /^(?:(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*|===[!+]?)(?:[ \t]+"([^"\n]*)")?[ \t]*$/;
/** Those that are known without a title or content below. */
const KNOWN =
  /^\S+[ \t]+(?:note|abstract|info|tip|success|question|warning|failure|danger|bug|example|quote|attention|caution|hint|important|seealso|error|todo)\b/;
/** The definition below a term. */
const DEFINITION = /^:[ \t]+(?=\S)/;
const INDENT = 4;

/** Goes on with what is indented by `value`, and over empty lines. */
function isIndented(_: BlockContext, line: Line, value: number): boolean {
  if (line.indent < line.baseIndent + value && line.next > -1) return false;
  line.moveBaseColumn(line.baseIndent + value);
  return true;
}

/** Blocks of documentation tools: `:::` blocks, the admonitions and tabs of MkDocs, definitions. */
export const DIALECT_BLOCKS: MarkdownConfig = {
  defineNodes: [
    { name: 'BlockTitle', block: true },
    { name: 'Admonition', block: true, composite: isIndented },
    { name: 'Definition', block: true, composite: isIndented },
  ],
  parseBlock: [
    {
      name: 'ColonFence',
      before: 'LinkReference',
      parse(cx, line) {
        const found = FENCE.exec(line.text.slice(line.pos));
        if (found === null) return false;
        title(cx, line, found[1] ?? found[2].replace(/:+\s*$/, '').trim());
        cx.nextLine();
        return true;
      },
      endLeaf: (_, line) => FENCE.test(line.text.slice(line.pos)),
    },
    {
      name: 'Admonition',
      before: 'LinkReference',
      parse(cx, line) {
        const found = ADMONITION.exec(line.text.slice(line.pos));
        if (found === null || (found[1] === undefined && !KNOWN.test(found[0]))) return false;
        cx.startComposite('Admonition', line.pos, INDENT);
        title(cx, line, found[1] ?? '');
        cx.nextLine();
        return true;
      },
    },
    {
      name: 'Definition',
      before: 'LinkReference',
      parse(cx, line) {
        const mark = DEFINITION.exec(line.text.slice(line.pos));
        if (mark === null) return false;
        cx.startComposite('Definition', line.pos, INDENT);
        line.moveBase(line.pos + mark[0].length);
        return null;
      },
      endLeaf: (_, line) => DEFINITION.test(line.text.slice(line.pos)),
    },
  ],
};

/** Makes the words of a title in the line a block. */
function title(cx: BlockContext, line: Line, words: string): void {
  if (words === '') return;
  const from = cx.lineStart + line.text.lastIndexOf(words);
  cx.addElement(cx.elt('BlockTitle', from, from + words.length));
}

/** Code units that inline markup of these kinds may take. */
const FARTHEST = 1000;
const ATTRIBUTE = '(?:[#.][\\w:-]+|[\\w-]+=(?:"[^"\\n]*"|\'[^\'\\n]*\'|[^\\s{}"\']+))';

/** Tags of Liquid, Jinja, Hugo, and comments of MDX. */
const TEMPLATE = /^(?:\{%[^\n]*?%\}|\{\{\{?[^{}]*\}?\}\}|\{\/\*[\s\S]*?\*\/\})/u;
/** `{#id .class key=value}` behind what it belongs to, and the name of a MyST role. */
const ATTRIBUTES = new RegExp(
  `^(?:\\{:?[ \\t]*${ATTRIBUTE}(?:[ \\t]+${ATTRIBUTE})*[ \\t]*\\}|\\{[\\w:-]+\\}(?=\`))`,
  'u',
);
const CITATION = /^\[(?:(?:see(?: also)?|cf\.|e\.g\.,?) )?-?@[\p{L}\p{N}_][^[\]\n]*\](?![([:])/iu;
/** `H~2~O`, `5^th^` */
const SCRIPT = /^(?:~[\p{L}\p{N}+−-]{1,20}~(?!~)|\^[\p{L}\p{N}+−-]{1,20}\^)/u;
/** The name that Obsidian gives to a block, at its end. */
const BLOCK_ID = /^\^[A-Za-z\d-]{1,60}\s*$/;
const TEX_MATH = /^(?:\\\(([\s\S]*?)\\\)|\\\[([\s\S]*?)\\\])/;
/** What tells a formula from brackets that were escaped. */
const FORMULA = /\\[a-zA-Z]|[=^<>+]|[A-Za-z]_[A-Za-z\d{]/;

/** Inline markup of the same tools. */
export const DIALECT_INLINE: MarkdownConfig = {
  defineNodes: ['Template', 'Attributes', 'Citation', 'Script', 'BlockId', 'TexMath', 'InlineNote'],
  parseInline: [
    { name: 'TexMath', before: 'Escape', parse: texMath },
    { name: 'Template', before: 'Link', parse: byPattern('Template', '{', TEMPLATE) },
    { name: 'Attributes', after: 'Template', parse: byPattern('Attributes', '{', ATTRIBUTES) },
    { name: 'Citation', before: 'Link', parse: byPattern('Citation', '[', CITATION) },
    { name: 'Script', before: 'Emphasis', parse: script },
    { name: 'InlineNote', before: 'Link', parse: inlineNote },
  ],
};

function slice(cx: InlineContext, at: number): string {
  return cx.slice(at, Math.min(cx.end, at + FARTHEST));
}

function byPattern(name: string, first: string, pattern: RegExp) {
  const code = first.charCodeAt(0);
  return (cx: InlineContext, next: number, at: number): number => {
    const found = next === code ? pattern.exec(slice(cx, at)) : null;
    return found === null ? -1 : cx.addElement(cx.elt(name, at, at + found[0].length));
  };
}

/** `\(…\)` and `\[…\]`, which are escaped brackets in CommonMark and formulas in all that people write formulas in. */
function texMath(cx: InlineContext, next: number, at: number): number {
  if (next !== 92 || (cx.char(at + 1) !== 40 && cx.char(at + 1) !== 91)) return -1;
  const found = TEX_MATH.exec(slice(cx, at));
  if (found === null) return -1;
  const isFormula =
    found[1] === undefined
      ? FORMULA.test(found[2])
      : FORMULA.test(found[1]) || /^\s*\p{L}\s*$/u.test(found[1]);
  return isFormula ? cx.addElement(cx.elt('TexMath', at, at + found[0].length)) : -1;
}

function script(cx: InlineContext, next: number, at: number): number {
  if (next !== 126 && next !== 94) return -1;
  const before = cx.slice(at - 1, at);
  const found = /[\p{L}\p{N})\]]/u.test(before) ? SCRIPT.exec(slice(cx, at)) : null;
  if (found !== null) return cx.addElement(cx.elt('Script', at, at + found[0].length));
  const isName = next === 94 && /^\s/u.test(before) && BLOCK_ID.test(cx.slice(at, cx.end));
  return isName ? cx.addElement(cx.elt('BlockId', at, cx.end)) : -1;
}

/** `^[a footnote]` */
function inlineNote(cx: InlineContext, next: number, at: number): number {
  if (next !== 94 || cx.char(at + 1) !== 91) return -1;
  let depth = 0;
  for (let end = at + 1; end < Math.min(cx.end, at + FARTHEST); end++) {
    const char = cx.char(end);
    if (char === 92) end++;
    else if (char === 91) depth++;
    else if (char === 93 && --depth === 0) {
      const inner = cx.parser.parseInline(cx.slice(at + 2, end), at + 2);
      return cx.addElement(cx.elt('InlineNote', at, end + 1, inner));
    }
  }
  return -1;
}

/** Paragraphs without prose: the place of a table of contents, a break of a page, what a module imports and exports. */
export const BARE =
  /^(?:\[(?:TOC|toc)\]|\[\[_?(?:TOC|toc)_?\]\]|\\(?:newpage|pagebreak|clearpage)|(?:(?:import\s[^\n]*['"][^'"\n]+['"];?[ \t]*|export\s+(?:const|let|default|function)\s[^\n]*[={(][^\n]*)(?:\n|$))+)$/u;
