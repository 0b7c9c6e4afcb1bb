import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../paths.mjs';

const hook = path.join(root, 'scripts', 'mutants', 'wakeFault.cjs');

/** Removes a folder; what a process that is just ending still writes there goes with the next one above it. */
export function clear(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if (error.code !== 'ENOTEMPTY') throw error;
  }
}

/** Ends a test and what it started. */
function stop(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/**
 * Runs one test file until its first failure.
 * @param folder of the planted sources @param env which fault is awake
 * @returns 'passed', 'failed', or 'late' after `limit` ms
 */
export function askTest(name, folder, env, limit) {
  const temporary = mkdtempSync(path.join(tmpdir(), 'fault-')); // short: sockets have short names
  const file = path.join(root, 'out', 'test', `${name}.test.js`);
  const child = spawn(process.execPath, ['--test-reporter=tap', file], {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: `--require "${hook}"`,
      GLOSSATOR_FAULTS: folder,
      TMPDIR: temporary,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  return new Promise((resolve) => {
    let output = '';
    let answer;
    const settle = (found) => {
      answer ??= found;
      stop(child);
    };
    const clock = setTimeout(() => settle('late'), limit);
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output = output.slice(-1000) + chunk;
      if (/^\s*not ok /m.test(output)) settle('failed');
    });
    child.on('close', (status) => {
      clearTimeout(clock);
      stop(child);
      clear(temporary);
      resolve(answer ?? (status === 0 ? 'passed' : 'failed'));
    });
  });
}

/**
 * Runs a test file with all faults asleep.
 * @returns its duration in ms and how often it passed each fault, by id; undefined if it fails even so
 */
export async function measureTest(name, folder) {
  const passed = path.join(folder, 'passed', name);
  mkdirSync(passed, { recursive: true });
  const begun = performance.now();
  const answer = await askTest(name, folder, { GLOSSATOR_PASSED: passed }, 120_000);
  if (answer !== 'passed') return undefined;
  const counts = new Map();
  for (const file of readdirSync(passed))
    for (const [id, count] of Object.entries(JSON.parse(readFileSync(path.join(passed, file), 'utf8'))))
      counts.set(id, (counts.get(id) ?? 0) + count);
  return { name, ms: performance.now() - begun, counts };
}
