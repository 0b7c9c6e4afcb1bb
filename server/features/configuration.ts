import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DidChangeConfigurationNotification, type InitializeParams } from 'vscode-languageserver';
import type { Settings } from '../protocol/settings';
import type { FeatureContext } from '../services';

const SECTION = 'glossator';

/**
 * Reads the settings: pulled where the client answers `workspace/configuration`, else from
 * `initializationOptions`, else defaults; and loads the model they name, now and after every change.
 * @param pretrained directory of the embedded model
 */
export function register(context: FeatureContext, params: InitializeParams, pretrained: string): void {
  const { connection, services, client } = context;
  const { settings, models } = services;
  const canPull = client.workspace?.configuration === true;

  const pull = async (): Promise<void> => {
    try {
      settings.update(await connection.workspace.getConfiguration(SECTION));
    } catch (error) {
      connection.console.warn(`The settings could not be read: ${String(error)}`);
      settings.update(undefined);
    }
  };

  settings.changed.on(({ backend, model }) => {
    void models.load({ backend, directory: modelDirectory(model, params, pretrained) });
  });

  connection.onInitialized(async () => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    }
    if (canPull) await pull();
    else settings.update(sectionOf(params.initializationOptions));
  });

  connection.onDidChangeConfiguration(async (change) => {
    if (canPull) await pull();
    else settings.update(sectionOf(change.settings));
  });
}

/** Clients send the section by itself or inside an object that names it. */
function sectionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && SECTION in value
    ? (value as Record<string, unknown>)[SECTION]
    : value;
}

/** A relative directory is meant from the workspace folder. */
function modelDirectory(model: Settings['model'], params: InitializeParams, pretrained: string): string {
  if (model === '') return pretrained;
  const folder = params.workspaceFolders?.[0]?.uri;
  return path.resolve(folder?.startsWith('file:') ? fileURLToPath(folder) : process.cwd(), model);
}
