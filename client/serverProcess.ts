import * as vscode from 'vscode';
import {
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
  WorkDoneProgressCancelNotification,
} from 'vscode-languageclient/node';
import type { ServerOptions } from 'vscode-languageclient/node';
import type { ClientOptions } from '../server/protocol/settings';
import { ProgressNotifications } from './retraining/progressNotifications';
import type { ClientSettings } from './settings';

/** Where texts may live; schemes such as `git` and `output` show what is not the user's to tag. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-test-web'];

/** Commands that hovers may link to. */
const LINKED_COMMANDS = ['acceptSuggestion', 'rejectSuggestion', 'relabel', 'removeLabel', 'noteLabel'].map(
  (name) => `glossator.${name}`,
);

/** Documents of one language and one kind of place; both the editor and the language client take it. */
export interface TextFilter {
  language: string;
  scheme: string;
}

/** Annotation files, in which the server marks what cannot be read, and offers to mend it. */
export const ANNOTATION_FILES = { scheme: 'file', pattern: '**/.glossator/annotations/**/*.jsonl' };

/** The documents that are tagged. */
export function selectorFor(languages: readonly string[]): TextFilter[] {
  return languages.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));
}

/** What the client needs to make the language client. */
export interface ServerProcessOptions {
  /** Path of the bundled server. */
  readonly module: string;
  readonly selector: TextFilter[];
  readonly output: vscode.LogOutputChannel;
  /** Folder for archives that the server unpacks. */
  readonly cache: string;
  /** Read anew whenever it matters: settings change while the server runs. */
  readonly settings: () => ClientSettings;
}

/** The language client, not yet started. The server runs on the editor's own Node unless settings name another. */
export function createLanguageClient(options: ServerProcessOptions): LanguageClient {
  const { module, selector, output, settings } = options;
  const runtime = settings().runtime || undefined;
  const run = { module, runtime, transport: TransportKind.ipc };
  const serverOptions: ServerOptions = {
    run,
    debug: { ...run, options: { execArgv: ['--inspect=6011'] } },
  };
  // Decorations show parts of speech in VS Code; semantic tokens would colour the same words twice.
  const wantsSemanticTokens = (): boolean => {
    const { enabled, style } = settings().partsOfSpeech;
    return enabled && style === 'semanticTokens';
  };
  const progress = new ProgressNotifications((token) => {
    void client.sendNotification(WorkDoneProgressCancelNotification.type, { token });
  });
  const client: LanguageClient = new LanguageClient('glossator', 'Glossator', serverOptions, {
    documentSelector: selector,
    initializationOptions: (): ClientOptions => ({
      trusted: vscode.workspace.isTrusted,
      cache: options.cache,
      commandLinks: true,
    }),
    diagnosticCollectionName: 'glossator',
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    markdown: { isTrusted: { enabledCommands: LINKED_COMMANDS } },
    middleware: {
      handleWorkDoneProgress: (token, part, next) => progress.handle(token, part, next),
      provideDocumentSymbols: async (document, token, next) =>
        settings().outline ? oneLineGroups(await next(document, token)) : [],
      provideDocumentSemanticTokens: (document, token, next) =>
        wantsSemanticTokens() ? next(document, token) : null,
      provideDocumentSemanticTokensEdits: (document, previous, token, next) =>
        wantsSemanticTokens() ? next(document, previous, token) : null,
      provideDocumentRangeSemanticTokens: (document, range, token, next) =>
        wantsSemanticTokens() ? next(document, range, token) : null,
    },
  });
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped) progress.clear();
  });
  return client;
}

/** Makes the editor ask for semantic tokens again. */
export function refreshSemanticTokens(client: LanguageClient): void {
  const feature = client.getFeature('textDocument/semanticTokens');
  const providers = new Set(vscode.workspace.textDocuments.map((document) => feature.getProvider(document)));
  for (const provider of providers) provider?.onDidChangeSemanticTokensEmitter.fire();
}

type Symbols = vscode.SymbolInformation[] | vscode.DocumentSymbol[] | null | undefined;

/** Groups that span all of a text would take breadcrumbs and sticky lines from its headings. */
function oneLineGroups(symbols: Symbols): Symbols {
  for (const symbol of symbols ?? [])
    if (symbol instanceof vscode.DocumentSymbol) symbol.range = symbol.selectionRange;
  return symbols;
}
