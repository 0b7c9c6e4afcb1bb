import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type InitializeResult,
  type ProtocolConnection,
  type WorkspaceFolder,
} from 'vscode-languageserver/node';
import { createServer } from '../../../server/createServer';
import type { StartTrainer } from '../../../server/retraining/trainerProcess';
import type { StartTagger } from '../../../server/tagging/modelLoader';
import { didTag, status, type DidTagParams, type StatusParams } from '../../../server/protocol/messages';
import { Event } from '../../../server/event';
import { lexiconTagger } from './lexiconTagger';

export interface MemoryClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  readonly workspaceFolders?: WorkspaceFolder[];
  /** What the client answers to `workspace/configuration`, where it has that capability. */
  readonly configuration?: () => unknown;
  readonly startTagger?: StartTagger;
  readonly startTrainer?: StartTrainer;
}

/** A client and the real server in one process, joined by streams. */
export class MemoryClient {
  readonly connection: ProtocolConnection;
  readonly capabilities: InitializeResult['capabilities'];
  readonly didTag = new Event<DidTagParams>();
  readonly statusChanged = new Event<StatusParams>();
  status: StatusParams | undefined;

  static async start(options: MemoryClientOptions = {}): Promise<MemoryClient> {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(up),
      new StreamMessageWriter(down),
    );
    createServer(server, {
      startTagger: options.startTagger ?? (() => Promise.resolve(lexiconTagger())),
      pretrained: 'models/pretrained',
      version: '0',
      startTrainer: options.startTrainer,
    });
    server.listen();
    const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const { configuration, capabilities = {}, initializationOptions } = options;
    if (configuration) connection.onRequest('workspace/configuration', () => [configuration()]);
    connection.onRequest('client/registerCapability', () => null);
    connection.listen();
    const params = {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions,
      workspaceFolders: options.workspaceFolders,
    };
    const answer = await connection.sendRequest(InitializeRequest.type, params);
    const client = new MemoryClient(connection, answer.capabilities);
    await connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  private constructor(connection: ProtocolConnection, capabilities: InitializeResult['capabilities']) {
    this.connection = connection;
    this.capabilities = capabilities;
    connection.onNotification(didTag, (params) => this.didTag.fire(params));
    connection.onNotification(status, (params) => {
      this.status = params;
      this.statusChanged.fire(params);
    });
  }

  /** Opens a document and waits until all of it is tagged. */
  async open(uri: string, text: string, languageId = 'plaintext'): Promise<DidTagParams> {
    const textDocument = { uri, languageId, version: 1, text };
    const tagged = this.tagged(uri, 1);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    return tagged;
  }

  /** Replaces the whole text and waits until all of it is tagged. */
  async replace(uri: string, version: number, text: string): Promise<DidTagParams> {
    const tagged = this.tagged(uri, version);
    const params = { textDocument: { uri, version }, contentChanges: [{ text }] };
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, params);
    return tagged;
  }

  /** The tags that leave nothing waiting in `version` of a document. */
  tagged(uri: string, version: number): Promise<DidTagParams> {
    return first(this.didTag, (tags) => tags.uri === uri && tags.version === version && tags.pending === 0);
  }

  /** The next status of this state, the present one included. */
  state(state: StatusParams['state']): Promise<StatusParams> {
    if (this.status?.state === state) return Promise.resolve(this.status);
    return first(this.statusChanged, (params) => params.state === state);
  }
}

/** The next value of `event` that `accept` says yes to. */
export function first<T>(event: Event<T>, accept: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event.on((value) => {
      if (!accept(value)) return;
      subscription.dispose();
      resolve(value);
    });
  });
}
