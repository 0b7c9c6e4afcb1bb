import { type ClientCapabilities, MarkupKind } from 'vscode-languageserver';

/** How the parts of a hover are written. */
export interface HoverStyle {
  readonly kind: MarkupKind;
  readonly lineBreak: string;
  escape(text: string): string;
  strong(text: string): string;
  emphasis(text: string): string;
}

/**
 * Words of other people as the plain text that they are. Signs that make addresses are escaped, too: editors turn those
 * into links by themselves. White space stays on its line, for a line may begin a block.
 */
const escapeMarkdown = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!<>|~&$:@=/]/g, '\\$&');

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
