import { TextDocumentSyncKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Segmenter } from '../../models/text/segmenter';
import { formatOfDocument } from '../../models/text/textFormat';
import { ArrivingEdits } from '../documents/arrivingEdits';
import { TrackedDocument } from '../documents/trackedDocument';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

/** Follows the client's documents and hands every change of sentences to the tagging service. */
export function register({ connection, incoming, services, capabilities }: FeatureContext): void {
  const { documents, tagging, segmentation, settings } = services;
  capabilities.textDocumentSync = {
    openClose: true,
    change: TextDocumentSyncKind.Incremental,
    save: true,
  };

  incoming.notification(wire.didOpen, ({ textDocument: { uri, languageId, version, text } }) => {
    const document = new TrackedDocument(
      TextDocument.create(uri, languageId, version, text),
      new Segmenter(formatOfDocument(languageId, uri)),
    );
    documents.open(document);
    segmentation.start(document, settings.current.maxDocumentLength, false);
  });

  const arriving = new ArrivingEdits((document, { changes, version }, isLast) => {
    segmentation.cancel(document); // what was begun for the text before
    const applied = document.applyChanges(changes, version);
    documents.edited.fire({ document, changes: applied, isLast });
    if (isLast) segmentation.start(document, settings.current.maxDocumentLength, true);
  });
  /** Documents whose client was told of a version that does not grow: once is enough. */
  const misnumbered = new WeakSet<TrackedDocument>();
  incoming.notification(wire.didChange, ({ textDocument: { uri, version }, contentChanges }) => {
    const document = documents.get(uri);
    if (document === undefined) return;
    // Versions grow with each change (LSP 3.17, Text Document): what comes late is meant for a text that is no more.
    const present = arriving.versionOf(document);
    if (version > present) arriving.add(document, { changes: contentChanges, version });
    else if (!misnumbered.has(document)) {
      misnumbered.add(document);
      connection.console.warn(
        `A change of ${uri} was ignored, for it came with version ${version} after version ${present}. Close the text and open it again if tags or labels look wrong.`,
      );
    }
  });
  // Every other message finds the documents as they are when it comes.
  incoming.received.on(({ method, params }) => {
    if (method !== wire.didChange.method && !UNCONCERNED.has(method)) arriving.settle(uriIn(params));
  });

  incoming.notification(wire.didSave, ({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (document !== undefined) documents.saved.fire(document);
  });

  incoming.notification(wire.didClose, ({ textDocument }) => documents.close(textDocument.uri));
  documents.closed.on((document) => {
    arriving.drop(document);
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

/** Requests that open texts have nothing to do with. */
const UNCONCERNED: ReadonlySet<string> = new Set([wire.model.method, wire.modelHistory.method]);

/** The document that a message is about, where it is about a single one. */
function uriIn(params: unknown): string | undefined {
  const { uri, textDocument } = (params ?? {}) as { uri?: unknown; textDocument?: { uri?: unknown } };
  const named = textDocument?.uri ?? uri;
  return typeof named === 'string' ? named : undefined;
}
