import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import * as z from 'zod';
import { wire } from '../../../server/protocol/wire/schemas';
import * as is from '../../../server/protocol/wire/values';

const textDocument = { uri: 'file:///texts/a.txt', version: 2 };
const { schema } = wire.didChange;
const plain = z.object({
  textDocument: z.object({ uri: is.uri, version: is.version }),
  contentChanges: is.listOf(z.object({ range: is.range.optional(), text: is.text })),
});

describe('the changes of an edit', () => {
  it('are handed on as they came, not copied one by one', () => {
    const at = { line: 0, character: 0 };
    const contentChanges = [{ range: { start: at, end: at }, rangeLength: 0, text: 'x' }, { text: 'y' }];
    assert.equal(schema.parse({ textDocument, contentChanges }).contentChanges, contentChanges);
  });

  it('are refused where and as their schema says', () => {
    const odd = fc.oneof(
      fc.constantFrom(0, 1, -1, 0.5, 2 ** 53, NaN, null, undefined, 'x', '', [], {}, true),
    );
    const place = fc.record(
      { line: fc.oneof({ weight: 9, arbitrary: fc.nat(9) }, odd), character: fc.nat(9) },
      { requiredKeys: ['line'] },
    );
    const range = fc.record({ start: place, end: fc.oneof({ weight: 9, arbitrary: place }, odd) });
    const change = fc.record(
      { range: fc.oneof({ weight: 9, arbitrary: range }, odd), text: fc.oneof(fc.string(), odd) },
      { requiredKeys: [] },
    );
    const changes = fc.oneof(
      fc.array(fc.oneof({ weight: 9, arbitrary: change }, odd), { maxLength: 4 }),
      odd,
    );
    fc.assert(
      fc.property(changes, (contentChanges) => {
        const [is, was] = [schema, plain].map((one) => one.safeParse({ textDocument, contentChanges }));
        assert.equal(is.success, was.success);
        const first = (error?: z.ZodError): unknown => error?.issues[0];
        assert.deepEqual(first(is.error), first(was.error));
      }),
      { seed: 20_260_101, numRuns: 2000 },
    );
  });
});
