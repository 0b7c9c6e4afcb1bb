import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { tagWithCommandLine, type ExpectedTags } from './commandLine';
import { LabelKeyboard } from './labelKeyboard';
import { skip, Workbench } from './workbench';

/** Our own words. The first is what is labelled everywhere. */
const VISIT =
  'Lisbon is warm in May.\n\nClara Winter came to Lisbon by train, and Daniel left Lisbon by bus.\n';
const LETTER = 'Dear Clara, the weather in Lisbon is fine.\n';
const CUT = 'The lighthouses were dark.\n';
const FOREIGN = 'Daniel sold clocks in Geneva.\n';

/** A label that no command would make: it ends inside of a word. */
const CUT_LABEL = {
  ...{ id: 'cut', layer: 'ner', label: 'LOC', start: 4, end: 9, quote: 'light', before: 'The ' },
  ...{ after: 'houses were dark.\n', state: 'confirmed', annotator: 'Ada', time: '2026-01-01T00:00:00.000Z' },
};

suite('Commands that change many labels, in VS Code', { skip, timeout: 1_800_000 }, () => {
  let workbench: Workbench;
  let keyboard: LabelKeyboard;
  let expected: ExpectedTags;
  let accepted: string[];
  const at = (...names: string[]): string => path.join(workbench.folder, ...names);

  before(async () => {
    workbench = await Workbench.start({}, (folder) => {
      const write = (name: string, content: string): void => {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), content);
      };
      write('visit.txt', VISIT);
      write('letter.txt', LETTER);
      write('cut.txt', CUT);
      const header = { format: 'glossator-annotations', version: 1 };
      write(
        '.glossator/annotations/cut.txt.jsonl',
        `${JSON.stringify(header)}\n${JSON.stringify(CUT_LABEL)}\n`,
      );
      write('from-elsewhere/clocks.txt', FOREIGN);
      write('from-elsewhere/clocks.ann', 'T1\tPER 0 6\tDaniel\nT2\tLOC 22 28\tGeneva\n');
    });
    keyboard = new LabelKeyboard(workbench);
    expected = tagWithCommandLine(at('visit.txt'), VISIT);
    accepted = expected.entities.map(({ label, start, end }) => `${label} ${VISIT.slice(start, end)}`);
    assert.ok(accepted.length >= 4, 'the model suggests enough');
    await keyboard.open('visit.txt');
    await workbench.status(/Glossator: [\d,]*[1-9]\d* words?\. /);
  });
  after(() => workbench?.stop());

  const undo = (): Promise<void> => keyboard.chord('z');
  const redo = (): Promise<void> => keyboard.chord('Shift+Z');
  const places = ['MISC Lisbon', 'MISC Lisbon', 'MISC Lisbon'];

  test('all places of some words in this text are labelled, undone and labelled again', async () => {
    await workbench.page.keyboard.press('Control+Home');
    await keyboard.chord('m');
    await keyboard.answer(/Choose a label/, 'MISC');
    await keyboard.answer(/Tick the places/);
    await keyboard.saved('visit.txt', places);
    await undo();
    await keyboard.saved('visit.txt', []);
    await redo();
    await keyboard.saved('visit.txt', places);
    await undo();
    await keyboard.saved('visit.txt', []);
  });

  test('the same in all texts, as one step of undo', async () => {
    await workbench.page.keyboard.press('Control+Home');
    await keyboard.chord('Shift+M');
    await keyboard.answer(/Choose a label/, 'MISC');
    await workbench.quickPicks.filter({ hasText: 'weather in Lisbon' }).waitFor();
    await workbench.screenshot('labelling-matches');
    await keyboard.answer(/Tick the places/);
    await keyboard.saved('letter.txt', ['MISC Lisbon']);
    await keyboard.saved('visit.txt', places);
    await undo();
    await keyboard.saved('letter.txt', []);
    await keyboard.saved('visit.txt', []);
  });

  test('all suggestions in the sentence, in the selection and in the document are accepted, and undone', async () => {
    const { page } = workbench;
    await page.keyboard.press('Control+Home');
    const isIn = (from: number, to: number): string[] =>
      accepted.filter((_, i) => expected.entities[i].start >= from && expected.entities[i].end <= to);
    await keyboard.chord('s');
    await keyboard.answer(/probability/, '0');
    await keyboard.saved('visit.txt', isIn(0, VISIT.indexOf('\n')));
    await undo();
    await keyboard.saved('visit.txt', []);
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Control+Shift+Home');
    for (const key of ['Shift+S', 'Shift+A']) {
      await keyboard.chord(key);
      await keyboard.answer(/probability/, '0');
      await keyboard.saved('visit.txt', accepted);
      await undo();
      await keyboard.saved('visit.txt', []);
    }
    await redo();
    await keyboard.saved('visit.txt', accepted);
  });

  test('a label is renamed, merged into another and deleted, in the project and in all texts; each is undone', async () => {
    const edited = (change: (label: string) => string[]): string[] =>
      accepted.flatMap((one) => {
        const [label, ...words] = one.split(' ');
        return change(label).map((name) => `${name} ${words.join(' ')}`);
      });
    const inProject = async (names: readonly string[]): Promise<void> => {
      await workbench.until(
        async () => {
          if (!existsSync(at('.glossator', 'project.json'))) return names.includes('LOC') || undefined;
          const { layers } = JSON.parse(readFileSync(at('.glossator', 'project.json'), 'utf8')) as {
            layers: { name: string; labels: { name: string }[] }[];
          };
          const ner = layers.find(({ name }) => name === 'ner')?.labels.map(({ name }) => name) ?? [];
          return [...names].sort().join() === ner.sort().join() || undefined;
        },
        `the labels ${names.join(', ')} in the project`,
      );
    };
    const all = ['PER', 'ORG', 'LOC', 'MISC'];

    await keyboard.command('Glossator: Rename Label');
    await keyboard.answer(/In which layer/, 'ner');
    await keyboard.answer(/Which label/, 'LOC');
    await keyboard.answer(/New name of LOC/, 'PLACE');
    await keyboard.saved(
      'visit.txt',
      edited((label) => [label === 'LOC' ? 'PLACE' : label]),
    );
    await keyboard.saved('cut.txt', ['PLACE light']);
    await inProject(['PER', 'ORG', 'PLACE', 'MISC']);
    await undo();
    await keyboard.saved('visit.txt', accepted);
    await keyboard.saved('cut.txt', ['LOC light']);
    await inProject(all);

    await keyboard.command('Glossator: Merge Labels');
    await keyboard.answer(/In which layer/, 'ner');
    await keyboard.tick(/Tick the labels/, 'LOC');
    await keyboard.answer(/Merge LOC into which label/, 'MISC');
    await keyboard.saved(
      'visit.txt',
      edited((label) => [label === 'LOC' ? 'MISC' : label]),
    );
    await inProject(['PER', 'ORG', 'MISC']);
    await undo();
    await keyboard.saved('visit.txt', accepted);
    await inProject(all);

    await keyboard.command('Glossator: Delete Label');
    await keyboard.answer(/In which layer/, 'ner');
    await keyboard.answer(/Which label/, 'LOC');
    await keyboard.confirm('Delete the label LOC');
    await keyboard.saved(
      'visit.txt',
      edited((label) => (label === 'LOC' ? [] : [label])),
    );
    await keyboard.saved('cut.txt', []);
    await inProject(['PER', 'ORG', 'MISC']);
    await undo();
    await keyboard.saved('visit.txt', accepted);
    await keyboard.saved('cut.txt', ['LOC light']);
    await inProject(all);
  });

  test('an export asks what becomes of a label that does not fit, and tells what is left out', async () => {
    await keyboard.open('cut.txt');
    await keyboard.command('Glossator: Export Annotations');
    await keyboard.answer(/What\?/, 'This text');
    await keyboard.answer(/Which format/, 'CoNLL-U');
    await keyboard.accept('Export Annotations', 'cut.conllu');
    await workbench.until(
      async () => /1 label would cut a token/.test(await workbench.question()) || undefined,
      'the question about the label',
    );
    await workbench.screenshot('labelling-export');
    assert.equal(existsSync(at('cut.conllu')), false);
    await keyboard.answer(/would cut/, 'Snap out');
    await keyboard.confirm('Export Annotations?');
    await keyboard.said(/1 text with 1 label exported/);
    assert.match(readFileSync(at('cut.conllu'), 'utf8'), /lighthouses\t.*NER=B-LOC/);
  });

  test('a label whose words are gone is placed on others, and that is undone', async () => {
    const { page } = workbench;
    await keyboard.open('letter.txt');
    await page.keyboard.press('Control+Home');
    await keyboard.chord('l');
    await keyboard.answer(/Choose a label/, 'MISC');
    await keyboard.saved('letter.txt', ['MISC Dear']);
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 'Dear '.length; i++) await page.keyboard.press('Delete');
    await keyboard.chord('Shift+V');
    await keyboard.saved('letter.txt', ['MISC Clara']);
    await undo();
    await keyboard.saved('letter.txt', ['MISC Dear']);
  });

  test('texts with labels are imported, as one step of undo', async () => {
    await keyboard.command('Glossator: Import Annotations');
    await keyboard.accept('Import Annotations', at('from-elsewhere', 'clocks.ann'));
    await keyboard.answer(/brat standoff · 1 text · 2 labels/, 'Import');
    await keyboard.said(/1 text with 2 labels imported/);
    await workbench.page.locator('.tab.active', { hasText: 'clocks.txt' }).waitFor();
    assert.equal(readFileSync(at('from-elsewhere', 'clocks.txt'), 'utf8'), FOREIGN);
    await keyboard.saved('from-elsewhere/clocks.txt', ['PER Daniel', 'LOC Geneva']);
    await undo();
    await keyboard.saved('from-elsewhere/clocks.txt', []);
    await redo();
    await keyboard.saved('from-elsewhere/clocks.txt', ['PER Daniel', 'LOC Geneva']);
  });
});
