import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SaveQueue } from '../../../server/labelStore/saveQueue';

/** A queue whose batches end when they are told to, with the order in which everything happened. */
function watched() {
  const events: string[] = [];
  const ends: ((failures: ReadonlyMap<string, unknown>) => void)[] = [];
  const queue = new SaveQueue<string>((keys) => {
    events.push(`write ${[...keys].join('+')}`);
    return new Promise((resolve) => ends.push(resolve));
  });
  const save = (...keys: string[]): Promise<void> =>
    queue.save(keys).then(
      () => void events.push(`saved ${keys.join('+')}`),
      (error: unknown) => void events.push(`failed ${keys.join('+')}: ${String(error)}`),
    );
  const turn = (): Promise<void> => new Promise(setImmediate);
  const end = async (failures: ReadonlyMap<string, unknown> = new Map()): Promise<void> => {
    ends.shift()?.(failures);
    await turn();
  };
  return { queue, events, save, end, turn };
}

describe('the queue of what is to be saved', () => {
  it('calls nothing saved that was asked for while a batch was being written, until the next is', async () => {
    const { events, save, end, turn } = watched();
    void save('a');
    await turn();
    void save('a', 'b');
    void save('c');
    await turn();
    await end();
    assert.deepEqual(events, ['write a', 'write a+b+c', 'saved a']);
    await end();
    assert.deepEqual(events.slice(3).sort(), ['saved a+b', 'saved c']);
  });

  it('tells a failure to those who asked for it alone', async () => {
    const { events, save, end, turn } = watched();
    void save('a');
    void save('b');
    await turn();
    await end(new Map([['b', 'no space']]));
    assert.deepEqual(events, ['write a+b', 'saved a', 'failed b: no space']);
  });

  it('does other work between batches, and goes on after one that fails', async () => {
    const { queue, events, save, end, turn } = watched();
    void save('a');
    await turn();
    const work = queue.between(async () => {
      events.push('work');
      throw new Error('no');
    });
    const failed = assert.rejects(work, /no/);
    void save('b');
    await end();
    await failed;
    await turn();
    await end();
    assert.deepEqual(
      events.filter((event) => !event.startsWith('saved')),
      ['write a', 'work', 'write b'],
    );
  });
});
