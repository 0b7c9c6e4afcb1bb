import { once } from 'node:events';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidSaveTextDocumentNotification,
} from 'vscode-languageserver-protocol/node';
import { StdioClient } from '../../cli/start/stdioClient';
import * as protocol from '../../server/protocol/labels';
import { serverCommand } from '../server/smoke/builtServer';

/** A window of an editor on the folder: a server and what it tells. */
export class EditorWindow {
  readonly #told = new Map<string, (() => void)[]>();

  private constructor(
    readonly client: StdioClient,
    readonly folder: string,
  ) {
    client.connection.onNotification(protocol.didLabel, ({ uri, reset }) => {
      if (!reset) return;
      for (const resolve of this.#told.get(uri) ?? []) resolve();
      this.#told.delete(uri);
    });
  }

  static async open(folder: string): Promise<EditorWindow> {
    const client = new StdioClient({ command: serverCommand });
    const window = new EditorWindow(client, folder);
    await client.initialize({
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'texts' }],
      initializationOptions: { model: path.join(folder, 'no-such-model'), trusted: true },
    });
    return window;
  }

  uri(name: string): string {
    return pathToFileURL(path.join(this.folder, ...name.split('/'))).href;
  }

  /** Opens a text. @returns what resolves when its labels are there */
  openText(name: string, content: string, language: string, version: number): Promise<void> {
    const uri = this.uri(name);
    const told = new Promise<void>((resolve) => {
      this.#told.set(uri, [...(this.#told.get(uri) ?? []), resolve]);
    });
    void this.client.open(uri, content, language, version);
    return told;
  }

  async closeText(name: string): Promise<void> {
    const textDocument = { uri: this.uri(name) };
    await this.client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument });
  }

  async labels(name: string): Promise<protocol.WireLabel[]> {
    const answer = await this.client.connection.sendRequest(protocol.labels, { uri: this.uri(name) });
    return [...(answer?.put ?? [])].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  }

  async saved(name: string): Promise<void> {
    const textDocument = { uri: this.uri(name) };
    await this.client.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument });
  }

  /** Tells that another program changed a file. */
  async tellOfChange(file: string): Promise<void> {
    const changes = [{ uri: pathToFileURL(file).href, type: 2 as const }];
    await this.client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  /** @returns false where it is refused */
  async label(name: string, version: number, operation: protocol.WireLabelOperation): Promise<boolean> {
    const params = { uri: this.uri(name), version, title: 'Label', operations: [operation] };
    return this.client.connection.sendRequest(protocol.label, params).then(
      () => true,
      () => false,
    );
  }

  async kill(): Promise<void> {
    const { process: child } = this.client;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }
}
