import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InitializeParams } from 'vscode-languageserver';
import { resolveSource } from '../../models/embedders/embedderSource';
import { InputError } from '../../models/errors';
import { type ProjectFile, readProjectFile } from '../project/projectFile';
import { trusted } from '../protocol/messages';
import type { FeatureContext } from '../services';
import { readClientOptions } from '../settingsStore';
import { showWarning } from '../showWarning';
import type { ModelSource } from '../tagging/threadMessages';

/**
 * Loads the model that settings and project file name, with its embedder, now and after every change of either. A
 * setting wins over the project file, which counts in trusted workspaces only.
 * @param pretrained directory of the embedded model
 */
export function register(context: FeatureContext, params: InitializeParams, pretrained: string): void {
  const { connection, services } = context;
  const { settings, models } = services;
  const uri = params.workspaceFolders?.[0]?.uri;
  const folder = uri?.startsWith('file:') ? fileURLToPath(uri) : undefined;
  const clientOptions = readClientOptions(params.initializationOptions);
  let isTrusted = clientOptions.trusted;
  const { cache } = clientOptions;
  let told = '';
  let runs = 0;

  const project = async (): Promise<ProjectFile> => {
    if (folder === undefined || !isTrusted) return {};
    try {
      return await readProjectFile(folder);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const sentence = error.format();
      if (sentence !== told) showWarning(connection, sentence);
      told = sentence;
      return {};
    }
  };

  const sourceOf = ({ model, embedder }: ProjectFile): ModelSource => {
    const base = folder ?? process.cwd();
    const wanted = settings.current;
    const directory = wanted.model ? path.resolve(base, wanted.model) : (model ?? pretrained);
    const source = wanted.embedder ? resolveSource(wanted.embedder, base) : embedder;
    return {
      backend: wanted.backend,
      directory,
      ...(source === undefined
        ? {}
        : { embedder: { ...(cache === undefined ? {} : { cache }), source, trusted: isTrusted } }),
    };
  };

  const choose = async (): Promise<void> => {
    const run = ++runs;
    const found = await project();
    if (run === runs) await models.load(sourceOf(found)); // else a later change is on its way
  };

  settings.changed.on(() => void choose());
  connection.onNotification(trusted, () => {
    isTrusted = true;
    void choose();
  });
  services.watchedFiles.on((files) => {
    if (files.some(({ uri }) => uri.endsWith('/.glossator/project.json'))) void choose();
  });
}
