import promises, { open } from 'node:fs/promises';
import { mock } from 'node:test';

/** What `work` asks of the disk, in order: every call goes through to it. */
export async function watchDisk(folder: string, work: () => Promise<unknown>): Promise<string[]> {
  const calls: string[] = [];
  const handle = await open(folder, 'r');
  const ofHandles = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const sync = Reflect.get(ofHandles, 'sync') as (this: typeof handle) => Promise<void>;
  const { rename } = promises;
  const syncs = mock.method(ofHandles, 'sync', async function (this: typeof handle) {
    calls.push((await this.stat()).isDirectory() ? 'sync folder' : 'sync file');
    return sync.call(this);
  });
  const renames = mock.method(promises, 'rename', (from: string, to: string) => {
    calls.push('rename');
    return rename(from, to);
  });
  try {
    await work();
  } finally {
    syncs.mock.restore();
    renames.mock.restore();
  }
  return calls;
}
