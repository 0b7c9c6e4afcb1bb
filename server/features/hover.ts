import { MarkupKind, type ClientCapabilities, type MarkupContent } from 'vscode-languageserver';
import type { LayerPrediction, Scored, SpanPrediction } from '../../models/taggers/prediction';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { TrackedSentence } from '../documents/trackedSentence';
import type { FeatureContext } from '../services';
import { definitionOf, layerTitle } from './labelDefinitions';
import { percent } from './percent';

/** Says of the word under the pointer what every layer holds. Answers from state, so at once. */
export function register({ connection, services, client, capabilities }: FeatureContext): void {
  capabilities.hoverProvider = true;
  const kind = kindFor(client);

  connection.onHover(({ textDocument, position }) => {
    const document = services.documents.get(textDocument.uri);
    const offset = document?.offsetAt(position) ?? 0;
    const sentence = document?.sentenceAt(offset);
    const token = sentence?.tokenAt(offset) ?? -1;
    if (!document || !sentence || sentence.prediction === null || token < 0) return null;
    return {
      contents: hoverContent(document, sentence, token, kind),
      range: document.rangeOf(sentence.tokenSpan(token)),
    };
  });
}

function kindFor(client: ClientCapabilities): MarkupKind {
  const formats = client.textDocument?.hover?.contentFormat ?? [MarkupKind.Markdown];
  return formats.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
}

function hoverContent(
  document: TrackedDocument,
  sentence: TrackedSentence,
  token: number,
  kind: MarkupKind,
): MarkupContent {
  const style = kind === MarkupKind.Markdown ? markdown : plainText;
  const parts = Object.entries(sentence.prediction ?? {}).map(([layer, prediction]) =>
    describe(document, sentence, token, layer, prediction, style),
  );
  return { kind, value: [style.strong(sentence.forms[token]), ...parts].join('\n\n') };
}

function describe(
  document: TrackedDocument,
  sentence: TrackedSentence,
  token: number,
  layer: string,
  prediction: LayerPrediction,
  style: Style,
): string {
  const title = layerTitle(layer);
  if (prediction.kind === 'token') {
    const tag = prediction.tags[token];
    const lines = [`${title}: ${scored(layer, tag, style)}`, ...explanation(layer, tag.label, style)];
    if (tag.runnerUp) lines.push(`Runner-up: ${scored(layer, tag.runnerUp, style)}`);
    return lines.join(style.lineBreak);
  }
  if (prediction.kind === 'sentence') {
    const [best, next] = prediction.labels;
    const lines = [`Sentence, ${title}: ${scored(layer, best, style)}`];
    if (next) lines.push(`Runner-up: ${scored(layer, next, style)}`);
    return lines.join(style.lineBreak);
  }
  const span = prediction.spans.find(({ start, end }) => start <= token && token < end);
  if (span === undefined) return `${title}: none`;
  const text = style.escape(spanText(document, sentence, span));
  const head = `${title}: ${scored(layer, span, style)}, “${text}”`;
  return [head, ...explanation(layer, span.label, style)].join(style.lineBreak);
}

function scored(layer: string, { label, probability }: Scored, style: Style): string {
  const definition = definitionOf(layer, label);
  const name = definition === undefined ? '' : ` (${definition.name})`;
  return `${style.strong(label)}${name} ${percent(probability)}`;
}

function explanation(layer: string, label: string, style: Style): string[] {
  const definition = definitionOf(layer, label);
  return definition === undefined ? [] : [style.emphasis(definition.explanation)];
}

function spanText(document: TrackedDocument, sentence: TrackedSentence, span: SpanPrediction): string {
  return document.getText(sentence.tokenSpan(span.start, span.end - 1)).replace(/\s+/g, ' ');
}

interface Style {
  readonly lineBreak: string;
  escape(text: string): string;
  strong(text: string): string;
  emphasis(text: string): string;
}

const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!<>|~&$]/g, '\\$&');

const markdown: Style = {
  lineBreak: '  \n',
  escape: escapeMarkdown,
  strong: (text) => `**${escapeMarkdown(text)}**`,
  emphasis: (text) => `*${escapeMarkdown(text)}*`,
};

const plainText: Style = {
  lineBreak: '\n',
  escape: (text) => text,
  strong: (text) => text,
  emphasis: (text) => text,
};
