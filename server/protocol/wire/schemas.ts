import * as lsp from 'vscode-languageserver-protocol';
import * as z from 'zod';
import { convert } from '../conversion';
import * as files from '../annotationFiles';
import * as labels from '../labels';
import * as messages from '../messages';
import { reviewQueue } from '../queue';
import * as retraining from '../retraining';
import {
  bareNotification,
  bareRequest,
  notification,
  request,
  standardNotification,
  standardRequest,
} from './checkedMessage';
import * as is from './values';

const state = is.oneOf('confirmed', 'rejected').optional();

const operation = z.discriminatedUnion(
  'kind',
  [
    z
      .object({
        ...{ kind: z.literal('add'), layer: is.name, label: is.name, start: is.count, end: is.count },
        ...{ state, note: is.note.optional(), confidence: is.share.optional() },
      })
      .refine(is.isFilled, is.filled),
    z
      .object({
        ...{ kind: z.literal('change'), id: is.knownName },
        ...{ layer: is.name.optional(), label: is.name.optional() },
        ...{ start: is.count.optional(), end: is.count.optional() },
        ...{ state, note: is.note.optional(), confidence: is.share.optional() },
      })
      .refine(is.isFilled, is.filled),
    z.object({ kind: z.literal('remove'), id: is.knownName }),
  ],
  'must be one of add, change, remove',
);
const operations = is.listOf(operation);

/** Shared with the commands of the same meaning. */
export const labelParams = z.object({ uri: is.uri, version: is.version, title: is.title, operations });
export const acceptParams = z
  .object({
    ...{ uri: is.uri, version: is.version, start: is.count, end: is.count, threshold: is.share },
    layers: is.listOf(is.knownName).optional(),
  })
  .refine(is.isOrdered, is.ordered);
export const documentParams = z.object({ uri: is.uri });

const labelChoicesParams = z
  .object({
    ...{ uri: is.uri, version: is.version, start: is.count, end: is.count },
    layer: is.knownName.optional(),
  })
  .refine(is.isOrdered, is.ordered);

const versions = is.listOf(z.object({ uri: is.uri, version: is.version })).optional();

const projectLabel = z.object({
  name: is.name,
  description: is.note.optional(),
  color: is.text.optional(),
  key: is.text.optional(),
});
const projectLayer = z.object({
  name: is.name,
  kind: is.oneOf('token', 'span', 'sentence'),
  overlap: is.flag,
  labels: is.listOf(projectLabel),
});
const projectEdit = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('addLayer'), versions, layer: projectLayer }),
    z.object({ kind: z.literal('addLabel'), versions, layer: is.knownName, label: projectLabel }),
    z.object({
      kind: z.literal('renameLabel'),
      versions,
      layer: is.knownName,
      from: is.knownName,
      to: is.name,
    }),
    z.object({
      ...{ kind: z.literal('mergeLabels'), versions, layer: is.knownName },
      ...{ from: is.listOf(is.knownName), to: is.name },
    }),
    z.object({ kind: z.literal('deleteLabel'), versions, layer: is.knownName, label: is.knownName }),
  ],
  'must be one of addLayer, addLabel, renameLabel, mergeLabels, deleteLabel',
);

const convertParams = z.object({
  files: is.listOf(is.fileUri),
  ...{ from: is.text.optional(), to: is.text, textOnly: is.flag.optional() },
  formats: is
    .listOf(z.object({ uri: is.fileUri, format: is.text }))
    .refine((all) => new Set(all.map(({ uri }) => uri)).size === all.length, 'must name each file once')
    .optional(),
  ...{ out: is.fileUri, isFolder: is.flag, planOnly: is.flag.optional(), gold: is.flag.optional() },
  ...{ unit: is.oneOf('utf16', 'codepoints').optional(), columns: is.text.optional() },
  choices: z.object({
    layers: is.listOf(is.knownName).optional(),
    misaligned: is.oneOf('out', 'in', 'split', 'skip').optional(),
    overlaps: is.oneOf('longest', 'shortest').optional(),
    discontinuous: is.oneOf('cover', 'split', 'skip').optional(),
  }),
  ...{ lossy: is.flag, replace: is.flag, versions },
});

const RUN = 'must be the name of a model of the history';
const run = z.string(RUN).regex(/^[\w-]+$/, RUN);
const NONCE = 'must be a word of letters and digits';
const nonce = z.string(NONCE).regex(/^[\w+/=-]{1,200}$/, NONCE);

