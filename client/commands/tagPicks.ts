import * as vscode from 'vscode';
import { nextEntity } from '../entityWalk';
import { readSettings, writeSetting } from '../settings';
import type { TagStore } from '../tagStore';
import { swatch } from '../swatch';
import { activeTaggedText, announce, selectMark } from '../taggedText';
import { tally } from '../tally';
import type { TagTally } from '../tally';
import type { ThemeColors } from '../themeColors';

const KINDS: Readonly<Record<TagTally['kind'], string>> = {
  sentence: 'sentences',
  span: 'entities',
  token: 'parts of speech',
};

interface TagPick extends vscode.QuickPickItem {
  readonly tally?: TagTally;
}

/** Shows all tags of the active text with name, look and number; choosing one goes to its next place. */
export async function showLegend(store: TagStore, colors: ThemeColors): Promise<void> {
  const text = activeTaggedText(store);
  if (text === undefined) return;
  const tallies = tally(text.marks);
  if (tallies.length === 0) return announce('No tags in this text');
  const pick = await vscode.window.showQuickPick(picks(tallies, colors), {
    title: 'Tags of This Text',
    placeHolder: 'Choose a tag to go to its next place',
    matchOnDescription: true,
  });
  if (pick?.tally === undefined) return;
  const { marks, style } = pick.tally;
  const stop = nextEntity(marks, text.editor.document.offsetAt(text.editor.selection.start), 'next');
  if (stop === undefined) return;
  selectMark(text, stop.mark);
  announce(`${style.name}, ${stop.number} of ${stop.total}`);
}

/** Lets the user tick the tags to show; the others go into the setting `glossator.hiddenTags`. */
export async function chooseTags(store: TagStore, colors: ThemeColors): Promise<void> {
  const text = activeTaggedText(store);
  if (text === undefined) return;
  const { hiddenTags } = readSettings();
  const tallies = tally(text.marks);
  const items = picks(tallies, colors).map((item) => ({
    ...item,
    picked: item.tally !== undefined && !hiddenTags.has(item.tally.key),
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Tags to Show',
    placeHolder: 'Tick the tags to show in the text',
    canPickMany: true,
    matchOnDescription: true,
  });
  if (chosen === undefined) return;
  const shown = new Set(chosen.map((item) => item.tally?.key));
  // Tags that this text does not hold stay as they were.
  const elsewhere = [...hiddenTags].filter((key) => !tallies.some((each) => each.key === key));
  const hidden = tallies.filter(({ key }) => !shown.has(key)).map(({ key }) => key);
  await writeSetting('hiddenTags', [...elsewhere, ...hidden]);
}

/** The full name, where the label has one, and the number. */
function describe({ label, style, marks }: TagTally): string {
  const count = marks.length.toLocaleString('en');
  return style.name === label ? count : `${style.name} · ${count}`;
}

function picks(tallies: readonly TagTally[], colors: ThemeColors): TagPick[] {
  const items: TagPick[] = [];
  let layer: string | undefined;
  for (const each of tallies) {
    if (each.layer !== layer) {
      layer = each.layer;
      items.push({ label: `${KINDS[each.kind]} (${layer})`, kind: vscode.QuickPickItemKind.Separator });
    }
    items.push({
      label: each.label,
      description: describe(each),
      // An icon of the editor would lose its colour in a quick pick.
      iconPath: vscode.Uri.parse(swatch(each.kind, each.style, colors.of(each.style.color))),
      tally: each,
    });
  }
  return items;
}
