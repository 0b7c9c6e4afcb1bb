import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { tagWithCommandLine } from './commandLine';
import { badges } from './editorView';
import { LabelKeyboard } from './labelKeyboard';
import { skip, Workbench } from './workbench';

const HEADER = '{"format":"glossator-annotations","version":1}';
const DIARY = 'Clara Winter reached Lisbon on Monday.\n';
const GENES = /\b(?:velA|krs3|Nub2|Hobl1|tolC|pacR)\b/g;

interface Placed {
  readonly layer: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly id: string;
  readonly annotator?: string;
}

/** A line of an annotation file, for words that stand at some place of a text. */
function line(text: string, { annotator = 'Ada', ...label }: Placed): string {
  const { start, end } = label;
  return JSON.stringify({
    ...{ id: label.id, layer: label.layer, label: label.label, start, end, quote: text.slice(start, end) },
    ...{ before: text.slice(Math.max(0, start - 30), start), after: text.slice(end, end + 30) },
    ...{ state: 'confirmed', annotator, time: '2026-01-01T00:00:00.000Z' },
  });
}

/** Two branches on which two people labelled the same fresh text, merged as far as git can. */
function twoAnnotators(folder: string): void {
  const git = (...args: string[]): void => {
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
  };
  const sidecar = path.join(folder, '.glossator', 'annotations', 'diary.txt.jsonl');
  const label = (annotator: string, id: string, words: string, name: string): void => {
    const start = DIARY.indexOf(words);
    const place = { layer: 'ner', label: name, start, end: start + words.length };
    mkdirSync(path.dirname(sidecar), { recursive: true });
    writeFileSync(sidecar, `${HEADER}\n${line(DIARY, { ...place, id, annotator })}\n`);
    git('add', '-A');
    git('commit', '-qm', annotator);
  };
  writeFileSync(path.join(folder, 'diary.txt'), DIARY);
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'Begin');
  git('checkout', '-qb', 'grace');
  label('Grace', 'grace00001', 'Lisbon', 'LOC');
  git('checkout', '-q', 'main');
  label('Ada', 'ada0000001', 'Clara Winter', 'PER');
  assert.throws(() => git('merge', '-q', 'grace'), 'git cannot merge them');
}

/** A layer of the user's own with its labels in the texts of samples/genes. */
function geneLabels(folder: string): void {
  const layers = [
    { name: 'ner', kind: 'span', labels: ['PER', 'LOC', 'ORG', 'MISC'].map((name) => ({ name })) },
    { name: 'gene', kind: 'span', labels: [{ name: 'GENE' }] },
  ];
  const annotations = path.join(folder, '.glossator', 'annotations', 'genes');
  mkdirSync(annotations, { recursive: true });
  writeFileSync(path.join(folder, '.glossator', 'project.json'), JSON.stringify({ layers }));
  for (const name of ['wing-veins.txt', 'frost.txt', 'night-fish.txt']) {
    const text = readFileSync(path.join(folder, 'genes', name), 'utf8');
    const lines = [...text.matchAll(GENES)].map(({ index, 0: words }, i) => {
      const id = `gene${name.slice(0, 3)}${String(i).padStart(3, '0')}`;
      return line(text, { layer: 'gene', label: 'GENE', start: index, end: index + words.length, id });
    });
    writeFileSync(path.join(annotations, `${name}.jsonl`), `${[HEADER, ...lines].join('\n')}\n`);
  }
}

suite('What people trust with their labels, in VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;
  let keyboard: LabelKeyboard;

  before(async () => {
    workbench = await Workbench.start({}, (folder) => {
      geneLabels(folder);
      twoAnnotators(folder);
    });
    keyboard = new LabelKeyboard(workbench);
  });
  after(() => workbench?.stop());

  test('a merge conflict of two annotators is resolved by one command', async () => {
    await keyboard.open('diary.txt');
    await workbench.status(/Glossator: [\d,]*[1-9]\d* words?\. /);
    await workbench.page.locator('.view-overlays .squiggly-error').first().waitFor();
    await workbench.screenshot('trust-conflict');
    await keyboard.command('Glossator: Resolve Annotation Conflict');
    await keyboard.said(/Merged the annotations of diary\.txt: 2 labels/);
    await keyboard.saved('diary.txt', ['PER Clara Winter', 'LOC Lisbon']);
    await workbench.untilEqual(
      () => badges(workbench.page),
      ['PER\u00a0✓', 'LOC\u00a0✓'],
      'both labels in the text',
    );
    await workbench.screenshot('trust-conflict-resolved');
  });

  test('sentences reviewed in an own layer leave the names alone, also after retraining', async () => {
    const { page } = workbench;
    await keyboard.open('new-abstract.txt');
    await workbench.status(/Glossator: [\d,]*[1-9]\d* words?\. /);
    const file = path.join(workbench.folder, 'genes', 'new-abstract.txt');
    const names = tagWithCommandLine(file, readFileSync(file, 'utf8')).entities.map(({ label }) => label);
    assert.ok(names.length > 1, 'the sample has names');
    await workbench.untilEqual(() => badges(page), names, 'suggested names');
    await keyboard.command('Glossator: Choose Layer');
    await keyboard.answer(/Choose the layer/, 'gene');
    await page.locator('.statusbar-item', { hasText: 'Annotating: gene' }).waitFor();
    // From the last paragraph up: the names stand in it.
    await page.keyboard.press('Control+End');
    const marks = (): string[] =>
      keyboard
        .lines('genes/new-abstract.txt')
        .filter(({ layer }) => layer === '@reviewed')
        .map(({ label }) => label);
    for (let count = 1; count <= 6; count++) {
      await page.keyboard.press('Control+Enter');
      await workbench.until(async () => marks().length === count || undefined, `${count} reviewed sentences`);
      const first = Math.min(...keyboard.lines('genes/new-abstract.txt').map(({ start }) => start));
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('Control+g');
      const text = readFileSync(file, 'utf8').slice(0, Math.max(0, first - 2));
      const lines = text.split('\n');
      await workbench.quickInput.fill(`:${lines.length}:${lines[lines.length - 1].length}`);
      await page.keyboard.press('Enter');
    }
    assert.deepEqual([...new Set(marks())], ['gene']);
    await workbench.untilEqual(() => badges(page).then(withoutReview), names, 'the same names');
    await workbench.screenshot('trust-reviewed');
    await page.keyboard.press('Escape');
    await keyboard.command('Glossator: Retrain');
    // Two layers are trained, which takes minutes where the machine is busy.
    await page.locator('.notification-list-item', { hasText: /new model/i }).waitFor({ timeout: 600_000 });
    const told = async (): Promise<string[]> =>
      withoutReview(await badges(page)).filter((badge) => badge !== 'GENE');
    await workbench.untilEqual(told, names, 'the same names after retraining');
    await workbench.screenshot('trust-retrained');
  });
});

/** Badges of labels, not the marks of reviewed sentences. */
const withoutReview = (all: readonly string[]): string[] => all.filter((badge) => badge !== '✓');
