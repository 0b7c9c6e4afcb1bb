import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ShownLabels } from '../../../client/labels/shownLabels';
import { shiftLabel } from '../../../client/labels/shiftLabel';
import { LiveLabels } from '../../../models/annotations/liveLabels';
import type { Label } from '../../../models/annotations/label';
import { shiftSpan } from '../../../models/annotations/shiftSpan';
import { Random } from '../../../models/random';
import type { DidLabelParams, WireLabel } from '../../../server/protocol/labels';

const uri = 'file:///a.txt';

function wire(id: string, start: number, end: number, more: Partial<WireLabel> = {}): WireLabel {
  const decided = { state: 'confirmed', annotator: 'ada', time: '2026-01-01T00:00:00.000Z' } as const;
  return { id, layer: 'ner', label: 'PER', start, end, quote: '', ...decided, ...more };
}

function message(version: number, more: Partial<DidLabelParams> = {}): DidLabelParams {
  return { uri, version, reset: false, put: [], removed: [], unsaved: false, ...more };
}

const places = (store: ShownLabels): string =>
  store
    .labels(uri)
    .map(({ id, start, end }) => `${id} ${start}-${end}`)
    .join(', ');

suite('shiftLabel', () => {
  const cases: [string, [number, number, number], string][] = [
    ['before', [0, 0, 3], '13-18'],
    ['at its start: stays outside', [10, 10, 2], '12-17'],
    ['at its end: stays outside', [15, 15, 2], '10-15'],
    ['within', [12, 12, 2], '10-17'],
    ['its first half and some before', [8, 12, 1], '9-12'],
    ['its last half and some after', [12, 20, 1], '10-12'],
    ['all of it', [9, 16, 0], '9-9'],
    ['exactly it, by other words', [10, 15, 3], '10-13'],
    ['after', [16, 18, 9], '10-15'],
  ];
  for (const [name, [start, end, length], expected] of cases) {
    test(name, () => {
      const moved = shiftLabel({ start: 10, end: 15 }, { start, end, length });
      assert.equal(`${moved.start}-${moved.end}`, expected);
    });
  }

  test('is what the server does first, too', () => {
    const random = new Random(7);
    for (let i = 0; i < 20_000; i++) {
      const start = random.below(20);
      const label = { start, end: start + random.below(8) };
      const from = random.below(25);
      const change = { start: from, end: from + random.below(8), length: random.below(5) };
      const { start: s, end: e } = shiftSpan(label, { ...change, newText: 'x'.repeat(change.length) });
      assert.deepEqual(shiftLabel(label, change), { start: s, end: e }, JSON.stringify({ label, change }));
    }
  });
});

suite('LabelStore', () => {
  test('holds what the server says, in the order of the text', () => {
    const store = new ShownLabels();
    const put = [wire('b', 9, 12), wire('inner', 2, 4), wire('outer', 2, 8)];
    assert.equal(store.apply(message(1, { reset: true, put })), 'applied');
    assert.equal(places(store), 'outer 2-8, inner 2-4, b 9-12');
    store.apply(message(1, { removed: ['outer'], put: [wire('b', 0, 1)] }));
    assert.equal(places(store), 'b 0-1, inner 2-4');
  });

  test('is lost without a first list', () => {
    assert.equal(new ShownLabels().apply(message(3)), 'lost');
  });

  test('brings a late message through the edits since', () => {
    const store = new ShownLabels();
    store.apply(message(1, { reset: true }));
    store.follow(uri, 2, [{ start: 0, end: 0, length: 5 }]);
    store.follow(uri, 3, [{ start: 7, end: 7, length: 1 }]);
    store.apply(message(1, { put: [wire('a', 4, 8)] }));
    assert.equal(places(store), 'a 10-14');
    store.apply(message(3, { put: [wire('b', 4, 8)] }));
    assert.equal(places(store), 'b 4-8, a 10-14');
  });

  test('knows the edits that came before the first message', () => {
    const store = new ShownLabels();
    store.follow(uri, 2, [{ start: 0, end: 0, length: 5 }]);
    store.apply(message(1, { reset: true, put: [wire('a', 4, 8)] }));
    assert.equal(places(store), 'a 9-13');
  });

  test('says what is not saved, and why', () => {
    const store = new ShownLabels();
    store.apply(message(1, { reset: true, unsaved: true, problem: 'The disk is full.' }));
    assert.deepEqual(store.saving(uri), { isUnsaved: true, problem: 'The disk is full.' });
    store.apply(message(1));
    assert.deepEqual(store.saving(uri), { isUnsaved: false, problem: undefined });
  });

  test('forgets a closed document', () => {
    const store = new ShownLabels();
    store.apply(message(1, { reset: true, put: [wire('a', 4, 8)] }));
    store.delete(uri);
    assert.deepEqual(store.labels(uri), []);
    assert.equal(store.apply(message(2)), 'lost');
  });

  for (const seed of [1, 2, 3, 4, 5]) {
    test(`agrees with the server after any interleaving of edits and messages, seed ${seed}`, () => {
      interleave(new Random(seed), 800);
    });
  }
});

