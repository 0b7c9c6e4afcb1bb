import type { DelimiterType, InlineContext, MarkdownConfig } from '@lezer/markdown';

/** The definition of a footnote: `[^1]: …`, with paragraphs indented by four. */
const NOTE = /^\[\^[^\]\s]+\]:[ \t]*/;
const NOTE_INDENT = 4;

/** Blocks beyond GitHub's Markdown: displayed math, and footnotes, which may hold several paragraphs. */
export const BLOCK_EXTENSIONS: MarkdownConfig = {
  defineNodes: [
    { name: 'MathBlock', block: true },
    {
      name: 'Footnote',
      block: true,
      composite(_, line, value) {
        if (line.indent < line.baseIndent + value && line.next > -1) return false;
        line.moveBaseColumn(line.baseIndent + value);
        return true;
      },
    },
  ],
  parseBlock: [
    {
      name: 'MathBlock',
      before: 'LinkReference',
      parse(cx, line) {
        const opened = line.text.slice(line.pos);
        if (cx.depth > 1 || !isMathLine(opened)) return false;
        const from = cx.lineStart + line.pos;
        let isClosed = /\$\$\s*$/.test(opened.slice(2));
        // An empty line ends it, too: while the end is not typed yet, the rest of the text stays what it was.
        while (cx.nextLine() && !isClosed && line.next > -1) isClosed = line.text.includes('$$');
        cx.addElement(cx.elt('MathBlock', from, cx.prevLineEnd()));
        return true;
      },
      endLeaf: (cx, line) => cx.depth <= 1 && isMathLine(line.text.slice(line.pos)),
    },
    {
      name: 'Footnote',
      before: 'LinkReference',
      parse(cx, line) {
        const mark = NOTE.exec(line.text.slice(line.pos));
        if (mark === null) return false;
        cx.startComposite('Footnote', line.pos, NOTE_INDENT);
        line.moveBase(line.pos + mark[0].length);
        return null;
      },
      endLeaf: (_, line) => NOTE.test(line.text.slice(line.pos)),
    },
  ],
};

/** `$$` opens a block unless the same line closes it and goes on. */
function isMathLine(line: string): boolean {
  if (!line.startsWith('$$')) return false;
  const end = line.indexOf('$$', 2);
  return end < 0 || line.slice(end + 2).trim() === '';
}

const HIGHLIGHT: DelimiterType = { resolve: 'Highlight', mark: 'HighlightMark' };
const LETTER = /[\p{L}\p{M}\p{N}]/u;

/** The first match of `pattern` at `at`, within one piece of inline text. */
function matchAt(cx: InlineContext, at: number, pattern: RegExp): RegExpExecArray | null {
  return pattern.exec(cx.slice(at, Math.min(cx.end, at + FARTHEST)));
}

/** Code units that inline markup of these kinds may take. */
const FARTHEST = 1000;

/**
 * Inline markup of the editors that people write in: math (`$x$`, `$$x$$`), wiki links (`[[page|shown]]`) and
 * embeddings, `==highlights==`, `:emoji:`, and Obsidian's `%%comments%%`.
 */
export const INLINE_EXTENSIONS: MarkdownConfig = {
  defineNodes: [
    'NoteMark',
    'Math',
    'WikiLink',
    'Embedding',
    'Highlight',
    'HighlightMark',
    'EmojiName',
    'HiddenNote',
  ],
  parseInline: [
    {
      name: 'Math',
      before: 'Link',
      parse(cx, next, at) {
        if (next !== 36 || /^(?:\$|\p{L}\$\d)/u.test(cx.slice(at - 1, at + 2))) return -1;
        const found = matchAt(cx, at, MATH);
        // `$5 and $6`: an amount goes on behind the second sign, and no formula ends at a blank.
        return found === null ? -1 : cx.addElement(cx.elt('Math', at, at + found[0].length));
      },
    },
    {
      name: 'NoteMark',
      before: 'Link',
      parse(cx, next, at) {
        const found = next === 91 && cx.char(at + 1) === 94 ? matchAt(cx, at, NOTE_MARK) : null;
        if (found === null) return -1;
        const length = found[0].length - (found[1] === ':' && at > cx.offset ? 1 : 0);
        return cx.addElement(cx.elt('NoteMark', at, at + length));
      },
    },
    {
      name: 'WikiLink',
      before: 'Link',
      parse(cx, next, at) {
        const isEmbedding = next === 33;
        if (!(isEmbedding && cx.char(at + 1) === 91) && next !== 91) return -1;
        const found = matchAt(cx, at, WIKI_LINK);
        if (found === null) return -1;
        return cx.addElement(cx.elt(isEmbedding ? 'Embedding' : 'WikiLink', at, at + found[0].length));
      },
    },
    {
      name: 'Highlight',
      after: 'Emphasis',
      parse(cx, next, at) {
        if (next !== 61 || cx.char(at + 1) !== 61 || cx.char(at + 2) === 61 || cx.char(at - 1) === 61)
          return -1;
        const [before, after] = [cx.slice(at - 1, at), cx.slice(at + 2, at + 3)];
        const opens = /^\S/u.test(after) && !LETTER.test(before);
        const closes = /\S$/u.test(before) && !LETTER.test(after);
        return opens || closes ? cx.addDelimiter(HIGHLIGHT, at, at + 2, opens, closes) : -1;
      },
    },
    {
      name: 'EmojiName',
      before: 'Emphasis',
      parse(cx, next, at) {
        if (next !== 58 || /[\p{L}\p{N}:]$/u.test(cx.slice(at - 1, at))) return -1;
        const found = matchAt(cx, at, EMOJI);
        return found === null ? -1 : cx.addElement(cx.elt('EmojiName', at, at + found[0].length));
      },
    },
    {
      name: 'HiddenNote',
      before: 'Emphasis',
      parse(cx, next, at) {
        const found = next === 37 ? matchAt(cx, at, HIDDEN_NOTE) : null;
        return found === null ? -1 : cx.addElement(cx.elt('HiddenNote', at, at + found[0].length));
      },
    },
  ],
};

/** `[^1]`, and `[^1]:` where a footnote begins. */
const NOTE_MARK = /^\[\^[^\]\s]+\](:?)/u;
const MATH =
  /^(?:\$\$(?!\$)(?:[^$\\`]|\\[\s\S])+\$\$|\$`[^`]+`\$|\$(?![\s$])(?:[^$\\`]|\\[\s\S])*(?<!\s|\s(?:US|AU|NZ|HK|CA?|A|R))\$(?![\d$]))/u;
/** Brackets in brackets that a target follows are an ordinary link. */
const WIKI_LINK = /^!?\[\[[^[\]|\n]*(?:\\?\|[^[\]\n]*)?\]\](?![(])/u;
const EMOJI = /^:(?:[+-]1|[a-z][a-z0-9_+-]*):(?![\p{L}\p{N}])/u;
const HIDDEN_NOTE = /^%%[\s\S]*?%%/u;

/** What a wiki link shows, as offsets in it: its words, else the page without the name of a part of it. */
export function wikiLinkWords(link: string): readonly [number, number] {
  const bar = link.indexOf('|');
  if (bar >= 0) return [bar + 1, link.length - 2];
  const part = link.indexOf('#');
  return part > 2 ? [2, part] : [part < 0 ? 2 : part + 1, link.length - 2];
}

/** The mark of a callout at the beginning of a quotation: `[!NOTE]`, `[!tip]-`. */
export const CALLOUT = /^\[![\p{L}\d|_ -]+\][+-]?[ \t]*/u;