/** Our own messages to the server. */
const own = {
  tags: request(messages.tags, documentParams),
  retag: request(messages.retag, documentParams),
  model: bareRequest(messages.model),
  trusted: bareNotification(messages.trusted),
  visible: notification(
    messages.visible,
    z.object({
      uri: is.uri,
      lines: is.listOf(z.object({ start: is.count, end: is.count }).refine(is.isOrdered, is.ordered)),
    }),
  ),
  labels: request(labels.labels, documentParams),
  label: request(labels.label, labelParams),
  labelAll: request(
    labels.labelAll,
    z.object({
      title: is.title,
      texts: is.listOf(
        z.object({
          uri: is.uri,
          version: z.union([is.version, is.text], 'must be a version').optional(),
          operations,
        }),
      ),
    }),
  ),
  accept: request(labels.accept, acceptParams),
  undoLabels: request(labels.undoLabels, documentParams),
  redoLabels: request(labels.redoLabels, documentParams),
  saveLabels: bareRequest(labels.saveLabels),
  labelChoices: request(labels.labelChoices, labelChoicesParams),
  sentence: request(labels.sentence, z.object({ uri: is.uri, version: is.version, offset: is.count })),
  reviewSentence: request(
    labels.reviewSentence,
    z.object({
      ...{ uri: is.uri, version: is.version, offset: is.count },
      layers: is.listOf(is.knownName).optional(),
      asked: is.knownName.optional(),
    }),
  ),
  movedAnnotations: bareRequest(files.movedAnnotations),
  attachAnnotations: request(files.attachAnnotations, z.object({ from: is.fileUri, to: is.fileUri })),
  resolveConflicts: request(files.resolveConflicts, z.object({ uri: is.fileUri.optional() })),
  matches: request(
    labels.matches,
    z.object({ uri: is.uri, text: is.words, layer: is.knownName, scope: is.oneOf('document', 'workspace') }),
  ),
  annotationCounts: bareRequest(labels.annotationCounts),
  editProject: request(labels.editProject, projectEdit),
  convert: request(convert, convertParams),
  reviewQueue: request(reviewQueue, z.object({ layer: is.knownName.optional() })),
  retrain: bareRequest(retraining.retrain),
  cancelRetraining: bareRequest(retraining.cancelRetraining),
  modelHistory: bareRequest(retraining.modelHistory),
  useModel: request(retraining.useModel, z.object({ run: run.nullable() })),
  pinModel: request(retraining.pinModel, z.object({ run, isPinned: is.flag })),
  removeModel: request(retraining.removeModel, z.object({ run })),
  report: request(retraining.report, z.object({ run: run.nullable(), nonce })),
};

const inDocument = z.object({ textDocument: is.document });
const atPosition = z.object({ textDocument: is.document, position: is.position });
const folder = z.object({ uri: is.uri, name: is.text });

/** Messages of LSP, with what we use of their parameters. */
const standard = {
  didOpen: standardNotification(
    lsp.DidOpenTextDocumentNotification.type,
    z.object({
      textDocument: z.object({ uri: is.uri, languageId: is.text, version: is.version, text: is.text }),
    }),
  ),
  didChange: standardNotification(
    lsp.DidChangeTextDocumentNotification.type,
    z.object({
      textDocument: z.object({ uri: is.uri, version: is.version }),
      contentChanges: is.changes,
    }),
  ),
  didSave: standardNotification(lsp.DidSaveTextDocumentNotification.type, inDocument),
  didClose: standardNotification(lsp.DidCloseTextDocumentNotification.type, inDocument),
  didChangeWatchedFiles: standardNotification(
    lsp.DidChangeWatchedFilesNotification.type,
    z.object({ changes: is.listOf(z.object({ uri: is.uri, type: is.oneOfNumbers(1, 2, 3) })) }),
  ),
  didRenameFiles: standardNotification(
    lsp.DidRenameFilesNotification.type,
    z.object({ files: is.listOf(z.object({ oldUri: is.uri, newUri: is.uri })) }),
  ),
  didChangeWorkspaceFolders: standardNotification(
    lsp.DidChangeWorkspaceFoldersNotification.type,
    z.object({ event: z.object({ added: is.listOf(folder), removed: is.listOf(folder) }) }),
  ),
  didChangeConfiguration: standardNotification(
    lsp.DidChangeConfigurationNotification.type,
    z.object({ settings: z.unknown() }),
  ),
  hover: standardRequest(lsp.HoverRequest.type, atPosition),
  documentHighlight: standardRequest(lsp.DocumentHighlightRequest.type, atPosition),
  references: standardRequest(lsp.ReferencesRequest.type, atPosition),
  documentSymbol: standardRequest(lsp.DocumentSymbolRequest.type, inDocument),
  selectionRange: standardRequest(
    lsp.SelectionRangeRequest.type,
    z.object({ textDocument: is.document, positions: is.listOf(is.position) }),
  ),
  codeAction: standardRequest(
    lsp.CodeActionRequest.type,
    z.object({
      ...{ textDocument: is.document, range: is.range },
      context: z.object({
        diagnostics: is.listOf(z.object({ range: is.range, code: z.unknown().optional() })).optional(),
        only: is.listOf(is.text).optional(),
        triggerKind: is.oneOfNumbers(1, 2).optional(),
      }),
    }),
  ),
  semanticTokens: standardRequest(lsp.SemanticTokensRequest.type, inDocument),
  semanticTokensDelta: standardRequest(
    lsp.SemanticTokensDeltaRequest.type,
    z.object({ textDocument: is.document, previousResultId: is.text }),
  ),
  semanticTokensRange: standardRequest(
    lsp.SemanticTokensRangeRequest.type,
    z.object({ textDocument: is.document, range: is.range }),
  ),
  executeCommand: standardRequest(
    lsp.ExecuteCommandRequest.type,
    z.object({ command: is.text, arguments: is.listOf(z.unknown()).optional() }),
  ),
};

/** What we read of `initialize` beside capabilities. */
export const initializeParams = z.object({
  capabilities: z.record(z.string(), z.unknown()),
  rootUri: is.uri.nullish().transform((uri) => uri ?? null),
  workspaceFolders: is.listOf(folder).nullish(),
});

/** Every message that the server takes, with the schema of its parameters. */
export const wire = { ...own, ...standard };
