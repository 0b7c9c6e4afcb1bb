import { type ClientCapabilities, MarkupKind } from 'vscode-languageserver';

/** How the parts of a hover are written. */
export interface HoverStyle {
  readonly kind: MarkupKind;
  readonly lineBreak: string;
  escape(text: string): string;
  strong(text: string): string;
  emphasis(text: string): string;
}

/** What begins a heading, a quote, an item, a rule or an underlined heading where a line begins with it. */
const BLOCK = /^( *)([-+=#](?![\p{L}\p{N}])|>)/u;
const NUMBERED_ITEM = /^( *\d{1,9})([.)])(?= |$)/;
/** What begins or ends emphasis, code, links, tags, cells and struck words anywhere; `_` within a word does not. */
const MARKS = /[\\`*[\]<|~]|(?<![\p{L}\p{N}_])_+|(?<!_)_+(?![\p{L}\p{N}_])/gu;
/** An entity, an icon of VS Code. */
const NAMED = /&(?=#?[\p{L}\p{N}]+;)|\$(?=\()/gu;
/** The signs that make an address, which editors turn into a link by themselves. */
const ADDRESS =
  /:(?=\/\/)|\/(?=\/)|(?<=mailto|xmpp):|(?<=\S)@(?=\S)|(?<=www|[\p{L}\p{N}-])\.(?=\p{L}{2})|(?<=www)\./giu;

const escapeEach = (signs: string): string => signs.replace(/./g, '\\$&');

/**
 * Words of other people as the plain text that they are, also where an editor shows the source: only what Markdown would
 * take for markup is escaped. White space stays on its line, for a line may begin a block.
 */
const escapeMarkdown = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(MARKS, escapeEach)
    .replace(NAMED, escapeEach)
    .replace(ADDRESS, escapeEach)
    .replace(BLOCK, '$1\\$2')
    .replace(NUMBERED_ITEM, '$1\\$2');

/** Marks have to touch the words: before a blank they would begin a list. */
function marked(mark: string, text: string): string {
  const words = escapeMarkdown(text).trim();
  return words === '' ? '' : `${mark}${words}${mark}`;
}

const markdown: HoverStyle = {
  kind: MarkupKind.Markdown,
  lineBreak: '  \n',
  escape: escapeMarkdown,
  strong: (text) => marked('**', text),
  emphasis: (text) => marked('*', text),
};

const plainText: HoverStyle = {
  kind: MarkupKind.PlainText,
  lineBreak: '\n',
  escape: (text) => text,
  strong: (text) => text,
  emphasis: (text) => text,
};

/** Markdown, unless the client shows none. */
export function hoverStyle(client: ClientCapabilities): HoverStyle {
  const formats = client.textDocument?.hover?.contentFormat ?? [MarkupKind.Markdown];
  return formats.includes(MarkupKind.Markdown) ? markdown : plainText;
}
