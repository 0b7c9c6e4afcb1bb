import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../../models/errors';
import type { LabelOperation } from '../../../server/labelStore/labelOperation';
import { labelled, Workspace } from './workspace';

const TEXT = 'Ada 😀 met Charles Babbage in London.\n';
const NEW = { layer: 'ner', label: 'PER', start: 0, end: 3 };

/** What a client may send that is no operation on a label, and what it is told. */
const REFUSED: readonly [unknown, RegExp][] = [
  [{ kind: 'add', label: { ...NEW, start: 0.5 } }, /start at a whole number/],
  [{ kind: 'add', label: { ...NEW, start: '0' } }, /start at a whole number/],
  [{ kind: 'add', label: { ...NEW, start: -1 } }, /start at a whole number/],
  [{ kind: 'add', label: { ...NEW, end: NaN } }, /end at a whole number/],
  [{ kind: 'add', label: { ...NEW, end: 1e308 } }, /end at a whole number/],
  [{ kind: 'add', label: { ...NEW, end: 0 } }, /not in the text/],
  [{ kind: 'add', label: { ...NEW, end: TEXT.length + 1 } }, /not in the text/],
  [{ kind: 'add', label: { ...NEW, end: 5 } }, /cuts a character in two/],
  [{ kind: 'add', label: { ...NEW, confidence: 5 } }, /number from 0 to 1/],
  [{ kind: 'add', label: { ...NEW, confidence: -0.1 } }, /number from 0 to 1/],
  [{ kind: 'add', label: { ...NEW, confidence: NaN } }, /number from 0 to 1/],
  [{ kind: 'add', label: { ...NEW, confidence: 'x' } }, /number from 0 to 1/],
  [{ kind: 'add', label: { ...NEW, state: 'bogus' } }, /confirmed or rejected/],
  [{ kind: 'add', label: { ...NEW, note: 7 } }, /note of a label must be text/],
  [{ kind: 'add', label: { ...NEW, note: 'n'.repeat(100_001) } }, /at most 100,000 characters/],
  [{ kind: 'add', label: { ...NEW, annotator: 7 } }, /annotator of a label must be a name/],
  [{ kind: 'add', label: { ...NEW, layer: '' } }, /layer of a label must be a name/],
  [{ kind: 'add', label: { ...NEW, label: '' } }, /A label must be a name/],
  [{ kind: 'add', label: { ...NEW, quote: 'x' } }, /no “quote”/],
  [{ kind: 'add' }, /A label must be a name/],
  [{ kind: 'zap', id: 'x' }, /no operation/],
  [null, /no operation/],
  ['add', /no operation/],
];

const CHANGES: readonly [unknown, RegExp][] = [
  [{ review: 'bogus' }, /no “review”/],
  [{ rivalOf: 5 }, /no “rivalOf”/],
  [{ quote: '' }, /no “quote”/],
  [{ time: 'x' }, /no “time”/],
  [{ annotator: 3 }, /no “annotator”/],
  [{ start: 0.25, end: 2.75 }, /start at a whole number/],
  [{ start: 3 }, /not in the text/],
  [{ confidence: -1 }, /number from 0 to 1/],
  [{ state: 1 }, /confirmed or rejected/],
  [{ layer: '@reviewed', label: '' }, /A label must be a name/],
  [{ note: { a: 1 } }, /note of a label must be text/],
];

describe('an operation on a label', () => {
  it('that an annotation file could not hold is refused in one sentence, with those beside it', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const { live } = await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [{ kind: 'add', label: NEW }]);
    const [{ id }] = live.labels;
    const [labels, lines] = [live.labels, workspace.labelLines()];
    const changes = CHANGES.map(([change, message]) => [{ kind: 'change', id, change }, message] as const);
    const renames = [[{ kind: 'rename', id, label: '' }, /A label must be a name/] as const];
    const good: LabelOperation = { kind: 'add', label: labelled(TEXT, 'London') };
    for (const [operation, message] of [...REFUSED, ...changes, ...renames])
      await assert.rejects(
        store.apply('a.txt', 'Label', [good, operation as LabelOperation]),
        (error: unknown) => error instanceof InputError && message.test(error.message),
        JSON.stringify(operation),
      );
    assert.deepEqual(live.labels, labels);
    assert.deepEqual(workspace.labelLines(), lines);
  });

  it('cannot set borders in a text that is closed', async (t) => {
    const workspace = new Workspace(t);
    const store = workspace.store();
    const { live } = await store.open('a.txt', TEXT);
    await store.apply('a.txt', 'Label', [{ kind: 'add', label: NEW }]);
    const [{ id }] = live.labels;
    await store.close('a.txt');
    const change = { start: 4, end: 6 };
    await assert.rejects(store.apply('a.txt', 'Move', [{ kind: 'change', id, change }]), /is closed/);
    await store.apply('a.txt', 'Note', [{ kind: 'change', id, change: { start: 0, end: 3, note: '?' } }]);
    assert.match(workspace.labelLines()[0], /"note":"\?"/);
  });

  it('is not taken back or done again where its place is outside the text', async (t) => {
    const workspace = new Workspace(t);
    const first = workspace.store();
    const { live } = await first.open('a.txt', TEXT);
    await first.apply('a.txt', 'Label', [{ kind: 'add', label: { ...NEW, end: 20 } }]);
    await first.apply('a.txt', 'Move', [{ kind: 'change', id: live.labels[0].id, change: { end: 3 } }]);
    const again = workspace.store();
    const { live: short } = await again.open('a.txt', 'Ada');
    assert.equal((await again.undo('a.txt'))?.skipped, 1);
    assert.deepEqual(
      short.labels.map(({ start, end }) => [start, end]),
      [[0, 3]],
    );
  });

  it('of any shape is refused, or what it made reads back as it is in memory', async (t) => {
    const workspace = new Workspace(t);
    const odd = fc.oneof(
      { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
      fc.constantFrom(undefined, NaN, Infinity, -0, '\ud800', '__proto__', '\n<<<<<<< HEAD\n'),
    );
    const mostly = <T>(good: fc.Arbitrary<T>) => fc.oneof({ weight: 6, arbitrary: good }, odd);
    const newLabel = fc.record(
      {
        layer: mostly(fc.constantFrom('ner', '__proto__', 'constructor')),
        label: mostly(fc.string({ unit: 'binary' })),
        start: mostly(fc.nat(TEXT.length)),
        end: mostly(fc.nat(TEXT.length + 1)),
        state: mostly(fc.constantFrom('confirmed', 'rejected')),
        note: mostly(fc.string({ unit: 'binary' })),
        confidence: mostly(fc.double({ min: 0, max: 1, noNaN: true })),
        annotator: mostly(fc.string()),
      },
      { requiredKeys: ['layer', 'label', 'start', 'end'] },
    );
    const operation = fc.record({ kind: fc.constant('add'), label: mostly(newLabel) });
    let run = 0;
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(operation, async (one) => {
        const name = `${run++}.txt`;
        const store = workspace.store();
        const { live } = await store.open(name, TEXT);
        const refusal: unknown = await store.apply(name, 'Label', [one as unknown as LabelOperation]).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (refusal !== undefined) {
          assert.ok(refusal instanceof InputError);
          assert.equal(live.labels.length, 0);
          assert.ok(!existsSync(workspace.sidecar(name)));
        } else {
          taken++;
          assert.deepEqual(await workspace.store().labelsOf(name), JSON.parse(JSON.stringify(live.labels)));
        }
      }),
      { seed: 20, numRuns: 300 },
    );
    assert.ok(taken > 30, `${taken} were taken`);
  });
});
