import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import { Random } from '../../../models/random';
import { Workspace } from './workspace';

const ROUNDS = 200;
/** Milliseconds within which a loop must have printed what it is waited for; it takes a tenth of a second. */
const PATIENCE = 60_000;

/** Runs the loop until it has printed `count` lines, then some time more, and kills it. */
async function killAfter(root: string, round: number, count: number, spin: number): Promise<string[]> {
  const child = spawn(process.execPath, [path.join(__dirname, 'labelLoop.js'), root, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
    if (child.killed || output.split('\n').length <= count) return;
    const end = performance.now() + spin;
    while (performance.now() < end);
    child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL');
  const lines = output.split('\n').slice(0, -1);
  assert.ok(lines.length >= count, `after ${PATIENCE} ms the loop had said only: ${output}`);
  return lines;
}

describe('a writer killed at any moment', { concurrency: true }, () => {
  const LANES = 4;
  for (let lane = 0; lane < LANES; lane++) {
    it(`loses no label that it called saved, in ${ROUNDS / LANES} rounds (${lane + 1} of ${LANES})`, async (t) => {
      const workspace = new Workspace(t);
      const random = new Random(lane);
      const saved = new Set<string>();
      for (let round = 0; round < ROUNDS / LANES; round++) {
        const lines = await killAfter(workspace.root, round, 1 + random.below(4), 4 * random.uniform());
        for (const line of lines) if (!line.startsWith('-')) saved.add(line);
        // About to be undone: it may be there or not.
        for (const line of lines) if (line.startsWith('-')) saved.delete(line.slice(1));
        const present = new Set(workspace.lines().map(({ label }) => label)); // throws where half is written
        const missing = [...saved].filter((label) => !present.has(label));
        assert.deepEqual(missing, [], `round ${round}`);
      }
      const store = workspace.store();
      const { problem } = await store.open('a.txt', '');
      assert.equal(problem, undefined);
      await store.apply('a.txt', 'Remove', [{ kind: 'remove', id: workspace.lines()[0].id }]);
      assert.deepEqual(readdirSync(path.dirname(workspace.sidecar())), ['a.txt.jsonl']);
    });
  }
});
