import * as vscode from 'vscode';
import {
  type ConversionPlan,
  type ConvertAnswer,
  type ConvertParams,
  wireFormats,
} from '../../server/protocol/conversion';
import type { LabelRequests } from '../labels/labelRequests';
import { pickFormatOf, pickFormatOfFiles } from './pickFormat';

/** What can be changed of an import before it begins. */
interface Settings {
  readonly from?: string;
  readonly formats: readonly { readonly uri: string; readonly format: string }[];
  readonly folder: vscode.Uri;
  readonly layers?: readonly string[];
  readonly unit?: 'utf16' | 'codepoints';
  readonly columns?: string;
}

export type SettledImport = Omit<ConvertParams, 'lossy' | 'replace' | 'textOnly'>;

interface Pick extends vscode.QuickPickItem {
  /** Imports; otherwise the settings change, or undefined where they stay. */
  readonly gold?: boolean;
  readonly change?: () => Thenable<Settings | undefined>;
}

/** Formats in which a word without a label usually means that it has none. */
const GOLD_FORMATS = ['conllu', 'conll2003', 'bilou', 'bioes', 'webanno-tsv'];
const UNITS = { utf16: 'UTF-16 code units', codepoints: 'code points' } as const;
/** Labels that the question names. */
const MOST_NAMED = 4;

/**
 * Shows what an import will do until the user takes it, changes it or gives up.
 * @param known span layers of the project
 * @returns undefined where the user gave up, or no file can be read
 */
export async function settleImport(
  requests: LabelRequests,
  files: readonly vscode.Uri[],
  known: readonly string[],
  title: string,
): Promise<SettledImport | undefined> {
  let settings: Settings = { formats: [], folder: folderFor(files[0]) };
  for (;;) {
    const asked = paramsFor(files, settings);
    const plan = { lossy: false, replace: false, planOnly: true };
    const answer = await requests.convert({ ...asked, ...plan });
    if (answer === undefined) return undefined;
    const [unclear] = answer.unclear;
    if (unclear !== undefined) {
      const format = await pickFormatOf(unclear, title);
      if (format === undefined) return undefined;
      settings = { ...settings, formats: [...settings.formats, { uri: unclear.uri, format }] };
      continue;
    }
    if (answer.unclearUnit !== undefined) {
      const unit = await pickUnit(title, answer.unclearUnit.fits);
      if (unit === undefined) return undefined;
      settings = { ...settings, unit };
      continue;
    }
    if (answer.plan === undefined) return undefined;
    const name = files.length === 1 ? vscode.workspace.asRelativePath(files[0]) : `${files.length} files`;
    const pick = await vscode.window.showQuickPick(picksFor(answer, answer.plan, settings, known, title), {
      ...{ title: `${title}: ${name}`, placeHolder: summary(answer, answer.plan), ignoreFocusOut: true },
    });
    if (pick === undefined) return undefined;
    if (pick.gold !== undefined) return { ...asked, gold: pick.gold };
    settings = { ...settings, ...(await pick.change?.()) };
  }
}

function paramsFor(
  files: readonly vscode.Uri[],
  { from, formats, folder, layers, unit, columns }: Settings,
): SettledImport {
  return {
    files: files.map((file) => file.toString()),
    ...{ to: 'glossator', out: folder.toString(), isFolder: true },
    ...(from !== undefined && { from }),
    ...(unit !== undefined && { unit }),
    ...(columns !== undefined && { columns }),
    ...{ formats, choices: layers === undefined ? {} : { layers } },
  };
}

/** Beside the file where it lies in the workspace. */
function folderFor(file: vscode.Uri): vscode.Uri {
  const own = vscode.workspace.getWorkspaceFolder(file);
  if (own === undefined)
    return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.joinPath(file, '..');
  return file.path === own.uri.path ? file : vscode.Uri.joinPath(file, '..');
}

/** `CoNLL-2003, IOB2 · 2 texts · 214 labels: PER 100, LOC 80`. */
function summary({ texts, labels, skipped }: ConvertAnswer, { formats, layers }: ConversionPlan): string {
  const named = layers
    .flatMap((layer) => layer.labels)
    .sort((a, b) => b.count - a.count)
    .map(({ name, count }) => `${name} ${count}`);
  const shown = [...named.slice(0, MOST_NAMED), ...(named.length > MOST_NAMED ? ['…'] : [])].join(', ');
  return [
    titlesOf(formats),
    `${texts} ${texts === 1 ? 'text' : 'texts'}`,
    `${labels} ${labels === 1 ? 'label' : 'labels'}${shown === '' ? '' : `: ${shown}`}`,
    ...(skipped.length === 0 ? [] : [`${skipped.length} skipped`]),
  ].join(' · ');
}

function titlesOf(formats: readonly string[]): string {
  const titles = formats.map(
    (name) => wireFormats.find((format) => format.name === name)?.title ?? 'plain text',
  );
  return titles.join('; ');
}

