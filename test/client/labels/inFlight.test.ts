import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InFlight } from '../../../client/labels/inFlight';

interface Question {
  readonly request: Promise<string>;
  readonly answer: (text: string) => void;
  readonly fail: (error: Error) => void;
}

function question(): Question {
  let answer: (text: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const request = new Promise<string>((resolve, reject) => ([answer, fail] = [resolve, reject]));
  return { request, answer, fail };
}

describe('requests in flight', () => {
  it('have been answered only when whoever asked has told of it', async () => {
    const inFlight = new InFlight();
    const told: string[] = [];
    const { request, answer } = question();
    // As deep as commands are: each step is a turn of its own.
    const ask = async (): Promise<string> => inFlight.follow(request);
    const apply = async (): Promise<string> => await ask();
    const command = async (): Promise<void> => void told.push(await apply());
    const done = command();
    const next = inFlight.answered().then(() => told.push('next'));
    answer('done');
    await Promise.all([done, next]);
    assert.deepEqual(told, ['done', 'next']);
  });

  it('may fail: that is told to whoever asked, and holds up nobody', async () => {
    const inFlight = new InFlight();
    const { request, fail } = question();
    const asked = assert.rejects(inFlight.follow(request), /refused/);
    const answered = inFlight.answered();
    fail(new Error('refused'));
    await Promise.all([asked, answered]);
  });

  it('are those at the time of asking, not later ones', async () => {
    const inFlight = new InFlight();
    const [first, second] = [question(), question()];
    const one = inFlight.follow(first.request);
    const answered = inFlight.answered();
    const two = inFlight.follow(second.request);
    first.answer('one');
    await answered;
    second.answer('two');
    assert.deepEqual(await Promise.all([one, two]), ['one', 'two']);
  });

  it('are none at first', () => new InFlight().answered());
});
