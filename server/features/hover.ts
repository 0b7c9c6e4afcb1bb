import { MarkupKind } from 'vscode-languageserver';
import type { Label } from '../../models/annotations/label';
import type { LayerPrediction, Scored, SpanPrediction } from '../../models/taggers/prediction';
import type { Span } from '../../models/text/span';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { TrackedSentence } from '../documents/trackedSentence';
import { commandLinks } from '../labels/commandLinks';
import { describeLabel, labelLinks } from '../labels/describeLabel';
import type { OpenText } from '../labels/openText';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';
import { readClientOptions } from '../settingsStore';
import { type HoverStyle, hoverStyle } from '../labels/hoverStyle';
import { definitionOf, layerTitle } from '../labels/labelDefinitions';
import { percent } from '../labels/percent';

/**
 * Says of the word under the pointer what every layer holds; a label outranks what the model says of its layer.
 * Answers from state, so at once.
 */
export function register({ incoming, services, client, params, capabilities }: FeatureContext): void {
  capabilities.hoverProvider = true;
  const style = hoverStyle(client);
  const { commandLinks = false } = readClientOptions(params.initializationOptions);
  const hasLinks = commandLinks && style.kind === MarkupKind.Markdown;

  incoming.request(wire.hover, ({ textDocument, position }) => {
    const document = services.documents.get(textDocument.uri);
    if (document === undefined) return null;
    const offset = document.offsetAt(position);
    const text = services.openLabels.get(textDocument.uri);
    const sentence = document.sentenceAt(offset);
    const token = sentence?.tokenAt(offset) ?? -1;
    const word = sentence !== undefined && token >= 0 ? sentence.tokenSpan(token) : undefined;
    const labels = text === undefined ? [] : labelsAt(text, word ?? { start: offset, end: offset });
    const parts = labels.map((label) => {
      const now = document.getText(label);
      const said = describeLabel(label, now, text?.place.folder.project.layers ?? [], style);
      return hasLinks ? `${said}${style.lineBreak}${labelLinks(document.uri, label)}` : said;
    });
    if (sentence !== undefined && token >= 0) {
      const decided = new Set(labels.filter(({ review }) => review !== 'lost').map(({ layer }) => layer));
      for (const [layer, prediction] of Object.entries(sentence.prediction ?? {}))
        if (!decided.has(layer)) {
          const said = describe(document, sentence, token, layer, prediction, style);
          const span =
            hasLinks && text !== undefined ? suggestedSpan(sentence, token, prediction) : undefined;
          parts.push(span ? `${said}${style.lineBreak}${suggestionLinks(document.uri, layer, span)}` : said);
        }
    }
    if (parts.length === 0) return null;
    const title = word === undefined ? [] : [style.strong(sentence?.forms[token] ?? '')];
    const range = word ?? { start: labels[0].start, end: labels[0].end };
    return {
      contents: { kind: style.kind, value: [...title, ...parts].join('\n\n') },
      range: document.rangeOf(range),
    };
  });
}

/** Labels that share text with a word, or that were lost at it. */
function labelsAt({ labels }: OpenText, { start, end }: Span): Label[] {
  return labels.filter((label) =>
    label.start === label.end || start === end
      ? label.start <= end && label.end >= start
      : label.start < end && label.end > start,
  );
}

interface SuggestedSpan extends Span {
  readonly label: string;
}

function suggestedSpan(
  sentence: TrackedSentence,
  token: number,
  prediction: LayerPrediction,
): SuggestedSpan | undefined {
  if (prediction.kind === 'token')
    return { label: prediction.tags[token].label, ...sentence.tokenSpan(token) };
  if (prediction.kind === 'sentence')
    return { label: prediction.labels[0].label, start: sentence.start, end: sentence.end };
  const span = prediction.spans.find(({ start, end }) => start <= token && token < end);
  return span && { label: span.label, ...sentence.tokenSpan(span.start, span.end - 1) };
}

function suggestionLinks(uri: string, layer: string, { label, start, end }: SuggestedSpan): string {
  return commandLinks(
    [
      ['Accept', 'glossator.acceptSuggestion'],
      ['Relabel', 'glossator.relabel'],
      ['Reject', 'glossator.rejectSuggestion'],
    ],
    { uri, layer, start, end, label },
  );
}

function describe(
  document: TrackedDocument,
  sentence: TrackedSentence,
  token: number,
  layer: string,
  prediction: LayerPrediction,
  style: HoverStyle,
): string {
  const title = style.escape(layerTitle(layer));
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

function scored(layer: string, { label, probability }: Scored, style: HoverStyle): string {
  const definition = definitionOf(layer, label);
  const name = definition === undefined ? '' : ` (${definition.name})`;
  return `${style.strong(label)}${name} ${percent(probability)}`;
}

function explanation(layer: string, label: string, style: HoverStyle): string[] {
  const definition = definitionOf(layer, label);
  return definition === undefined ? [] : [style.emphasis(definition.explanation)];
}

function spanText(document: TrackedDocument, sentence: TrackedSentence, span: SpanPrediction): string {
  return document.getText(sentence.tokenSpan(span.start, span.end - 1)).replace(/\s+/g, ' ');
}
