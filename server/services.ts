import type {
  ClientCapabilities,
  Connection,
  FileEvent,
  InitializeParams,
  ServerCapabilities,
} from 'vscode-languageserver';
import type { DocumentStore } from './documents/documentStore';
import type { SlicedSegmentation } from './documents/slicedSegmentation';
import type { Event } from './event';
import type { Incoming } from './incoming';
import type { LabelDesk } from './labels/labelDesk';
import type { LabelFindings } from './labels/labelFindings';
import type { LabelFolders } from './labels/labelFolders';
import type { OpenLabels } from './labels/openLabels';
import type { SidecarProblems } from './labels/sidecarProblems';
import type { SettingsStore } from './settingsStore';
import type { TrainingDesk } from './retraining/trainingDesk';
import type { ModelLoader } from './tagging/modelLoader';
import type { ModelSources } from './tagging/modelSources';
import type { TaggingService } from './tagging/taggingService';

/** Everything a feature may use. Built once in `createServer`. */
export interface Services {
  readonly documents: DocumentStore;
  readonly segmentation: SlicedSegmentation;
  readonly tagging: TaggingService;
  readonly models: ModelLoader;
  readonly modelSources: ModelSources;
  readonly trainingDesk: TrainingDesk;
  readonly settings: SettingsStore;
  readonly labelFolders: LabelFolders;
  readonly openLabels: OpenLabels;
  readonly labelDesk: LabelDesk;
  readonly labelFindings: LabelFindings;
  readonly sidecarProblems: SidecarProblems;
  /** The client is ready for requests. The library keeps one handler for each message, so features share these. */
  readonly initialized: Event<void>;
  /** Files that other programs changed. */
  readonly watchedFiles: Event<readonly FileEvent[]>;
}

/**
 * The connection as far as it speaks to the client. Nothing is listened to on it: messages come by `Incoming`, which
 * knows what they have to be.
 */
export type Outgoing = Pick<
  Connection,
  'console' | 'client' | 'window' | 'sendNotification' | 'sendDiagnostics'
> & {
  readonly workspace: Pick<Connection['workspace'], 'getConfiguration'>;
  readonly languages: { readonly semanticTokens: Pick<Connection['languages']['semanticTokens'], 'refresh'> };
};

/** What a feature gets when it registers: it adds its handlers and its own capability. */
export interface FeatureContext {
  readonly connection: Outgoing;
  readonly incoming: Incoming;
  readonly services: Services;
  readonly client: ClientCapabilities;
  readonly params: InitializeParams;
  readonly capabilities: ServerCapabilities;
}
