import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { root, skip, Workbench } from './workbench';

const hubModule = path.join(root, 'test', 'models', 'embedders', 'hubModule', 'module');

suite('The embedder in VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start({}, (folder) => {
      cpSync(hubModule, path.join(folder, 'elmo'), { recursive: true });
      mkdirSync(path.join(folder, '.glossator'));
      writeFileSync(path.join(folder, '.glossator', 'project.json'), '{"embedder": "elmo"}');
    });
  });
  after(() => workbench?.stop());

  const toast = (text: RegExp): Promise<void> =>
    workbench.page
      .locator('.notifications-toasts .notification-list-item-message')
      .filter({ hasText: text })
      .first()
      .waitFor();

  test('of the project file is another than the model’s: one sentence says so, and texts are tagged', async () => {
    const told = toast(/“elmo” .* is not used: the layers pos and ner were trained on the model’s own/);
    const seen = told.then(() => workbench.screenshot('embedder')); // it goes away by itself
    await Promise.all([seen, workbench.openTagged('report.txt')]);
  });

  test('of the settings comes before that of the project file', async () => {
    const told = toast(/is not used, but the model’s own embedder.*elmo\.tar\.gz: There is no such file/);
    await Promise.all([told, workbench.useMachineSettings({ 'glossator.embedder': '/nowhere/elmo.tar.gz' })]);
    await workbench.openTagged('report.txt');
  });
});
