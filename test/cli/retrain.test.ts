import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ModelHistory } from '../../models/retraining/modelHistory';
import type { RunRecord } from '../../models/retraining/runRecord';
import { modelIdOf } from '../../models/taggers/modelDirectory';
import { root } from '../shared';
import { labelledFolder } from '../server/retraining/labelledFolder';
import { type Outcome, runGlossator } from './runGlossator';
import { makeTinyModelFolder, writeTinyModel } from './tinyModel';

describe('glossator retrain', () => {
  let base: string;
  let settings: string;
  const made: string[] = [];

  before(async () => {
    const tiny = await makeTinyModelFolder();
    made.push(tiny.folder);
    base = tiny.model;
    settings = path.join(base, 'settings.json');
    writeFileSync(settings, JSON.stringify({ epochs: 2, newEpochs: 2, foldsFrom: 10 }));
  });
  after(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });

  /** A labelled folder whose project names a tiny model in it. */
  function workFolder(): string {
    const folder = labelledFolder();
    made.push(folder);
    cpSync(base, path.join(folder, 'base'), { recursive: true });
    const file = path.join(folder, '.glossator', 'project.json');
    const project = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...project, model: 'base' }));
    return folder;
  }

  const retrain = (folder: string, ...flags: string[]): Promise<Outcome> =>
    runGlossator(['retrain', folder, '--settings', settings, ...flags]);

  const recordIn = (directory: string): RunRecord =>
    JSON.parse(readFileSync(path.join(directory, 'run.json'), 'utf8')) as RunRecord;

  it('learns, says what came of it, and uses the model; the next one starts from the same base', async () => {
    const folder = workFolder();
    const history = new ModelHistory(folder);
    const { status, stdout, stderr } = await retrain(folder, '--use', 'always', '--json');
    assert.equal(status, 0, stderr);
    const lines = stderr.trimEnd().split('\n');
    assert.equal(lines[0], '45 labels in 20 sentences of 2 texts.');
    assert.match(stderr, /^GENE has 5 examples and needs 13 more to be scored\.$/m);
    assert.match(stderr, /^ner \(trained\): F1 \d+\.\d % before, \d+\.\d % after, by cross-validation\.$/m);
    assert.match(stderr, /^gene \(new\): /m);
    assert.match(stderr, /^Retrained in \d+ s\.$/m);
    const record = JSON.parse(stdout) as RunRecord;
    assert.equal(
      lines.at(-1),
      `The model ${record.modelId} serves in this folder from now on (${record.run}).`,
    );
    assert.deepEqual(recordIn((await history.current()) ?? ''), record);
    assert.equal(record.baseId, await modelIdOf(base));

    const again = await retrain(folder, '--use', 'never');
    assert.equal(again.status, 0, again.stderr);
    assert.doesNotMatch(again.stderr, /another model/);
    const newest = (await history.recorded()).at(-1);
    assert.deepEqual([newest?.current, newest?.record.baseId], [false, record.baseId]);
    assert.match(again.stderr, /The model \w+ (is in the history|is worse than the old one, which stays) \(/);
  });

  it('starts from what the project names now, and says that it is another model', async () => {
    const folder = workFolder();
    const history = new ModelHistory(folder);
    assert.equal((await retrain(folder, '--use', 'always')).status, 0);
    appendFileSync(path.join(folder, 'base', 'config.json'), '\n'); // another id
    const other = await modelIdOf(path.join(folder, 'base'));
    const { status, stderr } = await retrain(folder);
    assert.equal(status, 0, stderr);
    const line = `Retraining starts from another model than the last time: ${path.join(folder, 'base')}`;
    assert.ok(stderr.split('\n').includes(line), stderr);
    assert.equal((await history.recorded()).at(-1)?.record.baseId, other);
  });

  it('starts from what --base named in the folder, also when it is not named again', async () => {
    const folder = workFolder();
    const mine = path.join(folder, 'mine');
    cpSync(base, mine, { recursive: true });
    writeFileSync(path.join(mine, 'config.json'), '\n', { flag: 'a' }); // another id than that of the project
    assert.equal((await retrain(folder, '--base', mine, '--use', 'always')).status, 0);
    const again = await retrain(folder);
    assert.equal(again.status, 0, again.stderr);
    const [first, second] = await new ModelHistory(folder).recorded();
    assert.deepEqual([first.record.baseId, second.record.baseId], Array(2).fill(await modelIdOf(mine)));
  });

  it('starts from a model outside the folder only where that is named, and says so', async () => {
    const folder = workFolder();
    assert.equal((await retrain(folder, '--base', base, '--use', 'always')).status, 0);
    const [{ run }] = await new ModelHistory(folder).recorded();
    writeFileSync(path.join(folder, 'base', 'config.json'), '\n', { flag: 'a' });
    const again = await retrain(folder);
    assert.equal(again.status, 0, again.stderr);
    assert.equal(
      again.stderr.split('\n')[0],
      `The run.json of the retrained model ${run} names a model outside this folder to start from, which is not used unless you name it in the setting glossator.model or with --base.`,
    );
    const second = (await new ModelHistory(folder).recorded())[1];
    assert.equal(second.record.baseId, await modelIdOf(path.join(folder, 'base')));
  });

  it('goes on where the retrained model in use is damaged, and deletes nothing', async () => {
    const folder = workFolder();
    const history = new ModelHistory(folder);
    assert.equal((await retrain(folder, '--use', 'always')).status, 0);
    const current = (await history.current()) ?? '';
    writeFileSync(path.join(current, 'ner.safetensors'), 'no weights');
    const { status, stderr } = await retrain(folder, '--use', 'always');
    assert.equal(status, 0, stderr);
    assert.equal(
      stderr.split('\n')[0],
      `The retrained model ${path.basename(current)} cannot be loaded (ner.safetensors: The file is damaged: its checksum is not the one in config.json). The new one is compared with the original model.`,
    );
    assert.ok(existsSync(path.join(current, 'ner.safetensors')));
    assert.notEqual(await history.current(), current);
  });

  it('is cancelled by Ctrl-C with one sentence, and leaves nothing', async () => {
    const folder = workFolder();
    const args = [path.join(root, 'dist', 'cli.js'), 'retrain', folder, '--settings', settings];
    // A terminal sends the signal to all processes of its group.
    const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let isInterrupted = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (isInterrupted || !said.includes('GENE has')) return;
      isInterrupted = true;
      process.kill(-(child.pid ?? 0), 'SIGINT');
    });
    await once(child, 'close');
    assert.equal(child.exitCode, 130);
    assert.match(
      said,
      /\nRetraining was cancelled; the old model stays, and nothing else is left of it\.\n$/,
    );
    assert.equal(said.match(/old model/g)?.length, 1);
    const history = new ModelHistory(folder);
    assert.deepEqual(readdirSync(history.folder), ['.gitignore']);
    const cache = path.join(folder, '.glossator', 'cache');
    assert.ok(!existsSync(cache) || !readdirSync(cache).some((name) => name.endsWith('.tmp')));
  });

  it('says one sentence, with status 2, where it cannot', async () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'glossator-empty-'));
    made.push(empty);
    const wrong = path.join(empty, 'wrong.json');
    writeFileSync(wrong, '{"epochs": "many"}');
    const folder = workFolder();
    const cases: readonly (readonly [string[], string])[] = [
      [[empty], 'There are no confirmed labels to learn from. Label some texts of this folder first.'],
      [[path.join(empty, 'none')], `${path.join(empty, 'none')}: There is no such folder. Check its name.`],
      [
        [folder, '--settings', wrong],
        `${wrong}: These are no settings for retraining. See docs/retraining.md.`,
      ],
      [
        [folder, '--base', empty],
        `${empty}: This is not a model directory: it has no config.json. Name a folder that \`glossator train\` made, or make it again.`,
      ],
    ];
    for (const [args, sentence] of cases) {
      const { status, stdout, stderr } = await runGlossator(['retrain', ...args]);
      assert.deepEqual([status, stdout, stderr.trimEnd().split('\n').at(-1)], [2, '', sentence]);
    }
    assert.ok(!existsSync(new ModelHistory(folder).folder));
  });
});

