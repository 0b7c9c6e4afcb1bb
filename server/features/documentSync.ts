import { TextDocumentSyncKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Segmenter } from '../../models/text/segmenter';
import { TrackedDocument } from '../documents/trackedDocument';
import type { FeatureContext } from '../services';

/** Follows the client's documents and hands every change of sentences to the tagging service. */
export function register({ connection, services, capabilities }: FeatureContext): void {
  const { documents, tagging, settings } = services;
  capabilities.textDocumentSync = { openClose: true, change: TextDocumentSyncKind.Incremental };

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const document = new TrackedDocument(
      TextDocument.create(uri, languageId, version, text),
      new Segmenter(languageId === 'markdown' ? 'markdown' : 'plain'),
    );
    documents.open(document);
    tagging.update(document, document.segment(settings.current.maxDocumentLength), false);
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return;
    document.applyChanges(contentChanges, textDocument.version);
    tagging.update(document, document.segment(settings.current.maxDocumentLength), true);
  });

  connection.onDidCloseTextDocument(({ textDocument }) => documents.close(textDocument.uri));
  documents.closed.on((document) => tagging.close(document));

  settings.changed.on(({ maxDocumentLength }) => {
    for (const document of documents.all()) {
      const { removed, added } = document.segment(maxDocumentLength);
      if (removed.length + added.length > 0) tagging.update(document, { removed, added }, false);
    }
  });
}
