import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type InitializeResult,
  type ProtocolConnection,
  type TextDocumentContentChangeEvent,
  type WorkspaceFolder,
} from 'vscode-languageserver-protocol/node';
import { Event } from '../../server/event';
import { didTag, status, type DidTagParams, type StatusParams } from '../../server/protocol/messages';

export interface StdioClientOptions {
  /** Program and arguments of the server; by default the one that belongs to this file. */
  readonly command?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

export interface InitializeOptions {
  readonly capabilities?: ClientCapabilities;
  /** The section `glossator` of the settings, or a part of it. */
  readonly initializationOptions?: unknown;
  readonly workspaceFolders?: WorkspaceFolder[];
}

/** A client of the language server over stdio: for the command line, the benchmark and black-box tests. */
export class StdioClient {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcessWithoutNullStreams;
  readonly didTag = new Event<DidTagParams>();
  readonly statusChanged = new Event<StatusParams>();
  /** Rejects when the server ends. */
  readonly #ended: Promise<never>;
  #stderr = '';
  #status: StatusParams | undefined;

  constructor(options: StdioClientOptions = {}) {
    const [command, ...args] = options.command ?? serverCommand();
    const child = spawn(command, args, { stdio: 'pipe', env: { ...process.env, ...options.env } });
    this.process = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    const reader = new StreamMessageReader(child.stdout);
    this.connection = createProtocolConnection(reader, new StreamMessageWriter(child.stdin));
    this.connection.onNotification(didTag, (params) => this.didTag.fire(params));
    this.connection.onNotification(status, (params) => {
      this.#status = params;
      this.statusChanged.fire(params);
    });
    this.#ended = new Promise((_, reject) => {
      const end = (message: string): void => reject(new Error(`${message}\n${this.#stderr}`.trim()));
      child.on('error', (error) => end(`The language server could not start: ${error.message}.`));
      child.on('close', (code, signal) =>
        end(`The language server ended with ${code ?? signal ?? 'no status'}.`),
      );
    });
    this.#ended.catch(() => undefined); // told to whoever waits for an answer
    this.connection.listen();
  }

  /** The last lines that the server wrote to stderr. */
  get stderr(): string {
    return this.#stderr;
  }

  /** The server's last status, if any came yet. */
  get status(): StatusParams | undefined {
    return this.#status;
  }

  /** Has to come first. */
  async initialize(options: InitializeOptions = {}): Promise<InitializeResult> {
    const { capabilities = {}, ...rest } = options;
    const params = { processId: process.pid, rootUri: null, capabilities, ...rest };
    const answer = this.connection.sendRequest(InitializeRequest.type, params);
    const result = await Promise.race([answer, this.#ended]);
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  async open(uri: string, text: string, languageId = 'plaintext', version = 1): Promise<void> {
    const textDocument = { uri, languageId, version, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  async change(
    uri: string,
    version: number,
    contentChanges: TextDocumentContentChangeEvent[],
  ): Promise<void> {
    const params = { textDocument: { uri, version }, contentChanges };
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, params);
  }

  /** The next tags that `accept` says yes to. Rejects when the server ends before. */
  nextTags(accept: (params: DidTagParams) => boolean): Promise<DidTagParams> {
    return this.#unlessEnded(first(this.didTag, accept));
  }

  /** The next status that `accept` says yes to, the present one included. Rejects as `nextTags` does. */
  nextStatus(accept: (params: StatusParams) => boolean): Promise<StatusParams> {
    if (this.#status !== undefined && accept(this.#status)) return Promise.resolve(this.#status);
    return this.#unlessEnded(first(this.statusChanged, accept));
  }

  /** Says good-bye as LSP wants it; answers the server's exit code. */
  async stop(): Promise<number | null> {
    const { process: child, connection } = this;
    if (child.exitCode !== null) return child.exitCode;
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    return exited;
  }

  /** Waits for `promise`, or rejects when the server ends before. Whoever gives up waiting need not catch that. */
  #unlessEnded<T>(promise: Promise<T>): Promise<T> {
    const either = Promise.race([promise, this.#ended]);
    either.catch(() => undefined);
    return either;
  }
}

const STDERR_KEPT = 10_000;

function first<T>(event: Event<T>, accept: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event.on((value) => {
      if (!accept(value)) return;
      subscription.dispose();
      resolve(value);
    });
  });
}

/** Program and arguments of the server beside this file: in dist/ it is bundled, in out/ it is the room beside this one. */
export function serverCommand(): string[] {
  const bundled = path.join(__dirname, 'server.js');
  return [
    process.execPath,
    existsSync(bundled) ? bundled : path.join(__dirname, '..', '..', 'server', 'main.js'),
    '--stdio',
  ];
}
