import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { ModelHistory } from '../../../models/retraining/modelHistory';
import { LabelFolder } from '../../../server/labels/labelFolder';
import { readRetrainingTexts } from '../../../server/retraining/readRetrainingTexts';
import { sweepFolder } from '../../../server/retraining/sweepFolder';
import { sidecarOf } from '../../../server/workspace/workspacePaths';
import { hostileWorkspace, traps } from '../../models/data/hostileFiles';

const TEXT = 'Ada met Ben.\n';
/** What a server may take at most on top, in bytes. */
const MEMORY = 200e6;

interface Place {
  readonly place: string;
  /** Whether the other text can be labelled all the same. */
  readonly isLocal: boolean;
}

const places: Readonly<Record<string, Place>> = {
  'the folder of the project': { place: '.glossator', isLocal: false },
  'the folder of local files': { place: '.glossator/local', isLocal: false },
  'the folder of annotations': { place: '.glossator/annotations', isLocal: false },
  'the lock': { place: '.glossator/local/lock', isLocal: false },
  'the cache': { place: '.glossator/cache', isLocal: true },
  'the folder of models': { place: '.glossator/models', isLocal: true },
  'the choice of a model': { place: '.glossator/models/current.json', isLocal: true },
  'the project file': { place: '.glossator/project.json', isLocal: true },
  'the history': { place: '.glossator/local/history.jsonl', isLocal: true },
  'what hides local files': { place: '.glossator/local/.gitignore', isLocal: true },
  'an annotation file': { place: '.glossator/annotations/a.txt.jsonl', isLocal: true },
};

/** Does in a folder what an editor does unasked, and labels two texts. @returns the sentences that were said */
async function live(root: string): Promise<{ sentences: string[]; isLabelled: boolean }> {
  const sentences: string[] = [];
  const say = (error: unknown): void => void sentences.push(String((error as Error).message));
  const folder = new LabelFolder(root, false);
  const { store, project } = folder;
  store.failed.on(say);
  await folder.ready.catch(say);
  if (project.problem !== undefined) sentences.push(project.problem);
  let isLabelled = false;
  for (const name of ['a.txt', 'b.txt']) {
    const document = await store.open(name, TEXT).catch(say);
    if (document?.problem !== undefined) say(document.problem);
    const label = { layer: 'ner', label: 'PER', start: 0, end: 3 };
    const labelled = store.apply(name, 'Label', [{ kind: 'add', label }]);
    isLabelled = await labelled.then(
      () => true,
      (error: unknown) => (say(error), false),
    );
    await store.textSaved(name).catch(say);
  }
  await store.undo('a.txt').catch(say);
  await store.rename('a.txt', 'c.txt').catch(say);
  await store.texts().catch(say);
  await readRetrainingTexts(root).catch(say);
  const history = new ModelHistory(root);
  await history.list().catch(say);
  await sweepFolder(root, history).catch(say);
  await history.use(null).catch(say);
  for (const name of ['a.txt', 'b.txt', 'c.txt']) await store.close(name).catch(say);
  return { sentences, isLabelled };
}

describe('a workspace from a stranger', () => {
  for (const [what, { place, isLocal }] of Object.entries(places))
    for (const [trap, make] of Object.entries(traps))
      it(`with ${trap} for ${what}`, (t) => survives(t, place, isLocal, make));

  const survives = async (
    t: TestContext,
    place: string,
    isLocal: boolean,
    make: (typeof traps)[string],
  ): Promise<void> => {
    const workspace = hostileWorkspace();
    const { root, outside } = workspace;
    t.after(() => workspace.remove());
    for (const name of ['a.txt', 'b.txt']) writeFileSync(path.join(root, name), TEXT);
    mkdirSync(path.join(root, path.dirname(place)), { recursive: true });
    const problem = make(path.join(root, place), outside);
    if (problem !== undefined) return t.skip(problem);
    const before = workspace.picture();
    const memory = process.memoryUsage.rss();
    const { sentences, isLabelled } = await live(root);
    assert.equal(workspace.picture(), before, 'nothing outside is written or deleted');
    assert.ok(process.memoryUsage.rss() - memory < MEMORY);
    assert.equal(sentences.join().includes('SECRET'), false);
    assert.equal(isLabelled, isLocal, sentences.join('\n'));
    assert.equal(existsSync(sidecarOf(root, 'b.txt')), isLocal);
    if (place.endsWith('.gitignore')) return; // only keeps git from it
    const named = sentences.filter((sentence) => sentence.includes(`"${place}"`));
    assert.ok(named.length > 0, `one sentence names it: ${sentences.join('\n')}`);
  };

  it('makes nothing in a folder that was never labelled', async (t) => {
    const workspace = hostileWorkspace();
    const { root } = workspace;
    t.after(() => workspace.remove());
    const { store, ready } = new LabelFolder(root, false);
    await ready;
    await store.open('a.txt', TEXT);
    store.edit('a.txt', [{ start: 0, end: 3, newText: 'Eve' }]);
    await store.textSaved('a.txt');
    await store.close('a.txt');
    assert.equal(existsSync(path.join(root, '.glossator')), false);
  });

  it('labels where the folder was taken away and put back', async (t) => {
    const workspace = hostileWorkspace();
    const { root } = workspace;
    t.after(() => workspace.remove());
    const { store } = new LabelFolder(root, false);
    await store.open('..foo.txt', TEXT);
    const label = { layer: 'ner', label: 'PER', start: 0, end: 3 };
    await store.apply('..foo.txt', 'Label', [{ kind: 'add', label }]);
    assert.deepEqual(await store.texts(), ['..foo.txt']);
    rmSync(path.join(root, '.glossator'), { recursive: true });
    await store.apply('..foo.txt', 'Label', [{ kind: 'add', label: { ...label, label: 'LOC' } }]);
    assert.deepEqual(await store.texts(), ['..foo.txt']);
  });
});
