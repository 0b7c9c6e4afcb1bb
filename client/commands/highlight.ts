import * as vscode from 'vscode';
import { readSettings, writeForWorkspace } from '../settings';
import { wordTags } from '../tagStyles';
import { announce } from '../taggedText';

/** What writers and linguists ask for, with the parts of speech that it is. */
const WORDS = {
  Adverbs: ['ADV'],
  Adjectives: ['ADJ'],
  Verbs: ['VERB', 'AUX'],
  Nouns: ['NOUN', 'PROPN'],
} as const;
const NAMES = 'Names';
const ALL = 'All Parts of Speech';
const UNSURE = 'Everything Unsure';

type Choice = keyof typeof WORDS | typeof NAMES | typeof ALL | typeof UNSURE;

const CHOICES: readonly Choice[] = [NAMES, 'Adverbs', 'Adjectives', 'Verbs', 'Nouns', ALL, UNSURE];

/** Lets the user tick what is highlighted; nothing ticked is nothing shown. It holds for the workspace. */
export async function chooseHighlights(): Promise<void> {
  const now = current();
  const picks = CHOICES.map((label) => ({ label, picked: now.has(label) }));
  const options = {
    title: 'Highlight',
    placeHolder: 'What to highlight in your texts',
    canPickMany: true,
  } as const;
  const chosen = await vscode.window.showQuickPick(picks, options);
  if (chosen !== undefined) await highlight(chosen.map(({ label }) => label));
}

/** Highlights just this, in the texts of the workspace. */
export async function highlight(choices: readonly Choice[]): Promise<void> {
  const shown = new Set(
    choices.flatMap((choice): readonly string[] =>
      choice in WORDS ? WORDS[choice as keyof typeof WORDS] : [],
    ),
  );
  const isAll = choices.includes(ALL);
  const { hiddenTags } = readSettings();
  const others = [...hiddenTags].filter((key) => !wordTags.some((tag) => key === keyOf(tag)));
  const hidden = isAll || shown.size === 0 ? [] : wordTags.filter((tag) => !shown.has(tag)).map(keyOf);
  await writeForWorkspace('entities.enabled', choices.includes(NAMES));
  await writeForWorkspace('partsOfSpeech.enabled', isAll || shown.size > 0);
  await writeForWorkspace('hiddenTags', [...others, ...hidden]);
  await writeForWorkspace('diagnostics.lowConfidence', choices.includes(UNSURE) ? 'hint' : 'off');
  announce(choices.length === 0 ? 'Nothing is highlighted' : `Highlighted: ${choices.join(', ')}`);
}

/** What is highlighted now, as far as it can be said in these words. */
function current(): ReadonlySet<Choice> {
  const { entities, partsOfSpeech, hiddenTags } = readSettings();
  const isShown = (tag: string): boolean => partsOfSpeech.enabled && !hiddenTags.has(keyOf(tag));
  const isAll = wordTags.every(isShown);
  const words = (Object.keys(WORDS) as (keyof typeof WORDS)[]).filter(
    (name) => !isAll && WORDS[name].every(isShown),
  );
  const unsure = vscode.workspace.getConfiguration('glossator').get('diagnostics.lowConfidence') !== 'off';
  return new Set<Choice>([
    ...(entities.enabled ? ([NAMES] as const) : []),
    ...words,
    ...(isAll ? ([ALL] as const) : []),
    ...(unsure ? ([UNSURE] as const) : []),
  ]);
}

const keyOf = (tag: string): string => `pos/${tag}`;
