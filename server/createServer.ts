import {
  type Connection,
  ErrorCodes,
  type FileEvent,
  InitializeRequest,
  type InitializeResult,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { DocumentStore } from './documents/documentStore';
import { SlicedSegmentation } from './documents/slicedSegmentation';
import { Event } from './event';
import * as annotationFiles from './features/annotationFiles';
import * as configuration from './features/configuration';
import * as conversion from './features/conversion';
import * as diagnostics from './features/diagnostics';
import * as documentSymbol from './features/documentSymbol';
import * as documentSync from './features/documentSync';
import * as entityReferences from './features/entityReferences';
import * as hover from './features/hover';
import * as labelActions from './features/codeActions';
import * as labelProject from './features/labelProject';
import * as labels from './features/labels';
import * as modelDetails from './features/modelDetails';
import * as movedTexts from './features/movedTexts';
import * as modelChoice from './features/modelChoice';
import * as retraining from './features/retraining';
import * as reviewQueue from './features/reviewQueue';
import * as selectionRange from './features/selectionRange';
import * as semanticTokens from './features/semanticTokens';
import * as serverCommands from './features/executeCommand';
import * as status from './features/status';
import * as tags from './features/tags';
import * as watchedFiles from './features/watchedFiles';
import * as workspaceLabels from './features/workspaceLabels';
import { Incoming, parseParams } from './incoming';
import { LabelDesk } from './labels/labelDesk';
import { LabelFindings } from './labels/labelFindings';
import { LabelFolders } from './labels/labelFolders';
import { OpenLabels } from './labels/openLabels';
import { SidecarProblems } from './labels/sidecarProblems';
import { initializeParams, wire } from './protocol/wire/schemas';
import type { FeatureContext, Services } from './services';
import { trainerProcesses, type StartTrainer } from './retraining/trainerProcess';
import { TrainingDesk } from './retraining/trainingDesk';
import { SettingsStore } from './settingsStore';
import { showWarning } from './showWarning';
import { ModelLoader, type StartTagger } from './tagging/modelLoader';
import { ModelSources } from './tagging/modelSources';
import { PredictionCache } from './tagging/predictionCache';
import { TaggingService } from './tagging/taggingService';

/** Words whose tags are remembered, of all documents and models together. */
const CACHE_WORDS = 200_000;

/** What differs between the product and tests. */
export interface ServerParts {
  readonly startTagger: StartTagger;
  /** Directory of the embedded model. */
  readonly pretrained: string;
  readonly version: string;
  /** Left out: a process of its own. */
  readonly startTrainer?: StartTrainer;
}

const FEATURES = [
  documentSync,
  watchedFiles,
  labelProject,
  labels,
  workspaceLabels,
  conversion,
  annotationFiles,
  movedTexts,
  labelActions,
  serverCommands,
  tags,
  hover,
  diagnostics,
  semanticTokens,
  documentSymbol,
  entityReferences,
  selectionRange,
  status,
  modelDetails,
  reviewQueue,
  retraining,
];

/** Builds the language server on `connection`, which the caller then listens on. */
export function createServer(connection: Connection, parts: ServerParts): Services {
  const services = createServices(connection, parts);
  connection.onInitialized(() => services.initialized.fire());
  const incoming = new Incoming(connection);
  incoming.notification(wire.didChangeWatchedFiles, ({ changes }) => services.watchedFiles.fire(changes));
  connection.onInitialize((sent): InitializeResult => {
    const params = { ...sent, ...parseParams('The parameters of initialize', initializeParams, sent) };
    const capabilities: ServerCapabilities = {};
    const client = params.capabilities;
    const context: FeatureContext = { connection, incoming, services, client, params, capabilities };
    for (const feature of FEATURES) feature.register(context);
    modelChoice.register(context, params);
    configuration.register(context, params);
    // A second time everything would be listened to twice.
    connection.onRequest(InitializeRequest.method, () => {
      throw new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized already.');
    });
    return { capabilities, serverInfo: { name: 'glossator', version: parts.version } };
  });
  return services;
}

function createServices(connection: Connection, parts: ServerParts): Services {
  const documents = new DocumentStore();
  const segmentation = new SlicedSegmentation();
  const labelFolders = new LabelFolders();
  const openLabels = new OpenLabels(labelFolders, documents);
  const tagging = new TaggingService(new PredictionCache(CACHE_WORDS));
  const settings = new SettingsStore();
  const log = (line: string): void => connection.console.info(line);
  const warn = (sentence: string): void => showWarning(connection, sentence);
  return {
    documents,
    segmentation,
    tagging,
    models: new ModelLoader(parts.startTagger, tagging, documents, { log, warn }),
    modelSources: new ModelSources(settings, parts.pretrained),
    trainingDesk: new TrainingDesk(parts.startTrainer ?? trainerProcesses({ log, isInBackground: true })),
    settings,
    labelFolders,
    openLabels,
    labelDesk: new LabelDesk(labelFolders, openLabels, segmentation),
    labelFindings: new LabelFindings(openLabels),
    sidecarProblems: new SidecarProblems(),
    initialized: new Event<void>(),
    watchedFiles: new Event<readonly FileEvent[]>(),
  };
}
