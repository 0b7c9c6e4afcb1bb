import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type Location,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { entitiesOf, entityAt, isSameEntity } from '../labels/entities';
import { workspaceTexts } from '../labels/workspaceTexts';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

/** Places that are listed at most. */
const MOST_PLACES = 5000;

/** The same entity elsewhere: highlighted in the document, and found in the whole workspace by its labels. */
export function register({ incoming, services, capabilities }: FeatureContext): void {
  const { documents, openLabels, settings } = services;
  capabilities.documentHighlightProvider = true;
  capabilities.referencesProvider = true;

  incoming.request(
    wire.documentHighlight,
    ({ textDocument: { uri }, position }): DocumentHighlight[] | null => {
      const document = documents.get(uri);
      const text = openLabels.get(uri);
      const entity = document && entityAt(document, text, document.offsetAt(position));
      if (document === undefined || entity === undefined) return null; // the editor highlights the word
      return entitiesOf(document, text)
        .filter((one) => isSameEntity(one, entity))
        .map((one) => ({
          range: document.rangeOf(one),
          kind: one.isConfirmed ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
    },
  );

  incoming.request(
    wire.references,
    async ({ textDocument: { uri }, position }, token): Promise<Location[] | null> => {
      const document = documents.get(uri);
      const text = openLabels.get(uri);
      const entity = document && entityAt(document, text, document.offsetAt(position));
      if (entity === undefined) return null;
      const found: Location[] = documents.all().flatMap((open) =>
        entitiesOf(open, openLabels.get(open.uri))
          .filter((one) => isSameEntity(one, entity))
          .map((one) => ({ uri: open.uri, range: open.rangeOf(one) })),
      );
      if (text === undefined) return found;
      const { folder } = text.place;
      for await (const other of workspaceTexts(folder, openLabels, [], settings.current.maxDocumentLength)) {
        if (token.isCancellationRequested)
          throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Nobody waits for the places any more.');
        if (found.length >= MOST_PLACES) break;
        if (openLabels.get(other.uri) !== undefined || documents.get(other.uri) !== undefined) continue;
        const closed = TextDocument.create(other.uri, '', 0, other.text);
        for (const { layer, label, state, start, end } of other.labels) {
          const isSame = layer === entity.layer && label === entity.label && state === 'confirmed';
          if (!isSame || other.text.slice(start, end).replace(/\s+/g, ' ') !== entity.text) continue;
          const range = { start: closed.positionAt(start), end: closed.positionAt(end) };
          found.push({ uri: other.uri, range });
        }
      }
      return found;
    },
  );
}
