import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

/** A workspace beside a folder that nobody may touch. */
export interface HostileWorkspace {
  readonly root: string;
  readonly outside: string;
  /** What is in the folder outside, with contents: equal before and after. */
  picture(): string;
  remove(): void;
}

export function hostileWorkspace(): HostileWorkspace {
  const base = mkdtempSync(path.join(tmpdir(), 'glossator-wall-'));
  const [root, outside] = [path.join(base, 'ws'), path.join(base, 'ws-outside')];
  mkdirSync(root);
  mkdirSync(outside);
  writeFileSync(path.join(outside, 'precious'), 'SECRET\n');
  writeFileSync(path.join(outside, 'old.tmp'), 'not ours\n');
  const picture = (): string =>
    readdirSync(outside, { recursive: true })
      .map(String)
      .sort()
      .map((name) => {
        const file = path.join(outside, name);
        return `${name}: ${statSync(file).isFile() ? readFileSync(file, 'utf8') : 'folder'}`;
      })
      .join('\n');
  return { root, outside, picture, remove: () => rmSync(base, { recursive: true, force: true }) };
}

/**
 * Puts something at a place that is no plain file or folder.
 * @returns why this machine cannot make such a thing
 */
export type Trap = (place: string, outside: string) => string | undefined;

const attempt = (make: () => void): string | undefined => {
  try {
    make();
    return undefined;
  } catch (error) {
    return `cannot be made here: ${(error as Error).message.split('\n')[0]}`;
  }
};

/** What a stranger may leave where a file should be. */
export const traps: Readonly<Record<string, Trap>> = {
  'a link to a file outside': (place, outside) =>
    attempt(() => symlinkSync(path.join(outside, 'precious'), place)),
  'a link to a folder outside': (place, outside) => attempt(() => symlinkSync(outside, place, 'junction')),
  'a link to nothing outside': (place, outside) =>
    attempt(() => symlinkSync(path.join(outside, 'new'), place)),
  'a link to itself': (place) => attempt(() => symlinkSync(place, place)),
  'a link to a device': (place) => attempt(() => symlinkSync('/dev/zero', place)),
  'a device': (place) => attempt(() => execFileSync('mknod', [place, 'c', '1', '5'], { stdio: 'pipe' })),
  'a pipe': (place) => attempt(() => execFileSync('mkfifo', [place], { stdio: 'pipe' })),
  'a socket': (place) =>
    attempt(() => {
      const server = createServer();
      server.listen(place).unref();
      server.on('error', () => undefined);
    }),
};

/** A second name of a file outside. */
export const hardLink: Trap = (place, outside) =>
  attempt(() => linkSync(path.join(outside, 'precious'), place));