function picksFor(
  { losses, skipped }: ConvertAnswer,
  plan: ConversionPlan,
  settings: Settings,
  known: readonly string[],
  title: string,
): Pick[] {
  const into = plan.layers.map(({ layer, isNew }) => (isNew ? `${layer} (new)` : layer)).join(', ');
  const gold = {
    label: '$(verified) Import as Gold',
    description: `into ${into}; unlabelled words have no label`,
  };
  const plain = { label: '$(check) Import', description: `into ${into}; sentences still to be reviewed` };
  const first: Pick[] = [
    { ...gold, gold: true },
    { ...plain, gold: false },
  ];
  if (!plan.formats.every((format) => GOLD_FORMATS.includes(format))) first.reverse();
  const taken = plan.layers.map(({ layer }) => layer);
  const changes: Pick[] = [];
  if (taken.length === 1)
    changes.push({
      ...{ label: 'Layer…', description: taken[0] },
      change: async () => withLayer(settings, await pickLayer(taken[0], known, title)),
    });
  if (plan.offered.length > 0)
    changes.push({
      ...{ label: 'Also Take…', description: plan.offered.join(', ') },
      change: async () => withLayers(settings, taken, await pickOffered(plan.offered, title)),
    });
  if (plan.hasColumns)
    changes.push({
      ...{ label: 'Columns…', description: settings.columns ?? 'recognized by what is in them' },
      change: async () => withColumns(settings, await askColumns(settings.columns, title)),
    });
  if (plan.unit !== undefined)
    changes.push({
      ...{ label: 'Offsets Count…', description: UNITS[plan.unit] },
      change: async () => withUnit(settings, await pickUnit(title)),
    });
  changes.push(
    {
      ...{ label: 'Folder for the Texts…', description: vscode.workspace.asRelativePath(settings.folder) },
      change: async () => withFolder(settings, await pickFolder(settings.folder)),
    },
    {
      ...{ label: 'Format…', description: titlesOf(plan.formats) },
      change: async () => withFormat(settings, await pickFormatOfFiles(title)),
    },
  );
  const lines = [
    ...plan.lines,
    ...losses.map(({ what, count }) => `Left out: ${count} ${what}.`),
    ...skipped.map(
      ({ uri, reason }) => `${vscode.workspace.asRelativePath(vscode.Uri.parse(uri))}: ${reason}`,
    ),
  ];
  const show = async (): Promise<undefined> => {
    const document = await vscode.workspace.openTextDocument({ content: `${lines.join('\n')}\n` });
    await vscode.window.showTextDocument(document, {
      preserveFocus: true,
      viewColumn: vscode.ViewColumn.Beside,
    });
    return undefined;
  };
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [...first, separator, ...changes, { label: 'Show Details', change: show }];
}

const withLayer = (settings: Settings, layer: string | undefined): Settings =>
  layer === undefined ? settings : { ...settings, layers: [layer] };

const withLayers = (
  settings: Settings,
  taken: readonly string[],
  more: readonly string[] | undefined,
): Settings => (more === undefined ? settings : { ...settings, layers: [...taken, ...more] });

const withColumns = (settings: Settings, columns: string | undefined): Settings =>
  columns === undefined ? settings : { ...settings, columns: columns.trim() === '' ? undefined : columns };

const withUnit = (settings: Settings, unit: Settings['unit']): Settings =>
  unit === undefined ? settings : { ...settings, unit };

const withFolder = (settings: Settings, folder: vscode.Uri | undefined): Settings =>
  folder === undefined ? settings : { ...settings, folder };

const withFormat = (settings: Settings, format: { readonly name?: string } | undefined): Settings =>
  format === undefined ? settings : { ...settings, from: format.name, formats: [] };

async function pickLayer(now: string, known: readonly string[], title: string): Promise<string | undefined> {
  const other = { label: '$(add) New Layer…', name: undefined };
  const picks = [...[...new Set([now, ...known])].map((name) => ({ label: name, name })), other];
  const pick = await vscode.window.showQuickPick(picks, {
    title,
    placeHolder: 'Which layer do the labels go into?',
  });
  if (pick !== other) return pick?.name;
  return vscode.window.showInputBox({
    ...{ title, prompt: 'Name of the new layer' },
    validateInput: (name) => (/^[\w-]+$/.test(name) ? undefined : 'Use letters, digits, “-” and “_”.'),
  });
}

async function pickOffered(offered: readonly string[], title: string): Promise<string[] | undefined> {
  const picks = await vscode.window.showQuickPick(
    offered.map((label) => ({ label, picked: true })),
    { title, placeHolder: 'Which columns become layers too?', canPickMany: true },
  );
  return picks?.map(({ label }) => label);
}

function askColumns(now: string | undefined, title: string): Thenable<string | undefined> {
  const prompt = 'What each column is: token, pos, ner or another layer, “_” for one to leave out';
  return vscode.window.showInputBox({ title, prompt, value: now ?? '', placeHolder: 'token,pos,_,ner' });
}

/** @param fits what a label would stand on under each, where the file does not tell */
async function pickUnit(
  title: string,
  fits: NonNullable<ConvertAnswer['unclearUnit']>['fits'] = [],
): Promise<Settings['unit']> {
  const picks = (['codepoints', 'utf16'] as const).map((unit) => {
    const example = fits.find((fit) => fit.unit === unit)?.example;
    return { label: UNITS[unit], unit, description: example === undefined ? '' : `“${example}” is a label` };
  });
  const placeHolder = 'What do the offsets count? An emoji is one code point, and two UTF-16 code units.';
  const options = { title, placeHolder, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(picks, options))?.unit;
}

async function pickFolder(defaultUri: vscode.Uri): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    ...{ title: 'Folder for the Texts', openLabel: 'Put Texts Here', defaultUri },
    ...{ canSelectFolders: true, canSelectFiles: false },
  });
  return chosen?.[0];
}
