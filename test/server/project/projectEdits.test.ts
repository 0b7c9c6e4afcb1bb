import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { InputError } from '../../../models/errors';
import { applyProjectEdit } from '../../../server/project/applyProjectEdit';
import { defaultLayers } from '../../../server/project/defaultLayers';
import { jsonSchemas } from '../../../server/project/jsonSchemas';
import {
  addLabel,
  addLayer,
  deleteLabel,
  mergeLabelsInto,
  renameLabel,
} from '../../../server/project/projectEdits';
import { projectSchema } from '../../../server/project/projectSchema';
import { layersOf, parseProject, projectFileOf, readProject } from '../../../server/project/projectText';
import { root } from '../../shared';
import { labelled, Workspace } from '../labelStore/workspace';

const names = (project: Parameters<typeof layersOf>[0], layer: string): string[] | undefined =>
  layersOf(project)
    .find((one) => one.name === layer)
    ?.labels.map(({ name }) => name);

describe('the project file', () => {
  it('has the default layers without a file, and they are valid and coloured by colours that exist', (t) => {
    assert.deepEqual(layersOf({}), defaultLayers);
    assert.ok(projectSchema.safeParse({ layers: defaultLayers }).success);
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      contributes: { colors: { id: string }[] };
    };
    const colors = new Set(manifest.contributes.colors.map(({ id }) => id));
    for (const { labels } of defaultLayers)
      for (const { color = '' } of labels) assert.ok(colors.has(color), color);
    t.diagnostic(`${defaultLayers.flatMap(({ labels }) => labels).length} labels`);
  });

  const wrong: [string, RegExp][] = [
    ['{', /not JSON/],
    ['{"layers": [{"name": "a b", "kind": "span", "labels": []}]}', /"layers.0.name"/],
    ['{"layers": [{"name": "a", "kind": "word", "labels": []}]}', /"layers.0.kind"/],
    ['{"layers": [{"name": "a", "kind": "span", "labels": [{"name": "X"}, {"name": "X"}]}]}', /duplicate/],
    ['{"layers": [{"name": "a", "kind": "span", "labels": [{"name": "X", "key": "ab"}]}]}', /one key/],
    [
      '{"layers": [{"name": "a", "kind": "span", "labels": []}, {"name": "a", "kind": "span", "labels": []}]}',
      /duplicate layer/,
    ],
  ];
  for (const [text, message] of wrong) {
    it(`is refused: ${text}`, () => {
      assert.throws(
        () => parseProject(text, 'p'),
        (error) => error instanceof InputError && message.test(error.message),
      );
    });
  }

  it('keeps what it does not know', () => {
    const { project } = addLabel({ future: { x: 1 }, annotator: 'Ada' }, 'ner', { name: 'GENE' });
    assert.deepEqual([project.future, project.annotator], [{ x: 1 }, 'Ada']);
    assert.deepEqual(names(project, 'ner'), ['PER', 'ORG', 'LOC', 'MISC', 'GENE']);
  });

  it('takes new layers and labels, and refuses names and keys that are taken', () => {
    const { project } = addLayer({}, { name: 'bio', kind: 'span', labels: [{ name: 'GENE' }] });
    assert.deepEqual(
      layersOf(project).map(({ name }) => name),
      ['pos', 'ner', 'bio'],
    );
    assert.throws(() => addLayer(project, { name: 'bio', kind: 'span', labels: [] }), InputError);
    assert.throws(() => addLabel({}, 'ner', { name: 'PER' }), InputError);
    assert.throws(() => addLabel({}, 'ner', { name: 'GENE', key: 'p' }), InputError);
    assert.throws(() => addLabel({}, 'bio', { name: 'GENE' }), InputError);
    assert.throws(() => renameLabel({}, 'ner', 'PER', 'ORG'), InputError);
    assert.throws(() => deleteLabel({}, 'ner', 'GENE'), InputError);
  });

  it('has JSON schemas that are up to date', () => {
    for (const [name, text] of jsonSchemas())
      assert.equal(
        readFileSync(path.join(root, 'schemas', name), 'utf8'),
        text,
        'Run node scripts/schemas.mjs.',
      );
  });
});

