import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Placings } from '../../../models/annotations/placings';
import { sampleLabel } from './sampleLabel';

const TEXT = 'Ada met Ben in Rome.';
const ada = sampleLabel(TEXT, 0, 3, { id: 'a' });
const longer = sampleLabel(TEXT, 0, 7, { id: 'a' });
const ben = sampleLabel(TEXT, 8, 11, { id: 'b' });

describe('the places of labels', () => {
  it('stay what they are when a label is called something else, and are new ones for new borders', () => {
    const placings = new Placings();
    placings.put(ada, 1);
    const first = placings.get('a');
    placings.put({ ...ada, label: 'LOC' }, 2);
    assert.equal(placings.get('a'), first);
    assert.equal(first?.label.label, 'LOC');
    placings.put(longer, 3);
    assert.notEqual(placings.get('a'), first);
    assert.equal(placings.get('a')?.since, 3);
    assert.deepEqual(placings.all, [placings.get('a'), first]);
    placings.put(ada, 4);
    assert.equal(placings.get('a'), first, 'the borders it had before');
    assert.equal(first?.label.label, 'PER');
    assert.equal(placings.all.length, 2);
  });

  it('are not those before of other words, or of a label that waited for review', () => {
    for (const other of [
      { ...ada, quote: 'Eve' },
      { ...ada, review: 'changed' as const },
      { ...ada, start: 1 },
      { ...ada, end: 2 },
    ]) {
      const placings = new Placings();
      placings.put(ada, 1);
      const first = placings.get('a');
      placings.put(longer, 2);
      placings.put(other, 3);
      assert.notEqual(placings.get('a'), first);
      assert.equal(placings.all.length, 3);
    }
  });

  it('of removed labels are kept, and taken back the last one first', () => {
    const placings = new Placings();
    assert.equal(placings.remove('a'), false);
    assert.equal(placings.takeBack('a'), undefined);
    for (const label of [ada, ben, longer]) placings.put(label, 1);
    const last = placings.get('a');
    assert.equal(placings.remove('a'), true);
    assert.equal(placings.remove('a'), false);
    assert.deepEqual(
      [...placings.present].map(({ label }) => label.id),
      ['b'],
    );
    assert.equal(placings.get('a'), undefined);
    assert.equal(placings.all.length, 3);
    assert.equal(placings.takeBack('a'), last);
    assert.equal(placings.get('a'), last);
    assert.equal(placings.all.length, 3);
  });

  it('are forgotten from the oldest on when there are more than 5,000 former ones', () => {
    const placings = new Placings();
    const former = (k: number) => placings.takeBack(`${k}`);
    for (let k = 0; k < 5003; k++) {
      placings.put({ ...ada, id: `${k}` }, 1);
      placings.remove(`${k}`);
    }
    assert.equal(placings.all.length, 5000);
    assert.deepEqual([former(0), former(1), former(2)], [undefined, undefined, undefined]);
    assert.ok(former(3));
    placings.remove('3'); // it is the youngest now
    placings.put({ ...ada, id: 'one more' }, 1);
    placings.remove('one more');
    assert.equal(former(4), undefined);
    assert.ok(former(3) && former(5));
  });

  it('of one label are forgotten one by one', () => {
    const placings = new Placings();
    for (let end = 1; end <= 5002; end++) placings.put({ ...ada, end }, end);
    assert.equal(placings.all.length, 5001);
    const ends = placings.all.map((anchor) => anchor.end);
    assert.deepEqual([ends[0], ends[1], ends.at(-1)], [5002, 2, 5001]);
  });
});