describe('glossator report', () => {
  let folder: string;
  const page = (name: string): string => path.join(folder, name);

  before(async () => {
    folder = labelledFolder();
    await writeTinyModel(path.join(folder, 'base'));
    writeFileSync(page('settings.json'), JSON.stringify({ epochs: 1, newEpochs: 1, foldsFrom: 10 }));
    const flags = [
      '--base',
      page('base'),
      '--settings',
      page('settings.json'),
      '--report',
      page('made.html'),
    ];
    const { status, stderr } = await runGlossator(['retrain', folder, ...flags]);
    assert.equal(status, 0, stderr);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('writes the page of the newest model, of a model, and of a record, as retraining does', async () => {
    const [{ directory }] = await new ModelHistory(folder).list();
    const text = (file: string): string => readFileSync(file, 'utf8').replace(/nonce[-=]"?[0-9a-f]{32}/g, '');
    for (const run of [folder, directory, path.join(directory, 'run.json')]) {
      const { status, stderr } = await runGlossator(['report', run, '--out', page('again.html')]);
      assert.deepEqual([status, stderr], [0, '']);
      assert.equal(text(page('again.html')), text(page('made.html')));
    }
    const { stdout } = await runGlossator(['report', folder, '--out', '-']);
    assert.match(stdout, /^<!doctype html>/i);
    assert.doesNotMatch(stdout, /src="http|href="http/);
  });

  it('says one sentence where there is no record', async () => {
    const notes = page('letters.txt');
    const broken = page('run.json');
    writeFileSync(broken, '{"format":"glossator-run","version":9}');
    const cases = [
      [page('none'), `${page('none')}: There is no such folder or file.`],
      [page('base'), `${page('base')}: Nothing was retrained here. Retrain first: glossator retrain.`],
      [notes, `${notes}: This is no record of a retraining, or it is damaged. Name a run.json.`],
      [broken, `${broken}: This is no record of a retraining, or it is damaged. Name a run.json.`],
    ];
    for (const [run, sentence] of cases) {
      const { status, stderr } = await runGlossator(['report', run, '--out', page('none.html')]);
      assert.deepEqual([status, stderr.trimEnd()], [2, sentence]);
      assert.ok(!existsSync(page('none.html')));
    }
  });
});
