import {
  type Connection,
  MessageType,
  ShowMessageNotification,
  type ShowMessageParams,
} from 'vscode-languageserver';

/** Shows a sentence to the user. A notification: the request that the library offers asks for an answer. */
export function showWarning(connection: Pick<Connection, 'sendNotification'>, sentence: string): void {
  const params: ShowMessageParams = { type: MessageType.Warning, message: `Glossator: ${sentence}` };
  void connection.sendNotification(ShowMessageNotification.type, params);
}