/**
 * Edits go to a store and, later, to labels as the server keeps them, whose answers travel just as late: those that
 * the edit left elsewhere than the client's rule does.
 */
function interleave(random: Random, steps: number): void {
  let text = 'Ada met Bo in Rome, and Cy ran. '.repeat(8);
  const store = new ShownLabels();
  const first = Array.from({ length: 12 }, (_, i) => label(`l${i}`, text, 4 + 20 * i, 9 + 20 * i));
  const live = new LiveLabels(text, first);
  store.apply(message(1, { reset: true, put: first.map(toWire) }));
  const toServer: { version: number; start: number; end: number; newText: string }[] = [];
  const toClient: DidLabelParams[] = [];
  let version = 1;
  let made = 12;
  const serve = (): void => {
    const edit = toServer.shift();
    if (edit === undefined) return;
    const before = new Map(live.labels.map((one) => [one.id, one]));
    live.edit([edit]);
    const change = { start: edit.start, end: edit.end, length: edit.newText.length };
    const put = live.labels.filter((one) => {
      const guess = shiftLabel(before.get(one.id) ?? one, change);
      return guess.start !== one.start || guess.end !== one.end || guess.review !== one.review;
    });
    served = edit.version;
    toClient.push(message(served, { put: put.map(toWire) }));
  };
  let served = 1;
  const decide = (): void => {
    const start = random.below(Math.max(1, live.text.length - 6));
    if (live.text.length < 8) return;
    const added = label(`l${made++}`, live.text, start, start + 5);
    live.put(added);
    toClient.push(message(served, { put: [toWire(added)] }));
    if (random.below(3) > 0) return;
    const { id } = live.labels[random.below(live.labels.length)];
    live.remove(id);
    toClient.push(message(served, { removed: [id] }));
  };
  const receive = (): void => {
    const next = toClient.shift();
    if (next !== undefined) assert.equal(store.apply(next), 'applied');
  };
  for (let step = 0; step < steps; step++) {
    const dice = random.below(10);
    if (dice < 4) {
      const start = random.below(text.length + 1);
      const end = Math.min(text.length, start + [0, 0, 1, 4, 15][random.below(5)]);
      const newText = ['', 'x', 'Eve ', 'and so on '][random.below(4)];
      text = text.slice(0, start) + newText + text.slice(end);
      version++;
      store.follow(uri, version, [{ start, end, length: newText.length }]);
      toServer.push({ version, start, end, newText });
    } else if (dice < 6) serve();
    else if (dice < 7) decide();
    else receive();
  }
  while (toServer.length > 0) serve();
  while (toClient.length > 0) receive();
  assert.equal(live.text, text);
  const expected = live.labels.map(toWire).sort((a, b) => (a.id < b.id ? -1 : 1));
  const held = [...store.labels(uri)].sort((a, b) => (a.id < b.id ? -1 : 1));
  assert.deepEqual(
    held.map(({ id, start, end }) => ({ id, start, end })),
    expected.map(({ id, start, end }) => ({ id, start, end })),
  );
}

function label(id: string, text: string, start: number, end: number): Label {
  const { state, annotator, time } = wire(id, start, end);
  const quote = text.slice(start, end);
  const context = { before: text.slice(0, start).slice(-32), after: text.slice(end, end + 32) };
  return { id, layer: 'ner', label: 'PER', start, end, quote, ...context, state, annotator, time };
}

function toWire({ id, start, end, quote, review }: Label): WireLabel {
  return wire(id, start, end, review === undefined ? { quote } : { quote, review });
}
