import * as vscode from 'vscode';
import { nextEntity } from '../entityWalk';
import { readSettings, writeSetting } from '../settings';
import type { MarkState, ShownMark } from '../labels/shownMarks';
import type { ShownTexts } from '../labels/shownTexts';
import { BORDERS } from '../labels/spanLook';
import { borderSwatch, swatch } from '../swatch';
import { activeTaggedText, announce, selectMark } from '../taggedText';
import { tally } from '../tally';
import type { TagTally } from '../tally';
import type { ThemeColors } from '../themeColors';

const KINDS: Readonly<Record<TagTally['kind'], string>> = {
  sentence: 'sentences',
  span: 'entities',
  token: 'parts of speech',
};

/** What the style of a frame means. */
const STATES: readonly (readonly [MarkState, string])[] = [
  ['suggested', 'suggested by the model'],
  ['confirmed', 'confirmed ✓'],
  ['review', 'needs review ?'],
];

interface TagPick extends vscode.QuickPickItem {
  readonly tally?: TagTally<ShownMark>;
  /** Where choosing it may lead. */
  readonly marks?: readonly ShownMark[];
}

/** Shows all tags and labels of the active text with name, look and number; choosing one goes to its next place. */
export async function showLegend(texts: ShownTexts, colors: ThemeColors): Promise<void> {
  const text = activeTaggedText(texts);
  if (text === undefined) return;
  const tallies = tally(text.marks, (mark) => texts.styles.styleOf(mark));
  const items = [...picks(tallies, colors), ...statePicks(text.marks, colors)];
  const pick = await vscode.window.showQuickPick(items, {
    title: 'Tags of This Text',
    placeHolder: 'Choose a tag to go to its next place',
    matchOnDescription: true,
  });
  const marks = pick?.marks ?? [];
  const stop = nextEntity(marks, text.editor.document.offsetAt(text.editor.selection.start), 'next');
  if (pick === undefined || stop === undefined) return;
  selectMark(text, stop.mark);
  announce(`${pick.tally?.style.name ?? pick.label}, ${stop.number} of ${stop.total}`);
}

/** Lets the user tick the tags to show; the others go into the setting `glossator.hiddenTags`. */
export async function chooseTags(texts: ShownTexts, colors: ThemeColors): Promise<void> {
  const text = activeTaggedText(texts);
  if (text === undefined) return;
  const { hiddenTags } = readSettings();
  const tallies = tally(text.marks, (mark) => texts.styles.styleOf(mark));
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

/** The full name, where the label has one, the number, and how many of them people confirmed. */
function describe({ label, style, marks }: TagTally<ShownMark>): string {
  const confirmed = marks.filter(({ state }) => state === 'confirmed').length;
  const some = confirmed === 0 ? '' : `, ${confirmed.toLocaleString('en')} ✓`;
  const count = `${marks.length.toLocaleString('en')}${some}`;
  return style.name === label ? count : `${style.name} · ${count}`;
}

function picks(tallies: readonly TagTally<ShownMark>[], colors: ThemeColors): TagPick[] {
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
      marks: each.marks,
    });
  }
  return items;
}

/** The styles of frames that occur, with what they mean. */
function statePicks(all: readonly ShownMark[], colors: ThemeColors): TagPick[] {
  const spans = all.filter(({ kind }) => kind === 'span');
  const items = STATES.flatMap(([state, label]): TagPick[] => {
    const marks = spans.filter((mark) => mark.state === state);
    const icon = borderSwatch(BORDERS[state], colors.of('glossator.entity.otherBorder'));
    const description = marks.length.toLocaleString('en');
    return marks.length === 0
      ? []
      : [{ label, description: `· ${description}`, iconPath: vscode.Uri.parse(icon), marks }];
  });
  if (items.length === 0) return [];
  return [{ label: 'frames', kind: vscode.QuickPickItemKind.Separator }, ...items];
}
