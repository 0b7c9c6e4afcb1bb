import { TextDocumentSyncKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Segmenter } from '../../models/text/segmenter';
import { TrackedDocument } from '../documents/trackedDocument';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

/** Follows the client's documents and hands every change of sentences to the tagging service. */
export function register({ incoming, services, capabilities }: FeatureContext): void {
  const { documents, tagging, segmentation, settings } = services;
  capabilities.textDocumentSync = {
    openClose: true,
    change: TextDocumentSyncKind.Incremental,
    save: true,
  };

  incoming.notification(wire.didOpen, ({ textDocument: { uri, languageId, version, text } }) => {
    const document = new TrackedDocument(
      TextDocument.create(uri, languageId, version, text),
      new Segmenter(languageId === 'markdown' ? 'markdown' : 'plain'),
    );
    documents.open(document);
    segmentation.start(document, settings.current.maxDocumentLength, false);
  });

  incoming.notification(wire.didChange, ({ textDocument, contentChanges }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return;
    const changes = document.applyChanges(contentChanges, textDocument.version);
    documents.edited.fire({ document, changes });
    segmentation.start(document, settings.current.maxDocumentLength, true);
  });

  incoming.notification(wire.didSave, ({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (document !== undefined) documents.saved.fire(document);
  });

  incoming.notification(wire.didClose, ({ textDocument }) => documents.close(textDocument.uri));
  documents.closed.on((document) => {
    segmentation.cancel(document);
    tagging.close(document);
  });

  segmentation.done.on(({ document, change, isEdit }) => tagging.update(document, change, isEdit));

  let { maxDocumentLength } = settings.current;
  settings.changed.on((now) => {
    if (now.maxDocumentLength === maxDocumentLength) return;
    maxDocumentLength = now.maxDocumentLength;
    for (const document of documents.all()) segmentation.start(document, maxDocumentLength, false);
  });
}
