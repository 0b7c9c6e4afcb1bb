import * as vscode from 'vscode';
import type { Match, MatchesParams } from '../../server/protocol/labels';
import type { TargetText } from '../labels/targetText';
import { announce } from '../taggedText';
import { pickLabel } from './labelPick';

interface PlacePick extends vscode.QuickPickItem {
  readonly match?: Match;
}

/** Labels the words of the selection wherever they stand, after a preview in which the user ticks the places. */
export async function labelMatches(text: TargetText, scope: MatchesParams['scope']): Promise<void> {
  const { session, document, uri } = text;
  const choices = await session.requests.choices(document, text.selection);
  const choice = choices && (await pickLabel(text, choices, 'Label Everywhere'));
  if (choices === undefined || choice === undefined) return;
  const { layer, label } = choice;
  for (let note = ''; ; note = ' (the texts have changed: please look again)') {
    const places = await session.requests.matches({ uri, text: choices.text, layer, scope });
    if (places.length === 0) return announce(`“${choices.text}” was not found`);
    const picks = await vscode.window.showQuickPick(preview(places, label), {
      title: `Label “${choices.text}” as ${label}: ${places.length} places${note}`,
      placeHolder: 'Tick the places to label',
      canPickMany: true,
      matchOnDescription: true,
    });
    const chosen = (picks ?? []).flatMap(({ match }) => (match === undefined ? [] : [match]));
    if (chosen.length === 0) return;
    const texts = [...new Map(chosen.map((match) => [match.uri, match.version]))].map(([of, version]) => ({
      uri: of,
      version,
      operations: chosen
        .filter((match) => match.uri === of)
        .map(({ start, end }) => ({ kind: 'add' as const, layer, label, start, end })),
    }));
    const title = `Label “${choices.text}” as ${label} in ${chosen.length} places`;
    const outcome = await session.requests.applyAll({ title, texts });
    if (outcome === 'done') announce(`${chosen.length} places are labelled ${label}`);
    if (outcome !== 'changed') return;
  }
}

/** The places by text. Those that have a label in this layer already are not ticked; those that have this one are left out. */
function preview(places: readonly Match[], label: string): PlacePick[] {
  const picks: PlacePick[] = [];
  let last: string | undefined;
  for (const match of places) {
    if (match.label === label) continue;
    if (match.uri !== last) {
      last = match.uri;
      const name = vscode.workspace.asRelativePath(vscode.Uri.parse(match.uri));
      picks.push({ label: name, kind: vscode.QuickPickItemKind.Separator });
    }
    const now = match.label === undefined ? '' : `, now ${match.label}`;
    picks.push({
      label: match.preview.trim(),
      description: `line ${match.line + 1}${now}`,
      picked: match.label === undefined,
      match,
    });
  }
  return picks;
}
