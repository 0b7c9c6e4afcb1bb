import { DidChangeConfigurationNotification, type InitializeParams } from 'vscode-languageserver';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

const SECTION = 'glossator';

/**
 * Reads the settings: pulled where the client answers `workspace/configuration`, else from
 * `initializationOptions`, else defaults; now and after every change.
 */
export function register(context: FeatureContext, params: InitializeParams): void {
  const { connection, incoming, services, client } = context;
  const { settings } = services;
  const canPull = client.workspace?.configuration === true;

  const pull = async (): Promise<void> => {
    try {
      settings.update(await connection.workspace.getConfiguration(SECTION));
    } catch (error) {
      connection.console.warn(`The settings could not be read: ${String(error)}`);
      settings.update(undefined);
    }
  };

  const begin = async (): Promise<void> => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    }
    if (canPull) await pull();
    else settings.update(sectionOf(params.initializationOptions));
  };
  services.initialized.on(() => void begin());

  incoming.notification(wire.didChangeConfiguration, async (change) => {
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
