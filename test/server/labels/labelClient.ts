import { pathToFileURL } from 'node:url';
import * as path from 'node:path';
import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidSaveTextDocumentNotification,
  type ClientCapabilities,
} from 'vscode-languageserver/node';
import { Event } from '../../../server/event';
import type { StartTagger } from '../../../server/tagging/modelLoader';
import * as protocol from '../../../server/protocol/labels';
import type { TextChange } from '../../../models/annotations/textChange';
import { first, MemoryClient } from '../features/memoryClient';

/** A client that opens a folder and follows the labels of its texts by the rule of the protocol alone. */
export class LabelClient {
  readonly didLabel = new Event<protocol.DidLabelParams>();
  readonly held = new Map<string, Map<string, protocol.WireLabel>>();
  readonly #texts = new Map<string, { text: string; version: number }>();
  readonly #edits: { uri: string; version: number; change: TextChange }[] = [];
  project: protocol.ProjectParams | undefined;
  readonly projectChanged = new Event<protocol.ProjectParams>();

  static async start(
    root: string,
    capabilities: ClientCapabilities = {},
    initializationOptions: unknown = {},
    startTagger?: StartTagger,
  ): Promise<LabelClient> {
    const client = await MemoryClient.start({
      capabilities,
      initializationOptions,
      startTagger,
      workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'texts' }],
    });
    return new LabelClient(root, client);
  }

  private constructor(
    readonly root: string,
    readonly client: MemoryClient,
  ) {
    client.connection.onNotification(protocol.didLabel, (params) => {
      this.#take(params);
      this.didLabel.fire(params);
    });
    client.connection.onNotification(protocol.didChangeProject, (params) => {
      this.project = params;
      this.projectChanged.fire(params);
    });
  }

  uri(name: string): string {
    return pathToFileURL(path.join(this.root, name)).href;
  }

  version(name: string): number {
    return this.#texts.get(this.uri(name))?.version ?? 0;
  }

  text(name: string): string {
    return this.#texts.get(this.uri(name))?.text ?? '';
  }

  /** The labels held, in the order of the text. */
  labels(name: string): protocol.WireLabel[] {
    const held = [...(this.held.get(this.uri(name))?.values() ?? [])];
    return held.sort((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
  }

  /** Opens a text; resolves when its tags and labels are there. */
  async open(name: string, text: string): Promise<protocol.DidLabelParams> {
    const uri = this.uri(name);
    this.#texts.set(uri, { text, version: 1 });
    const labelled = first(this.didLabel, (params) => params.uri === uri && params.reset);
    await this.client.open(uri, text);
    return labelled;
  }

  /** Edits a text; its labels are moved at once. */
  async edit(name: string, change: TextChange): Promise<void> {
    const uri = this.uri(name);
    const before = this.#texts.get(uri) ?? { text: '', version: 0 };
    const position = (offset: number) => {
      const head = before.text.slice(0, offset);
      const lines = head.split(/\r\n|\r|\n/);
      return { line: lines.length - 1, character: lines[lines.length - 1].length };
    };
    const { start, end, newText } = change;
    const text = before.text.slice(0, start) + newText + before.text.slice(end);
    this.#texts.set(uri, { text, version: before.version + 1 });
    this.#edits.push({ uri, version: before.version + 1, change });
    const held = this.held.get(uri) ?? new Map<string, protocol.WireLabel>();
    for (const [id, label] of held) held.set(id, moved(label, change));
    await this.client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: before.version + 1 },
      contentChanges: [{ range: { start: position(start), end: position(end) }, text: newText }],
    });
  }

  async save(name: string): Promise<void> {
    const textDocument = { uri: this.uri(name) };
    await this.client.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument });
  }

  async close(name: string): Promise<void> {
    const textDocument = { uri: this.uri(name) };
    this.held.delete(textDocument.uri);
    await this.client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument });
  }

  /** Labels in the present version. */
  async label(name: string, ...operations: protocol.WireLabelOperation[]): Promise<void> {
    const params = { uri: this.uri(name), version: this.version(name), title: 'Label', operations };
    await this.client.connection.sendRequest(protocol.label, params);
  }

  /** An operation that labels the first occurrence of some words. */
  add(name: string, words: string, label: string, layer = 'ner') {
    const start = this.text(name).indexOf(words);
    return { kind: 'add' as const, layer, label, start, end: start + words.length };
  }

  /** What the server holds, asked for in whole. */
  async all(name: string): Promise<protocol.WireLabel[]> {
    const answer = await this.client.connection.sendRequest(protocol.labels, { uri: this.uri(name) });
    return [...(answer?.put ?? [])].sort(
      (a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1),
    );
  }

  #take({ uri, version, reset, put, removed }: protocol.DidLabelParams): void {
    const held = reset
      ? new Map<string, protocol.WireLabel>()
      : (this.held.get(uri) ?? new Map<string, protocol.WireLabel>());
    // Labels of an older version follow what was edited since.
    const since = this.#edits.filter((edit) => edit.uri === uri && edit.version > version);
    for (const label of put)
      held.set(
        label.id,
        since.reduce((one, { change }) => moved(one, change), label),
      );
    for (const id of removed) held.delete(id);
    this.held.set(uri, held);
  }
}

/** The rule of the protocol for a label beside a change. */
function moved(label: protocol.WireLabel, { start, end, newText }: TextChange): protocol.WireLabel {
  const isLostHere = start === end && label.start === start && label.end === start;
  if (label.start < end || isLostHere) return label;
  const by = newText.length - (end - start);
  return { ...label, start: label.start + by, end: label.end + by };
}
