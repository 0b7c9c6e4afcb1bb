import type { ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { DocumentStore } from './documents/documentStore';
import type { SlicedSegmentation } from './documents/slicedSegmentation';
import type { SettingsStore } from './settingsStore';
import type { ModelLoader } from './tagging/modelLoader';
import type { TaggingService } from './tagging/taggingService';

/** Everything a feature may use. Built once in `createServer`. */
export interface Services {
  readonly documents: DocumentStore;
  readonly segmentation: SlicedSegmentation;
  readonly tagging: TaggingService;
  readonly models: ModelLoader;
  readonly settings: SettingsStore;
}

/** What a feature gets when it registers: it adds its handlers and its own capability. */
export interface FeatureContext {
  readonly connection: Connection;
  readonly services: Services;
  readonly client: ClientCapabilities;
  readonly capabilities: ServerCapabilities;
}
