import type { LabelFolder } from '../labels/labelFolder';
import { editOf } from '../labels/editOf';
import { applyProjectEdit } from '../project/applyProjectEdit';
import { defaultLayers } from '../project/defaultLayers';
import { readProject } from '../project/projectText';
import { didChangeProject, type ProjectParams } from '../protocol/labels';
import { requireVersions } from '../labels/textVersion';
import { wire } from '../protocol/wire/schemas';
import { InputError } from '../../models/errors';
import type { FeatureContext } from '../services';
import { accountName } from '../labels/annotatorName';
import { readClientOptions } from '../settingsStore';

/** Knows the folders of the workspace, tells what their project says, and edits it. */
export function register(context: FeatureContext): void {
  const { connection, incoming, services, client, params, capabilities } = context;
  const { labelFolders, openLabels, documents } = services;
  let sent = '';

  const send = (): void => {
    const project = projectOf(labelFolders.first);
    const key = JSON.stringify(project);
    if (key === sent) return;
    sent = key;
    void connection.sendNotification(didChangeProject, project);
  };

  const report = (error: unknown): void => connection.console.error(String(error));
  labelFolders.added.on((folder) => {
    folder.project.changed.on(send);
    folder.ready.catch(report);
  });

  services.initialized.on(() => {
    if (labelFolders.first === undefined) send();
    else void labelFolders.first.ready.then(send, report);
  });
  const folders = params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri }] : []);
  if (readClientOptions(params.initializationOptions).trusted) labelFolders.trust().catch(report);
  for (const { uri } of folders) labelFolders.add(uri);

  const filters = [{ scheme: 'file', pattern: { glob: '**' } }];
  capabilities.workspace = {
    ...(client.workspace?.fileOperations?.didRename ? { fileOperations: { didRename: { filters } } } : {}),
  };
  if (client.workspace?.workspaceFolders) {
    capabilities.workspace.workspaceFolders = { supported: true, changeNotifications: true };
    incoming.notification(wire.didChangeWorkspaceFolders, ({ event: { added, removed } }) => {
      for (const { uri } of removed) labelFolders.remove(uri);
      for (const { uri } of added) labelFolders.add(uri);
      send();
    });
  }

  services.watchedFiles.on((files) => {
    for (const folder of labelFolders.all)
      if (files.some(({ uri }) => uri.endsWith('/.glossator/project.json')))
        folder.project.reload().catch(report);
  });

  incoming.request(wire.editProject, async (edit) => {
    requireVersions(documents, edit.versions);
    const folder = labelFolders.first;
    if (folder === undefined)
      throw new InputError('A project needs a folder, and none is open.', {}, 'Open a folder first.');
    const project = await readProject(folder.path);
    const work = applyProjectEdit(folder.path, folder.store, editOf(project, edit));
    const labels = await openLabels.saving(folder, [], work);
    await folder.project.reload();
    return { labels };
  });
}

function projectOf(folder: LabelFolder | undefined): ProjectParams {
  const layers = (folder?.project.layers ?? defaultLayers).map(({ name, kind, overlap, labels }) => ({
    ...{ name, kind, labels },
    overlap: overlap === true,
  }));
  const problem = folder?.project.problem;
  const annotator = folder?.project.annotator ?? accountName();
  return { layers, annotator, ...(problem === undefined ? {} : { problem }) };
}
