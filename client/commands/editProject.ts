import * as vscode from 'vscode';
import type { ProjectEdit, ProjectLayer } from '../../server/protocol/labels';
import type { LabelSession } from '../labels/labelSession';
import { announce } from '../taggedText';

const KINDS = [
  { label: 'span', description: 'Runs of words: names, terms, quotations' },
  { label: 'token', description: 'Every word: parts of speech' },
  { label: 'sentence', description: 'Whole sentences: topics, moods' },
] as const;

export async function addLayer(session: LabelSession): Promise<void> {
  const title = 'Add Layer';
  const name = await ask(title, 'Name of the layer: letters, digits, _ and -', (value) =>
    /^[\w-]+$/.test(value) ? undefined : 'Write letters, digits, _ and - only.',
  );
  if (name === undefined) return;
  const kind = await vscode.window.showQuickPick(KINDS, { title, placeHolder: 'What is labelled?' });
  if (kind === undefined) return;
  let overlap = false;
  if (kind.label === 'span') {
    const may = await vscode.window.showQuickPick(['May not overlap', 'May overlap'], {
      title,
      placeHolder: 'May two labels of this layer share words?',
    });
    if (may === undefined) return;
    overlap = may === 'May overlap';
  }
  const labels = await ask(title, 'Its labels, with commas between them', (value) =>
    listOf(value).length > 0 ? undefined : 'Write at least one label.',
  );
  if (labels === undefined) return;
  const layer = { name, kind: kind.label, overlap, labels: listOf(labels).map((label) => ({ name: label })) };
  await edit(session, { kind: 'addLayer', layer }, `The layer ${name} is added`);
}

export async function addLabel(session: LabelSession): Promise<void> {
  const title = 'Add Label';
  const layer = await pickLayer(session, title);
  if (layer === undefined) return;
  const name = await ask(title, `Name of the new label in ${layer.name}`, notEmpty);
  if (name === undefined) return;
  const description = await ask(title, 'What it is for, in one line (may be empty)');
  if (description === undefined) return;
  const key = await ask(title, 'Its key in annotation mode (may be empty)', (value) =>
    value === '' || /^\S$/u.test(value) ? undefined : 'Write one character.',
  );
  if (key === undefined) return;
  const label = { name, ...(description ? { description } : {}), ...(key ? { key } : {}) };
  await edit(session, { kind: 'addLabel', layer: layer.name, label }, `The label ${name} is added`);
}

export async function renameLabel(session: LabelSession): Promise<void> {
  const title = 'Rename Label';
  const layer = await pickLayer(session, title);
  const from = layer && (await pickOne(title, layer, 'Which label?'));
  if (layer === undefined || from === undefined) return;
  const to = await ask(title, `New name of ${from}`, notEmpty, from);
  if (to === undefined || to === from) return;
  await edit(session, { kind: 'renameLabel', layer: layer.name, from, to }, `${from} is now ${to}`);
}

export async function mergeLabels(session: LabelSession): Promise<void> {
  const title = 'Merge Labels';
  const layer = await pickLayer(session, title);
  if (layer === undefined) return;
  const names = layer.labels.map(({ name }) => name);
  const options = { title, placeHolder: 'Tick the labels that become another', canPickMany: true } as const;
  const from = (await vscode.window.showQuickPick(names, options)) ?? [];
  if (from.length === 0) return;
  const to = await pickOne(title, layer, `Merge ${from.join(', ')} into which label?`);
  if (to === undefined) return;
  await edit(session, { kind: 'mergeLabels', layer: layer.name, from, to }, `Merged into ${to}`);
}

export async function deleteLabel(session: LabelSession): Promise<void> {
  const title = 'Delete Label';
  const layer = await pickLayer(session, title);
  const label = layer && (await pickOne(title, layer, 'Which label?'));
  if (layer === undefined || label === undefined) return;
  const sure = await vscode.window.showWarningMessage(
    `Delete the label ${label}, and what is labelled with it in all texts? You can undo this.`,
    { modal: true },
    'Delete',
  );
  if (sure === 'Delete')
    await edit(session, { kind: 'deleteLabel', layer: layer.name, label }, `${label} is deleted`);
}

async function edit({ requests }: LabelSession, change: ProjectEdit, done: string): Promise<void> {
  const labels = await requests.editProject(change);
  if (labels === undefined) return;
  announce(labels === 0 ? done : `${done}, ${labels} ${labels === 1 ? 'label' : 'labels'} rewritten`);
}

async function pickLayer({ texts }: LabelSession, title: string): Promise<ProjectLayer | undefined> {
  const { layers } = texts.styles;
  const picks = layers.map(({ name, kind }) => ({ label: name, description: kind }));
  const pick = await vscode.window.showQuickPick(picks, { title, placeHolder: 'In which layer?' });
  return layers.find(({ name }) => name === pick?.label);
}

async function pickOne(title: string, { labels }: ProjectLayer, placeHolder: string) {
  const picks = labels.map(({ name, description }) => ({ label: name, description }));
  return (await vscode.window.showQuickPick(picks, { title, placeHolder }))?.label;
}

async function ask(
  title: string,
  prompt: string,
  validateInput?: (value: string) => string | undefined,
  value = '',
): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({ title, prompt, value, validateInput });
  return answer?.trim();
}

function notEmpty(value: string): string | undefined {
  return value.trim() === '' ? 'Write a name.' : undefined;
}

function listOf(value: string): string[] {
  const names = value.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
