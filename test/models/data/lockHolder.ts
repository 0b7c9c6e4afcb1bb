import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { type StillMine, withFileLock } from '../../../models/data/fileLock';
import { WorkspaceFiles } from '../../../models/data/workspaceFiles';

/** What a process of the tests of locks is told to do. */
export type Order = { readonly hold: true } | { readonly write: true } | { readonly count: number };

// A process of its own: takes the lock of a folder and does what it is told.
const [, , root] = process.argv;
const files = new WorkspaceFiles(root);
const say = (what: string): void => void process.send?.(what);
const inFolder = (name: string): string => path.join(root, name);

let write: (() => Promise<void>) | undefined;

async function hold(): Promise<void> {
  await withFileLock(files, 'lock', async (stillMine: StillMine) => {
    const written = new Promise<void>((resolve) => {
      write = async () => {
        await stillMine().then(
          () => say('written'),
          (error: Error) => say(error.message),
        );
        resolve();
      };
    });
    say('held');
    await written;
  });
  say('released');
}

/** Adds one to a number, that many times, and notes when it comes and goes. */
async function count(times: number): Promise<void> {
  for (let i = 0; i < times; i++)
    await withFileLock(files, 'lock', async (stillMine) => {
      appendFileSync(inFolder('log'), `+${process.pid}\n`);
      const before = Number(readFileSync(inFolder('number'), 'utf8'));
      await stillMine();
      writeFileSync(inFolder('number'), `${before + 1}`);
      appendFileSync(inFolder('log'), `-${process.pid}\n`);
    });
  say('counted');
}

process.on('message', (order: Order) => {
  if ('hold' in order) void hold();
  else if ('write' in order) void write?.();
  else void count(order.count);
});
process.on('disconnect', () => process.exit());
say('ready');