describe('an edit of the project', () => {
  const text = 'Ada met Charles in London.';
  const texts = ['a.txt', 'b.txt'];

  async function prepared(t: TestContext) {
    const workspace = new Workspace(t);
    const store = workspace.store();
    for (const name of texts) {
      await store.open(name, text);
      const add = (words: string, label: string, layer = 'ner') =>
        ({ kind: 'add', label: labelled(text, words, label, layer) }) as const;
      await store.apply(name, 'Label', [add('Ada', 'PER'), add('London', 'LOC'), add('met', 'PER', 'other')]);
    }
    await store.close('b.txt');
    const all = (): string[] =>
      texts.map((name) =>
        workspace
          .lines(name)
          .map(({ label }) => label)
          .join(' '),
      );
    return { workspace, store, all };
  }

  it('renames a label everywhere as one step of undo', async (t) => {
    const { workspace, store, all } = await prepared(t);
    await applyProjectEdit(workspace.root, store, renameLabel({}, 'ner', 'PER', 'PERSON'));
    assert.deepEqual(all(), ['PERSON PER LOC', 'PERSON PER LOC']);
    assert.deepEqual(names(await readProject(workspace.root), 'ner'), ['PERSON', 'ORG', 'LOC', 'MISC']);
    assert.equal((await store.undo('b.txt'))?.skipped, 0);
    assert.deepEqual(all(), ['PER PER LOC', 'PER PER LOC']);
    assert.ok(!existsSync(projectFileOf(workspace.root)));
    await store.redo();
    assert.deepEqual(all(), ['PERSON PER LOC', 'PERSON PER LOC']);
    assert.ok(existsSync(projectFileOf(workspace.root)));
  });

  it('merges and deletes labels', async (t) => {
    const { workspace, store, all } = await prepared(t);
    await applyProjectEdit(workspace.root, store, mergeLabelsInto({}, 'ner', ['PER', 'LOC'], 'MISC'));
    assert.deepEqual(all(), ['MISC PER MISC', 'MISC PER MISC']);
    await applyProjectEdit(
      workspace.root,
      store,
      deleteLabel(await readProject(workspace.root), 'ner', 'MISC'),
    );
    assert.deepEqual(all(), ['PER', 'PER']);
    assert.deepEqual(names(await readProject(workspace.root), 'ner'), ['ORG']);
    await store.undo();
    await store.undo();
    assert.deepEqual(all(), ['PER PER LOC', 'PER PER LOC']);
  });

  it('changes nothing where an annotation file cannot be read', async (t) => {
    const { workspace, store, all } = await prepared(t);
    workspace.write(workspace.sidecar('c.txt'), 'broken');
    await assert.rejects(
      applyProjectEdit(workspace.root, store, renameLabel({}, 'ner', 'PER', 'PERSON')),
      InputError,
    );
    assert.deepEqual(all(), ['PER PER LOC', 'PER PER LOC']);
    assert.ok(!existsSync(projectFileOf(workspace.root)));
  });

  it('is left as a whole where the project file was changed since, when it is undone', async (t) => {
    const { workspace, store, all } = await prepared(t);
    await applyProjectEdit(workspace.root, store, renameLabel({}, 'ner', 'PER', 'PERSON'));
    writeFileSync(projectFileOf(workspace.root), '{}');
    assert.equal((await store.undo())?.skipped, 3);
    assert.equal(readFileSync(projectFileOf(workspace.root), 'utf8'), '{}');
    assert.deepEqual(all(), ['PERSON PER LOC', 'PERSON PER LOC']);
    assert.equal((await store.undo())?.transaction.title, 'Label');
  });

  it('changes no label where the project file was changed since it was read', async (t) => {
    const { workspace, store, all } = await prepared(t);
    workspace.write(projectFileOf(workspace.root), '{}');
    const { id } = (await store.labelsOf('a.txt'))[0];
    const renaming = new Map([['a.txt', [{ kind: 'rename', id, label: 'PERSON' } as const]]]);
    const stale = { before: '{"layers":[]}', after: '{"layers":[{"name":"ner"}]}' };
    await assert.rejects(store.applyAll('Rename', renaming, stale), InputError);
    assert.deepEqual(all(), ['PER PER LOC', 'PER PER LOC']);
    assert.equal(readFileSync(projectFileOf(workspace.root), 'utf8'), '{}');
  });

  it('leaves the project file as it was where a label cannot be renamed', async (t) => {
    const { workspace, store, all } = await prepared(t);
    const renaming = new Map([['a.txt', [{ kind: 'rename', id: 'gone', label: 'PERSON' } as const]]]);
    await assert.rejects(store.applyAll('Rename', renaming, { before: null, after: '{}' }), InputError);
    assert.deepEqual(all(), ['PER PER LOC', 'PER PER LOC']);
    assert.ok(!existsSync(projectFileOf(workspace.root)));
  });
});
