import { LSPErrorCodes, ResponseError, SemanticTokensBuilder } from 'vscode-languageserver';
import type { Label } from '../../models/annotations/label';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { OpenText } from '../labels/openText';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';
import { Slices } from '../slices';
import { SEMANTIC_LEGEND, semanticTypeOf } from './semanticLegend';
import type { SemanticTokensEdit } from 'vscode-languageserver';

/** Milliseconds between two requests to ask again while a document is being tagged. */
const REFRESH_INTERVAL = 500;

/** Sentences whose words are encoded in one step. */
const SENTENCES_A_STEP = 50;

interface Result {
  readonly resultId: string;
  readonly data: number[];
}

/** Parts of speech as semantic tokens, so that every editor that speaks LSP shows them. */
export function register({ connection, incoming, services, client, capabilities }: FeatureContext): void {
  const { documents, tagging, openLabels } = services;
  const labelsOf = ({ uri }: TrackedDocument): readonly Label[] => openLabels.get(uri)?.labels ?? [];
  const { semanticTokens } = connection.languages;
  const results = new WeakMap<TrackedDocument, Result>();
  let resultCount = 0;
  capabilities.semanticTokensProvider = { legend: SEMANTIC_LEGEND, range: true, full: { delta: true } };

  /** In slices: a long text has hundreds of thousands of words. */
  const encoded = async (document: TrackedDocument, start: number, end: number): Promise<number[]> => {
    const { version } = document;
    const steps = encoding(document, labelsOf(document), start, end);
    const data = await new Slices().run(steps, () => document.version !== version);
    if (data === undefined)
      throw new ResponseError(LSPErrorCodes.ContentModified, 'The text was edited meanwhile.');
    return data;
  };

  const nextResult = async (document: TrackedDocument): Promise<Result> => {
    const data = await encoded(document, 0, document.length);
    const result = { resultId: `${++resultCount}`, data };
    results.set(document, result);
    return result;
  };

  incoming.request(wire.semanticTokens, ({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    return document === undefined ? { data: [] } : nextResult(document);
  });

  incoming.request(wire.semanticTokensDelta, async ({ textDocument, previousResultId }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return { data: [] };
    const before = results.get(document);
    const after = await nextResult(document);
    if (before?.resultId !== previousResultId) return after;
    return { resultId: after.resultId, edits: tokenDelta(before.data, after.data) };
  });

  incoming.request(wire.semanticTokensRange, async ({ textDocument, range }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return { data: [] };
    return { data: await encoded(document, document.offsetAt(range.start), document.offsetAt(range.end)) };
  });

  if (client.workspace?.semanticTokens?.refreshSupport) {
    const refresh = throttled(REFRESH_INTERVAL, () => {
      semanticTokens.refresh().catch(() => undefined); // the client left, or will ask by itself
    });
    tagging.tagged.on(() => refresh());
    const shown = new WeakMap<OpenText, string>();
    openLabels.changed.on((text) => {
      const tags = text.labels.filter(({ layer }) => layer === 'pos');
      const key = tags.map(({ id, label, state }) => `${id} ${label} ${state}`).join('\n');
      if (key === (shown.get(text) ?? '')) return; // an edit moves tags: the editor asks by itself
      shown.set(text, key);
      refresh();
    });
  }
}

/**
 * The integers of LSP for the words of the sentences that share text with [start, end). What a person said of a word
 * outranks the model.
 */
function* encoding(
  document: TrackedDocument,
  labels: readonly Label[],
  start: number,
  end: number,
): Generator<void, number[], void> {
  const given = new Map(
    labels
      .filter(({ layer, state }) => layer === 'pos' && state === 'confirmed')
      .map((label) => [`${label.start} ${label.end}`, label.label]),
  );
  const builder = new SemanticTokensBuilder();
  for (const [i, sentence] of document.sentencesBetween(start, end).entries()) {
    if (i % SENTENCES_A_STEP === SENTENCES_A_STEP - 1) yield;
    const layer = sentence.prediction?.['pos'];
    if (layer?.kind !== 'token') continue;
    layer.tags.forEach(({ label }, token) => {
      // A word broken over two lines is shown on its first: many editors refuse tokens of several lines.
      const span = sentence.tokenSpan(token);
      const type = semanticTypeOf(given.get(`${span.start} ${span.end}`) ?? label);
      if (type === undefined) return;
      const { line, character } = document.positionAt(span.start);
      const length = Math.min(span.end, document.lineEndAfter(span.start)) - span.start;
      builder.push(line, character, length, type.index, type.modifiers);
    });
  }
  return builder.build().data;
}

/** Calls `action` at once, then at most every `interval` milliseconds; the last call is never lost. */
function throttled(interval: number, action: () => void): () => void {
  let resting = false;
  let wanted = false;
  const run = (): void => {
    if (resting) {
      wanted = true;
      return;
    }
    wanted = false;
    resting = true;
    action();
    const rest = setTimeout(() => {
      resting = false;
      if (wanted) run();
    }, interval);
    rest.unref();
  };
  return run;
}

/** The one edit that turns `before` into `after`, without what both begin and end with. */
function tokenDelta(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const deleteCount = before.length - head - tail;
  const data = after.slice(head, after.length - tail);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start: head, deleteCount, data }];
}
