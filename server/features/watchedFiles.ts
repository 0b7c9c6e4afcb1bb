import { DidChangeWatchedFilesNotification, WatchKind } from 'vscode-languageserver';
import type { FeatureContext } from '../services';

/** Has the client tell of changes that other programs make to the project file, to annotations, and to the choice of a model. */
export function register({ connection, services, client }: FeatureContext): void {
  if (!client.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  services.initialized.on(() => {
    const watchers = [
      { globPattern: '**/.glossator/project.json' },
      { globPattern: '**/.glossator/annotations/**' },
      { globPattern: '**/.glossator{,/annotations}', kind: WatchKind.Delete }, // told of in place of all that was in it
      { globPattern: '**/.glossator/models/current.json' },
    ];
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  });
}
