import { fileURLToPath } from 'node:url';
import type { InitializeParams } from 'vscode-languageserver';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';
import { readClientOptions } from '../settingsStore';
import { showWarning } from '../showWarning';

/** Loads the model that is wanted, with its embedder, now and after every change of what decides that. */
export function register(context: FeatureContext, params: InitializeParams): void {
  const { connection, incoming, services } = context;
  const { settings, models, modelSources, labelFolders } = services;
  const uri = params.workspaceFolders?.[0]?.uri;
  const { trusted: isTrusted, cache } = readClientOptions(params.initializationOptions);
  modelSources.connect({
    isTrusted,
    ...(uri?.startsWith('file:') ? { folder: fileURLToPath(uri) } : {}),
    ...(cache === undefined ? {} : { cache }),
  });
  const choose = (): void => void models.want({ wanted: () => modelSources.wanted() });

  modelSources.warned.on((sentence) => showWarning(connection, sentence));
  modelSources.changed.on(choose);
  settings.changed.on(choose);
  incoming.notification(wire.trusted, () => {
    modelSources.trust();
    labelFolders.trust().catch((error: unknown) => connection.console.error(String(error)));
  });
  services.watchedFiles.on((files) => {
    if (files.some(({ uri }) => /\/\.glossator\/(project|models\/current)\.json$/.test(uri))) choose();
  });
}
