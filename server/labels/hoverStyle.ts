import { type ClientCapabilities, MarkupKind } from 'vscode-languageserver';

/** How the parts of a hover are written. */
export interface HoverStyle {
  readonly kind: MarkupKind;
  readonly lineBreak: string;
  escape(text: string): string;
  strong(text: string): string;
  emphasis(text: string): string;
}

const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!<>|~&$]/g, '\\$&');

const markdown: HoverStyle = {
  kind: MarkupKind.Markdown,
  lineBreak: '  \n',
  escape: escapeMarkdown,
  strong: (text) => `**${escapeMarkdown(text)}**`,
  emphasis: (text) => `*${escapeMarkdown(text)}*`,
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
