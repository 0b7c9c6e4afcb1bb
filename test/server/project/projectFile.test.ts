import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import { readProjectFile } from '../../../server/project/projectFile';

describe('project file', () => {
  let outside = '';
  let folder = '';
  before(async () => {
    outside = await mkdtemp(path.join(tmpdir(), 'glossator-project-'));
    folder = path.join(outside, 'work');
    await mkdir(path.join(folder, '.glossator'), { recursive: true });
    await mkdir(path.join(folder, 'elmo'));
    await symlink(outside, path.join(folder, 'link'));
  });
  after(() => rm(outside, { recursive: true }));

  const write = (text: string): Promise<void> =>
    writeFile(path.join(folder, '.glossator/project.json'), text);

  it('may be missing', async () => assert.deepEqual(await readProjectFile(outside), {}));

  it('names model and embedder inside of the workspace folder, and may say more', async () => {
    const at = (name: string): string => path.join(folder, name);
    const table: [object, object][] = [
      [{}, {}],
      [{ model: '', embedder: '', layers: [] }, {}],
      [{ model: 'models/mine' }, { model: at('models/mine') }],
      [{ embedder: './elmo' }, { embedder: at('elmo') }],
      [{ embedder: 'a.json, b.hdf5' }, { embedder: `${at('a.json')},${at('b.hdf5')}` }],
      [{ model: at('inside') }, { model: at('inside') }],
    ];
    for (const [json, expected] of table) {
      await write(JSON.stringify(json));
      assert.deepEqual(await readProjectFile(folder), expected);
    }
  });

  it('is refused where it is broken or leads out of the folder', async () => {
    const table: [string, RegExp][] = [
      ['{', /project\.json: The project file is not JSON: /],
      ['[]', /The project file is wrong at "the top"/],
      ['{"model": 3}', /The project file is wrong at "model": /],
      [
        '{"model": "../mine"}',
        /The model "\.\.\/mine" lies outside the workspace folder\. Put it .*glossator\.model/,
      ],
      ['{"embedder": "/etc"}', /The embedder "\/etc" lies outside/],
      ['{"embedder": "elmo/options.json,../weights.hdf5"}', /lies outside/],
      ['{"embedder": "link/elmo"}', /lies outside/],
      ['{"model": "elmo/../.."}', /lies outside/],
    ];
    for (const [text, message] of table) {
      await write(text);
      await assert.rejects(readProjectFile(folder), (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.format(), message);
        return true;
      });
    }
  });
});
