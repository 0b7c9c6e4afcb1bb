import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { create } from 'tar';
import { loadBackend } from '../../../models/backend';
import { StdioClient } from '../../../cli/start/stdioClient';
import type { StatusParams } from '../../../server/protocol/messages';
import { type MadeElmo, madeElmo } from '../../models/embedders/madeElmo';
import { assertClose, biLmTerms } from '../../closeness';
import { examples, tinyElmo } from '../../models/tinyModel';
import { root } from '../../shared';
import { runGlossator } from '../../cli/runGlossator';
import { serverCommand, skipWithoutBuild } from './builtServer';

const hub = path.join(root, 'test', 'models', 'embedders', 'hubModule');

interface Numbers {
  readonly sentences: readonly string[];
  readonly tokens: Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;
}

describe('an embedder outside of the model, in the built product', { skip: skipWithoutBuild }, () => {
  let made: MadeElmo;
  let archive: string;
  let model: string;
  /** What the model is trained on: a Hub module where that runs, published weights elsewhere. */
  let elmo: string;
  let isNative: boolean;
  const cacheBefore = process.env['XDG_CACHE_HOME'];
  const at = (name: string): string => path.join(made.folder, name);

  before(async () => {
    isNative = (await loadBackend('auto')).name === 'native';
    made = await madeElmo();
    process.env['XDG_CACHE_HOME'] = at('cache');
    archive = at('elmo_3.tar.gz');
    await create({ file: archive, gzip: true, cwd: path.join(hub, 'module') }, ['.']);
    elmo = isNative ? archive : `${made.options},${made.weights}`;
    model = at('model');
    const lines = examples.flatMap(({ forms, pos }) => [...forms.map((form, k) => `${form}\t${pos[k]}`), '']);
    await writeFile(at('pos.tsv'), lines.join('\n'));
    const head = { cells: 4, wordSize: 4, characterFilters: [], wordMinimum: 1 };
    const layer = { name: 'pos', kind: 'token', train: 'pos.tsv', dev: 'pos.tsv', epochs: 1, head };
    await writeFile(at('train.json'), JSON.stringify({ embedder: 'external', layers: [layer] }));
    const { status, stderr } = await runGlossator([
      ...['train', '--config', at('train.json'), '--embedder', elmo, '--out', model],
    ]);
    assert.equal(status, 0, stderr);
  });
  after(async () => {
    if (cacheBefore === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = cacheBefore;
    await rm(made.folder, { recursive: true });
  });

  it('is named on the command line, or one sentence says that it must be', async () => {
    const bare = await runGlossator(['tag', '--model', model, '-'], 'Ada wrote .');
    assert.equal(bare.status, 2);
    assert.match(
      bare.stderr,
      /layer pos was trained on the embedder “.*” \([0-9a-f]{16}\), which is not part/,
    );
    const tag = ['tag', '--model', model, '--format', 'jsonl', '--embedder'];
    const tagged = await runGlossator([...tag, elmo, '-'], 'Ada wrote .');
    assert.equal(tagged.status, 0, tagged.stderr);
    assert.equal((JSON.parse(tagged.stdout) as { tokens: unknown[] }).tokens.length, 3);
    const wrong = await runGlossator([...tag, path.join(root, 'models', 'pretrained'), '-'], 'Ada wrote .');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /but “pretrained” is another one \([0-9a-f]{16}\)/);
    const scored = await runGlossator([
      ...['eval', '--layer', 'pos', '--data', at('pos.tsv'), '--model', model, '--embedder', elmo, '--json'],
    ]);
    assert.equal(scored.status, 0, scored.stderr);
  });

  it('gives vectors as a Hub module on native, and one sentence on WebAssembly', async () => {
    const python = JSON.parse(readFileSync(path.join(hub, 'numbers.json'), 'utf8')) as Numbers;
    const args = ['embed', '--weights', archive, '--in', '-', '--out', '-', '--layers'];
    const input = `${python.sentences.join('\n')}\n`;
    const { status, stdout, stderr } = await runGlossator([...args, 'top'], input);
    if (!isNative) {
      assert.equal(status, 2);
      assert.match(
        stderr,
        /elmo_3\.tar\.gz: A SavedModel needs the native TensorFlow library, but .* Install/,
      );
      return;
    }
    assert.equal(status, 0, stderr);
    assert.equal((await readdir(at('cache/glossator/hub'))).length, 1);
    const { shape, values } = python.tokens['lstm_outputs2']; // [B, T, 2P]
    const rows = stdout.trimEnd().split('\n');
    rows.forEach((row, b) => {
      const { layers } = JSON.parse(row) as { layers: number[][][] };
      layers[0].forEach((vector, t) =>
        assertClose(
          vector,
          values.slice((b * shape[1] + t) * shape[2]).slice(0, vector.length),
          { terms: biLmTerms(tinyElmo) },
          `sentence ${b}, word ${t}, number`,
        ),
      );
    });
    assert.equal(rows.length, shape[0]);
    const carried = await runGlossator([...args, 'top', '--stateful'], input);
    assert.equal(carried.status, 2);
    assert.match(carried.stderr, /starts every sentence anew and cannot carry its state\. Drop --stateful/);
  });

  /** What the server says once it has loaded, or failed to load, with these settings. */
  async function served(glossator: object, told: object = {}): Promise<StatusParams> {
    const client = new StdioClient({ command: serverCommand });
    try {
      await client.initialize({ initializationOptions: { ...told, glossator } });
      const status = await client.nextStatus(({ state }) => state === 'idle' || state === 'failed');
      if (status.state === 'idle') {
        const tagged = client.nextTags(({ pending }) => pending === 0);
        await client.open('file:///a.txt', 'Ada wrote.');
        assert.deepEqual(Object.keys((await tagged).edits[0].sentences[0].layers ?? {}), ['pos']);
      }
      assert.equal(await client.stop(), 0);
      return status;
    } finally {
      client.process.kill('SIGKILL');
    }
  }

  it('is loaded by the server, a module only where the user trusts it', async () => {
    const cache = at('storage');
    assert.equal((await served({ model, embedder: elmo }, { trusted: true, cache })).state, 'idle');
    if (isNative) assert.equal((await readdir(cache)).length, 1);
    const table: [object, object, RegExp][] = [
      [
        { model },
        { trusted: true },
        /which is not part of the model\. Name it with --embedder, or in the set/,
      ],
      [{ model, embedder: archive }, {}, /not run in a workspace that is not trusted\. Trust the workspace/],
    ];
    if (!isNative)
      table.push([{ model, embedder: archive }, { trusted: true }, /the backend is WebAssembly\. Install/]);
    for (const [settings, told, message] of table) {
      const { state, message: sentence } = await served(settings, told);
      assert.equal(state, 'failed');
      assert.match(sentence ?? '', message);
    }
  });
});
