import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { TagStore } from '../../client/tagStore';
import { Random } from '../../models/random';
import type { DidTagParams, SentenceEdit, WireSentence } from '../../server/protocol/messages';

const uri = 'file:///a.txt';

function sentence(gap: number, length = 5): WireSentence {
  return { gap, length, tokens: [0, length], layers: null };
}

function message(version: number, edits: readonly SentenceEdit[], reset = false): DidTagParams {
  return { uri, version, modelId: 'm', reset, edits, pending: 0 };
}

function holding(count: number, version = 1): TagStore {
  const store = new TagStore();
  const sentences = Array.from({ length: count }, (_, i) => sentence(i));
  store.apply(message(version, [{ index: 0, deleteCount: 0, sentences }], true));
  return store;
}

const gaps = (store: TagStore): number[] | undefined => store.get(uri)?.sentences.map(({ gap }) => gap);

suite('TagStore', () => {
  const cases: {
    name: string;
    held: number;
    message: DidTagParams;
    outcome: string;
    gaps: number[] | undefined;
  }[] = [
    {
      name: 'replaces sentences',
      held: 4,
      message: message(2, [{ index: 1, deleteCount: 2, sentences: [sentence(9)] }]),
      outcome: 'applied',
      gaps: [0, 9, 3],
    },
    {
      name: 'applies edits in order, each to the list the one before left',
      held: 2,
      message: message(2, [
        { index: 0, deleteCount: 1, sentences: [] },
        { index: 1, deleteCount: 0, sentences: [sentence(7), sentence(8)] },
      ]),
      outcome: 'applied',
      gaps: [1, 7, 8],
    },
    {
      name: 'takes a new version without edits',
      held: 1,
      message: message(3, []),
      outcome: 'applied',
      gaps: [0],
    },
    {
      name: 'starts afresh on reset',
      held: 3,
      message: message(1, [{ index: 0, deleteCount: 0, sentences: [sentence(5)] }], true),
      outcome: 'applied',
      gaps: [5],
    },
    {
      name: 'ignores an older version',
      held: 2,
      message: { ...message(0, [{ index: 0, deleteCount: 2, sentences: [] }]) },
      outcome: 'stale',
      gaps: [0, 1],
    },
    {
      name: 'knows that it lost its base when an edit reaches past the end',
      held: 2,
      message: message(2, [{ index: 1, deleteCount: 2, sentences: [] }]),
      outcome: 'lost',
      gaps: undefined,
    },
    {
      name: 'knows that it lost its base when an edit begins past the end',
      held: 2,
      message: message(2, [{ index: 3, deleteCount: 0, sentences: [sentence(1)] }]),
      outcome: 'lost',
      gaps: undefined,
    },
  ];
  for (const each of cases) {
    test(each.name, () => {
      const store = holding(each.held);
      assert.equal(store.apply(each.message), each.outcome);
      assert.deepEqual(gaps(store), each.gaps);
    });
  }

  test('is lost without a first full message, and found again with one', () => {
    const store = new TagStore();
    assert.equal(store.apply(message(1, [])), 'lost');
    assert.equal(store.apply(message(1, [], true)), 'applied');
    assert.deepEqual(gaps(store), []);
  });

  test('leaves lists that were handed out as they were', () => {
    const store = holding(3);
    const before = store.get(uri)?.sentences;
    store.apply(message(2, [{ index: 0, deleteCount: 3, sentences: [] }]));
    assert.equal(before?.length, 3);
  });

  test('keeps documents apart and forgets a closed one', () => {
    const store = holding(2);
    store.apply({ ...message(1, [], true), uri: 'file:///b.txt' });
    store.delete('file:///b.txt');
    assert.equal(store.get('file:///b.txt'), undefined);
    assert.deepEqual(gaps(store), [0, 1]);
  });

  test('takes a book in one edit', () => {
    const store = new TagStore();
    const sentences = Array.from({ length: 200_000 }, () => sentence(1));
    store.apply(message(1, [{ index: 0, deleteCount: 0, sentences }], true));
    assert.equal(store.get(uri)?.sentences.length, 200_000);
  });

  test('after random splices holds what the server holds', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = new Random(seed);
      const store = new TagStore();
      const server: WireSentence[] = [];
      store.apply(message(0, [], true));
      for (let version = 1; version <= 30; version++) {
        const edits = Array.from({ length: 1 + random.below(3) }, () => {
          const index = random.below(server.length + 1);
          const deleteCount = random.below(server.length - index + 1);
          const sentences = Array.from({ length: random.below(5) }, () => sentence(random.below(1000)));
          server.splice(index, deleteCount, ...sentences);
          return { index, deleteCount, sentences };
        });
        assert.equal(store.apply(message(version, edits)), 'applied');
        assert.deepEqual(store.get(uri)?.sentences, server, `seed ${seed}, version ${version}`);
      }
    }
  });
});
