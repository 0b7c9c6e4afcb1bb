import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { ModelHistory } from '../../../models/retraining/modelHistory';
import { openModelDirectory } from '../../../models/taggers/modelDirectory';
import { root } from '../../shared';
import { makeTinyModelFolder } from '../../cli/tinyModel';
import { labelledFolder } from './labelledFolder';

const skip = process.platform === 'linux' ? false : 'only Linux limits the memory of a process';

/**
 * Limits in kilobytes: of address space (-v), of which more is reserved than used, and of private memory (-d), which is
 * nearest to what is in use.
 */
const limits = [
  ['-v', 1_000_000],
  ['-v', 1_300_000],
  ['-v', 1_600_000],
  ['-v', 2_000_000],
  ['-d', 300_000],
  ['-d', 1_000_000],
] as const;

const sentences = [
  /^There is not enough memory to retrain( under the limit of \d\.\d GB of address space \(ulimit -v\))?; the old model stays\. /,
  /^The process that trains crashed \(SIG\w+\), perhaps for want of memory; the old model stays\.$/,
  /^The process that trains no longer answered and was ended, perhaps for want of memory; the old model stays\.$/,
];

describe('retraining with little memory', { skip }, () => {
  let tiny: string;
  let base: string;
  let folder: string;
  let history: ModelHistory;

  before(async () => {
    ({ folder: tiny, model: base } = await makeTinyModelFolder());
    writeFileSync(
      path.join(base, 'settings.json'),
      JSON.stringify({ epochs: 2, newEpochs: 2, foldsFrom: 100 }),
    );
    folder = labelledFolder();
    history = new ModelHistory(folder);
    assert.equal((await retrain('')).status, 0);
  });
  after(() => {
    for (const made of [tiny, folder]) rmSync(made, { recursive: true, force: true });
  });

  /** Runs the command line under a limit. */
  async function retrain(limit: string): Promise<{ status: number | null; lines: string[] }> {
    const main = path.join(root, 'dist', 'cli.js');
    const program = [process.execPath, main, 'retrain', folder, '--base', base, '--use', 'always'];
    const args = [...program, '--keep', '100', '--settings', path.join(base, 'settings.json')];
    const child = spawn('bash', ['-c', `${limit} exec "$@"`, 'bash', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [said] = await Promise.all([text(child.stderr), once(child, 'close')]);
    return { status: child.exitCode, lines: said.trimEnd().split('\n') };
  }

  for (const [kind, limit] of limits)
    it(`leaves the old model serving, or makes a whole one, under ulimit ${kind} ${limit}`, async (t) => {
      const before = await history.list();
      const current = await history.current();
      const { status, lines } = await retrain(`ulimit ${kind} ${limit};`);
      const last = lines.at(-1) ?? '';
      t.diagnostic(last);
      const now = await history.list();
      if (status === 0) {
        assert.match(last, /serves in this folder from now on/);
        assert.equal(now.length, before.length + 1);
        await openModelDirectory((await history.current()) ?? '');
      } else {
        assert.equal(status, 2);
        assert.ok(
          sentences.some((sentence) => sentence.test(last)),
          lines.join('\n'),
        );
        assert.equal(lines.filter((line) => /old model/.test(line)).length, 1, 'one message');
        assert.deepEqual([now, await history.current()], [before, current]);
      }
      const names = readdirSync(history.folder).sort();
      assert.deepEqual(names, ['.gitignore', 'current.json', ...now.map(({ run }) => run)].sort());
      const cache = path.join(folder, '.glossator', 'cache');
      assert.ok(!existsSync(cache) || !readdirSync(cache).some((name) => name.endsWith('.tmp')));
    });
});
