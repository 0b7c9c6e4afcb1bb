import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findAgain } from '../../../models/annotations/findAgain';
import { Random } from '../../../models/random';
import { sampleLabel, sampleOf } from './sampleLabel';

const folded = (words: string): string => words.replace(/\s+/gu, ' ');

const TEXT =
  'Ada Lovelace met Charles Babbage in London. London was loud. In 1843 she wrote to Babbage 👩‍💻 about the engine.';

describe('findAgain', () => {
  /** Name, label's words, text afterwards, status, words found. */
  const table: [string, string, string, string, string][] = [
    ['an unchanged text', 'Charles Babbage', TEXT, 'same', 'Charles Babbage'],
    ['text before', 'Charles Babbage', `Preface 🎉\r\n${TEXT}`, 'moved', 'Charles Babbage'],
    [
      'a moved sentence',
      'Charles Babbage',
      `London was loud. ${TEXT.replace('London was loud. ', '')}`,
      'moved',
      'Charles Babbage',
    ],
    ['other words around it', 'Charles Babbage', TEXT.replace('met', 'saw old'), 'moved', 'Charles Babbage'],
    ['a corrected name', 'Charles Babbage', TEXT.replace('Charles', 'Charlie'), 'changed', 'Charlie Babbage'],
    ['another word there', 'engine', TEXT.replace('engine', 'loom'), 'lost', ''],
    ['another word between the same ones', '1843', TEXT.replace('1843', 'spring'), 'changed', 'spring'],
    ['its words deleted', '1843 ', TEXT.replace('1843 ', ''), 'lost', ''],
    ['another text', 'Charles Babbage', 'Nothing of this is left.', 'lost', ''],
    ['an empty text', 'Charles Babbage', '', 'lost', ''],
    ['an emoji', '👩‍💻', `🎉${TEXT}`, 'moved', '👩‍💻'],
  ];
  for (const [name, words, after, status, newText] of table) {
    it(`places a label in ${name}`, () => {
      const [found] = findAgain([sampleOf(TEXT, words)], after);
      assert.deepEqual([found.status, found.newText, found.oldText], [status, newText, words]);
      assert.equal(after.slice(found.label.start, found.label.end), newText);
      assert.equal(found.label.review, status === 'changed' || status === 'lost' ? status : undefined);
      if (status === 'moved')
        assert.equal(
          after.startsWith(
            found.label.before + words + found.label.after,
            found.label.start - found.label.before.length,
          ),
          true,
        );
    });
  }

  it('tells equal words apart by what stands around them', () => {
    const second = TEXT.indexOf('London', TEXT.indexOf('London') + 1);
    const [found] = findAgain([sampleLabel(TEXT, second, second + 6)], `London. London! ${TEXT}`);
    assert.deepEqual([found.status, found.label.start], ['moved', second + 16]);
  });

  it('does not take equal words elsewhere for the ones that were deleted', () => {
    const after = TEXT.replace('in London. ', 'somewhere. ');
    const [found] = findAgain([sampleOf(TEXT, 'London')], after);
    assert.notEqual(found.status, 'moved');
    assert.notEqual(found.status, 'same');
  });

  it('asks for a look where nothing around the words at the old place is as it was', () => {
    const before = 'one two three Ada four five six';
    const label = sampleOf(before, 'Ada');
    const same = findAgain([label], `${'?'.repeat(label.start)}Ada${'?'.repeat(before.length)}`);
    assert.deepEqual([same[0].status, same[0].label.review], ['changed', 'changed']);
  });

  describe('weighs what stands around equal words', () => {
    const text = 'aaaaaaaaaaaaaaaaaaaaAdabbbbbbbbbbbbbbbbbbbb';
    const label = sampleOf(text, 'Ada');
    /** The words with so many code units around them as they were, and others beyond. */
    const withContext = (before: number, after: number): string =>
      `${'x'.repeat(20 - before)}${'a'.repeat(before)}Ada${'b'.repeat(after)}${'x'.repeat(20 - after)}`;
    /** Code units that agree before and after, how it stands at its old place, and how elsewhere. */
    const table: [number, number, string, string][] = [
      [20, 20, 'same', 'moved'],
      [6, 0, 'same', 'changed'],
      [0, 6, 'same', 'changed'],
      [5, 0, 'changed', 'changed'],
      [0, 5, 'changed', 'changed'],
      [5, 5, 'changed', 'changed'],
      [6, 6, 'same', 'moved'],
      [5, 18, 'same', 'changed'],
      [5, 19, 'same', 'moved'],
      [19, 5, 'same', 'moved'],
      [20, 3, 'same', 'changed'],
    ];
    for (const [before, after, here, elsewhere] of table)
      it(`${before} before and ${after} after`, () => {
        const [atPlace] = findAgain([label], withContext(before, after));
        assert.deepEqual([atPlace.status, atPlace.label.start], [here, label.start]);
        const [moved] = findAgain([label], `-${withContext(before, after)}`);
        if (elsewhere === 'moved')
          assert.deepEqual([moved.status, moved.label.start], ['moved', label.start + 1]);
        else assert.notEqual(moved.status, 'moved');
      });
  });

  it('takes the nearest of the places that agree as much, and of those that agree more the best', () => {
    const [quote, context] = ['Ada', 'the queen '];
    const label = sampleOf(`${context}${quote} and king`, quote, { after: ' and king' });
    const place = `${context}${quote} and king. `;
    const text = `${'-'.repeat(30)}${place}${place}${place}`;
    for (let nth = 0; nth < 3; nth++) {
      const start = 30 + nth * place.length + context.length;
      for (const by of [-8, -1, 1, 8]) {
        const [found] = findAgain([{ ...label, start: start + by, end: start + by + 3 }], text);
        assert.deepEqual([found.status, found.label.start], ['moved', start], `${nth} ${by}`);
      }
    }
    const poor = `the queen Ada xxx king. `;
    const [found] = findAgain([{ ...label, start: 11, end: 14 }], `${poor}${poor}${'-'.repeat(90)}${place}`);
    assert.equal(found.label.start, 2 * poor.length + 90 + context.length);
  });

  it('looks at 200 places of its words on each side, be the labels many or few', () => {
    const whole = 'queen Ada went';
    for (const count of [199, 200]) {
      const crowd = 'Ada '.repeat(count);
      for (const [text, expected] of [
        [crowd + whole, 0],
        [`${whole} ${crowd}`, whole.length + 1 + crowd.length],
      ] as const) {
        const label = { ...sampleOf(whole, 'Ada'), start: expected, end: expected + 3 };
        const others = Array.from({ length: 8 }, () => ({ ...label, quote: 'zzz' }));
        for (const labels of [[label], [...others, label]]) {
          const found = findAgain(labels, text)[labels.length - 1];
          assert.equal(found.status === 'moved', count === 199, `${count} of ${labels.length}`);
        }
      }
    }
  });

  it('finds words past any number of equal ones where all that stood around them stands once', () => {
    const whole = 'and so the old queen of all islands Ada went down to the town by the great sea';
    const crowd = 'Ada '.repeat(300);
    const others = Array.from({ length: 8 }, () => ({ ...sampleOf(whole, 'Ada'), quote: 'zzz' }));
    for (const [text, isMoved] of [
      [crowd + whole, true],
      [`${crowd}${whole}. ${whole}`, false],
      [crowd + whole.replace('queen', 'king'), false],
    ] as const)
      for (const more of [[], others]) {
        const label = { ...sampleOf(whole, 'Ada'), start: 0, end: 3 };
        const found = findAgain([...more, label], text)[more.length];
        assert.equal(found.status === 'moved', isMoved, text.slice(crowd.length));
        if (isMoved) assert.equal(found.label.start, text.indexOf(' Ada went') + 1);
      }
  });

  it('finds many labels at once where it finds each alone', () => {
    const random = new Random(3);
    const words = ['tin', 'gold', 'Ada', 'über', '👩‍💻', 'a', 'of the', 'Lovelace'];
    const make = (n: number): string =>
      Array.from({ length: n }, () => words[random.below(words.length)]).join(' ');
    for (let round = 0; round < 60; round++) {
      const text = make(60 + random.below(100));
      const labels = Array.from({ length: 30 }, () => {
        const start = random.below(text.length - 14);
        return sampleLabel(text, start, start + 1 + random.below(12));
      });
      const cut = random.below(text.length);
      const after = `${make(3)} ${text.slice(cut)} ${make(2)} ${text.slice(0, cut - random.below(9))}`;
      const alone = labels.map((label) => findAgain([label], after)[0]);
      const together = findAgain(labels, after);
      together.forEach((found, i) => {
        if (alone[i].status === 'moved' && found.status !== 'moved')
          assert.fail(`${labels[i].quote} is ${found.status}`);
        if (found.status === 'moved')
          assert.equal(folded(after.slice(found.label.start, found.label.end)), folded(labels[i].quote));
      });
    }
  });

  it('gives back the same label where nothing has changed, and one that waited without its reason', () => {
    const label = sampleOf(TEXT, 'Charles Babbage');
    assert.equal(findAgain([label], TEXT)[0].label, label);
    const [waiting] = findAgain([{ ...label, review: 'changed' }], TEXT);
    assert.deepEqual([waiting.status, waiting.label], ['same', label]);
    const [other] = findAgain([label], TEXT.replace('Ada', 'Eve'));
    assert.deepEqual([other.status, other.label.before], ['same', 'Eve Lovelace met ']);
  });

  it('brings back a lost label with its words', () => {
    const [lost] = findAgain([sampleOf(TEXT, 'Charles Babbage')], 'gone');
    const [found] = findAgain([lost.label], TEXT);
    assert.equal(found.status, 'moved');
    assert.deepEqual(found.label, sampleOf(TEXT, 'Charles Babbage'));
  });

  it('finds 5,000 labels in 50,000 words', () => {
    const words = Array.from(
      { length: 50_000 },
      (_, i) => ['tin', 'gold', 'Ada', 'über', 'x'][(i * i) % 5] + (i % 977),
    );
    const text = words.join(' ');
    let at = 0;
    const labels = words.flatMap((word, i) => {
      const start = at;
      at += word.length + 1;
      return i % 10 ? [] : [sampleLabel(text, start, start + word.length)];
    });
    for (const [after, status] of [
      [text, 'same'],
      [`A line at the top.\n${text}`, 'moved'],
    ])
      assert.ok(findAgain(labels, after).every((one) => one.status === status));
  });
});
