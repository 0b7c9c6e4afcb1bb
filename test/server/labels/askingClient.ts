import assert from 'node:assert/strict';
import {
  CodeActionRequest,
  CodeActionTriggerKind,
  ExecuteCommandRequest,
  PublishDiagnosticsNotification,
  type CodeAction,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { Event } from '../../../server/event';
import type { Workspace } from '../labelStore/workspace';
import { LabelClient } from './labelClient';

/** A client on a workspace, and what the server lists for it. */
export async function connect(workspace: Workspace) {
  const client = await LabelClient.start(workspace.root);
  const published = new Event<PublishDiagnosticsParams>();
  client.client.connection.onNotification(PublishDiagnosticsNotification.type, (params) =>
    published.fire(params),
  );
  return { client, published };
}

/** Tells the server that another program changed a file. */
export const watched = (client: LabelClient, uri: string) =>
  client.client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri, type: 2 }],
  });

/** What can be done at a place. */
export const actionsAt = async (client: LabelClient, uri: string, line: number, from: number, to: number) => {
  const range = { start: { line, character: from }, end: { line, character: to } };
  const context = { diagnostics: [], triggerKind: CodeActionTriggerKind.Invoked };
  const params = { textDocument: { uri }, range, context };
  return ((await client.client.connection.sendRequest(CodeActionRequest.type, params)) ?? []) as CodeAction[];
};

/** Does the one of this title. */
export async function run(client: LabelClient, actions: readonly CodeAction[], title: string): Promise<void> {
  const action = actions.find((one) => one.title === title);
  assert.ok(action?.command, `${title} in ${actions.map((one) => one.title).join(', ')}`);
  const { command, arguments: args } = action.command;
  await client.client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
}
