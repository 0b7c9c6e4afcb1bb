import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linesOf } from '../../../models/data/lines';
import { readLines } from '../../../models/data/lineStream';
import { InputError } from '../../../models/errors';
import { Random } from '../../../models/random';

async function* inChunks(bytes: Uint8Array, random: Random): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const end = start + 1 + random.below(7);
    yield await Promise.resolve(bytes.subarray(start, end));
    start = end;
  }
}

async function lines(bytes: Uint8Array, seed: number): Promise<{ number: number; text: string }[]> {
  const found = [];
  for await (const line of readLines(inChunks(bytes, new Random(seed)), 'f')) found.push(line);
  return found;
}

describe('readLines', () => {
  const texts = ['', '\n', 'one', 'one\n', '\n\ntwo\r\n\r\nnaïve 🙂 end', 'a\r\n', '\uFEFFmarked\nplain\n'];
  for (const text of texts)
    it(`gives the lines of ${JSON.stringify(text)}, however it is cut`, async () => {
      const expected = [...linesOf(text.replace('\uFEFF', ''))];
      for (let seed = 1; seed <= 5; seed++)
        assert.deepEqual(await lines(new TextEncoder().encode(text), seed), expected);
    });

  it('names the line that is not UTF-8', async () => {
    await assert.rejects(lines(Uint8Array.of(65, 10, 66, 10, 0xc3, 10, 67), 1), (error) => {
      assert.ok(error instanceof InputError);
      assert.deepEqual(error.place, { file: 'f', line: 3 });
      return true;
    });
  });
});
