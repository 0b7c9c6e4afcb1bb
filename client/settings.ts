import * as vscode from 'vscode';
import { defaultSettings } from '../server/protocol/settings';

export type WordStyle = 'color' | 'underline' | 'semanticTokens';

/** The settings that the client itself reads; the server reads the others. */
export interface ClientSettings {
  readonly languages: readonly string[];
  /** Path of a Node.js executable for the server; empty for the editor's own. */
  readonly runtime: string;
  readonly entities: { readonly enabled: boolean; readonly badge: boolean };
  readonly sentenceLabels: { readonly enabled: boolean };
  readonly partsOfSpeech: { readonly enabled: boolean; readonly style: WordStyle };
  /** Entities in the outline, too; else it is the document's own. */
  readonly outline: boolean;
  /** Tags not shown, as `layer/label`. */
  readonly hiddenTags: ReadonlySet<string>;
  /** Suggestions whose probability is below this are uncertain, in [0, 1]. */
  readonly threshold: number;
}

export function readSettings(): ClientSettings {
  const section = vscode.workspace.getConfiguration('glossator');
  return {
    languages: section.get('languages', [...defaultSettings.languages]),
    runtime: section.get('server.runtime', ''),
    entities: {
      enabled: section.get('entities.enabled', true),
      badge: section.get('entities.badge', true),
    },
    sentenceLabels: { enabled: section.get('sentenceLabels.enabled', true) },
    partsOfSpeech: {
      enabled: section.get('partsOfSpeech.enabled', false),
      style: section.get<WordStyle>('partsOfSpeech.style', 'color'),
    },
    outline: section.get('outline', false),
    hiddenTags: new Set(section.get<string[]>('hiddenTags', [])),
    threshold: section.get('diagnostics.threshold', 0.5),
  };
}

/** Writes a setting where the user already has it: in the workspace if it is set there, else for the user. */
export async function writeSetting(name: string, value: unknown): Promise<void> {
  const section = vscode.workspace.getConfiguration('glossator');
  const inWorkspace = section.inspect(name)?.workspaceValue !== undefined;
  const { Global, Workspace } = vscode.ConfigurationTarget;
  await section.update(name, value, inWorkspace ? Workspace : Global);
}

/** Writes a setting for the workspace, or for the user where none is open. */
export async function writeForWorkspace(name: string, value: unknown): Promise<void> {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const target = vscode.workspace.workspaceFolders === undefined ? Global : Workspace;
  await vscode.workspace.getConfiguration('glossator').update(name, value, target);
}
