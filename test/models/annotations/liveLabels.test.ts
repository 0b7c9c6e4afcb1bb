import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LiveLabels } from '../../../models/annotations/liveLabels';
import { quoteAt } from '../../../models/annotations/quoteLabel';
import { applyChange } from '../../../models/annotations/textChange';
import { sampleLabel, sampleOf } from './sampleLabel';

const TEXT = 'Yesterday Ada Lovelace met Charles Babbage in London.\nIt rained.\n';

/** Follows edits written as [old, new]: the first occurrence of `old` becomes `new`. */
function replace(live: LiveLabels, ...edits: [string, string][]): void {
  for (const [old, newText] of edits) {
    const start = live.text.indexOf(old);
    live.edit([{ start, end: start + old.length, newText }]);
  }
}

const at = (live: LiveLabels, start: number, newText: string): void =>
  live.edit([{ start, end: start, newText }]);

/** The words of the only label, and why it waits for review. */
function words(live: LiveLabels): string {
  const [{ start, end, review }] = live.labels;
  return live.text.slice(start, end) + (review === undefined ? '' : ` (${review})`);
}

const ada = (): LiveLabels => new LiveLabels(TEXT, [sampleOf(TEXT, 'Ada Lovelace')]);

/** What a text was, what is typed over [from, to), the words then labelled, and how they stand after undo. */
const UNDONE: [string, string, number, number, string, string, string][] = [
  ['typed words', 'met Ben in Rome.', 0, 0, 'Ada ', 'Ada', ' (lost)'],
  ['words typed at the end of the text', 'Hello ', 6, 6, 'Ada', 'Ada', ' (lost)'],
  ['words that end in typed text', 'Ad met Ben.', 2, 2, 'a', 'Ada', 'Ad'],
  ['words that begin in typed text', 'da Lovelace slept.', 0, 0, 'A', 'Ada Lovelace', 'da Lovelace'],
  ['words around typed text', 'Ada Lovelace slept.', 3, 3, ' King', 'Ada King Lovelace', 'Ada Lovelace'],
  ['what replaced other words', 'Bob met Ben.', 0, 3, 'Ada Lovelace', 'Ada Lovelace', 'Bob (changed)'],
  ['half of what replaced a line break', 'one\r\ntwo', 3, 5, '🎉 Ada', 'Ada', ' (lost)'],
  ['words before typed text', 'Ada met Ben.', 8, 11, 'Bob', 'Ada', 'Ada'],
];

describe('a label given to', () => {
  for (const [name, text, start, end, newText, labelled, undone] of UNDONE)
    it(`${name} follows the undo of the typing, and redo brings it back`, () => {
      const live = new LiveLabels(text);
      live.edit([{ start, end, newText }]);
      const label = sampleOf(live.text, labelled);
      live.put(label);
      for (let again = 0; again < 2; again++) {
        live.edit([{ start, end: start + newText.length, newText: text.slice(start, end) }]);
        assert.equal(words(live), undone);
        live.edit([{ start, end, newText }]);
        assert.equal(words(live), labelled);
        assert.deepEqual(live.labels, [label]);
      }
    });
});

describe('undo of a text', () => {
  it('leaves a label that was given new borders since on those', () => {
    const live = ada();
    at(live, 0, 'So: ');
    live.put(sampleOf(live.text, 'Lovelace', { id: live.labels[0].id }));
    live.edit([{ start: 0, end: 4, newText: '' }]);
    assert.equal(words(live), 'Lovelace');
    live.edit([{ start: 10, end: 22, newText: 'Nobody' }]);
    assert.equal(words(live), ' (lost)');
    live.edit([{ start: 10, end: 16, newText: 'Ada Lovelace' }]);
    assert.equal(words(live), 'Lovelace');
  });

  it('brings a label back to what it was once the new borders are taken back, too', () => {
    const live = ada();
    const [label] = live.labels;
    live.edit([{ start: 10, end: 23, newText: '' }]);
    const [lost] = live.labels;
    live.put(sampleOf(live.text, 'Charles', { id: label.id }));
    live.put(lost);
    live.edit([{ start: 10, end: 10, newText: 'Ada Lovelace ' }]);
    assert.deepEqual(live.labels, [label]);
  });

  it('keeps the name that a label got since, and puts a removed one back at its place', () => {
    const live = ada();
    live.edit([{ start: 10, end: 14, newText: '' }]);
    live.put({ ...live.labels[0], label: 'ORG' });
    const [label] = [...live.labels];
    live.remove(label.id);
    at(live, 10, 'Ada ');
    assert.equal(live.labels.length, 0);
    live.putBack(label);
    assert.equal(words(live), 'Ada Lovelace');
    assert.equal(live.labels[0].label, 'ORG');
  });

  it('goes several edits back and forth at once, at both ends of a long text', () => {
    const text = `${TEXT}${'x'.repeat(2_000_000)}${TEXT}`;
    const places = [10, text.length - TEXT.length + 10];
    const live = new LiveLabels(
      text,
      places.map((start) => sampleLabel(text, start, start + 3)),
    );
    const { labels } = live;
    const letters = [...'Countess '];
    letters.forEach((newText, i) =>
      live.edit(
        [...places.keys()].reverse().map((n) => {
          const start = places[n] + 1 + i + n * i;
          return { start, end: start, newText };
        }),
      ),
    );
    const typed = live.labels;
    assert.deepEqual(
      typed.map(({ start, end }) => live.text.slice(start, end)),
      ['ACountess da', 'ACountess da'],
    );
    const back = places.map((start) => ({ start: start + 1, end: start + 10, newText: '' }));
    for (let again = 0; again < 2; again++) {
      live.edit(back);
      assert.deepEqual(live.labels, labels);
      live.edit(
        [...places].reverse().map((start) => ({ start: start + 1, end: start + 1, newText: 'Countess ' })),
      );
      assert.deepEqual(live.labels, typed);
    }
  });

  it('goes before a search for labels whose text was replaced, and the search leaves them alone', () => {
    const text =
      Array.from({ length: 60 }, (_, i) => `Line ${i} tells us of Lady Ada${i}.\n`).join('') + TEXT;
    const labels = Array.from({ length: 60 }, (_, i) => sampleOf(text, `Ada${i}.`, { id: `${i}` }));
    const reloaded = `# Title\n${text.replaceAll('tells', 'speaks')}# End\n`;
    const live = new LiveLabels(text, labels);
    live.edit([{ start: 0, end: text.length, newText: reloaded }]);
    assert.ok(live.isSearching);
    assert.ok(live.labels.every(({ review, quote }) => review === 'lost' && quote !== ''));
    const steps = live.searching();
    steps.next();
    at(live, 0, 'Written meanwhile. ');
    while (steps.next().done !== true);
    assert.ok(!live.isSearching);
    for (const { start, end, quote, review } of live.labels)
      assert.deepEqual([live.text.slice(start, end), review], [quote, undefined]);
    live.edit([{ start: 0, end: 19, newText: '' }]);
    live.edit([{ start: 0, end: reloaded.length, newText: text }]);
    assert.ok(!live.isSearching);
    assert.deepEqual(live.labels, new LiveLabels(text, labels).labels);
  });

  for (const when of ['before', 'amid', 'after'] as const)
    it(`looks for labels where they stood, though text is written ${when} the first steps`, () => {
      const line = 'Ada met nobody at all in the garden behind the house of her aunt.\n';
      const text = `The first line stays.\n${line.repeat(1200)}`;
      const labels = Array.from({ length: 1200 }, (_, i) => {
        const start = 22 + line.length * i;
        return {
          ...sampleOf(text, 'Ada', { id: `${i}` }),
          start,
          end: start + 3,
          ...quoteAt(text, start, start + 3),
        };
      });
      const live = new LiveLabels(text, labels);
      live.edit([{ start: 0, end: text.length, newText: text.replaceAll('garden', 'meadow') }]);
      const meanwhile = 'Written meanwhile. '.repeat(40);
      const steps = live.searching();
      for (let i = 0; i < { before: 0, amid: 1, after: 4 }[when]; i++) steps.next();
      at(live, 0, meanwhile);
      while (steps.next().done !== true);
      const places = labels.map(({ id, start }) => [id, start + meanwhile.length]);
      assert.deepEqual(
        live.labels.map(({ id, start }) => [id, start]),
        places,
      );
    });

  it('asks for a look where little but the last letter is left of replaced words', () => {
    const live = new LiveLabels(TEXT, [sampleOf(TEXT, 'Lovelace')]);
    replace(live, ['Ada Lovelace', 'She']);
    assert.equal(words(live), 'e (changed)');
  });

  it('does not take equal words elsewhere for those that were replaced, though all around them is equal', () => {
    const sentence = 'Once upon a time Ada Lovelace met Charles Babbage in London town. ';
    for (const other of ['Nobody came.', 'x', 'Ada never met Lovelace, and Babbage stayed at home.']) {
      const live = new LiveLabels(sentence + sentence, [sampleOf(sentence, 'Ada Lovelace')]);
      live.edit([{ start: 0, end: sentence.length, newText: other }]);
      const [{ start, end }] = live.labels;
      assert.ok(start <= end && end <= other.length, `${start} to ${end}`);
    }
  });

  it('does not take an equal word elsewhere for the one that was deleted', () => {
    const live = new LiveLabels('I know.', [sampleOf('I know.', 'I')]);
    live.edit([{ start: 0, end: 2, newText: '' }]);
    at(live, live.text.length, ' India');
    assert.equal(words(live), ' (lost)');
  });
});

describe('a label in a text that is edited', () => {
  it('takes text inserted within it, and none at its borders', () => {
    const live = ada();
    at(live, 10, 'Lady ');
    at(live, live.labels[0].end, ' (mathematician)');
    assert.equal(words(live), 'Ada Lovelace');
    replace(live, ['Ada ', 'Ada King ']);
    assert.equal(words(live), 'Ada King Lovelace');
  });

  it('keeps what a deletion leaves of it', () => {
    const live = ada();
    replace(live, ['Yesterday Ada', 'Today']);
    assert.equal(words(live), ' Lovelace');
  });

  it('keeps its end through a corrected last letter', () => {
    const live = ada();
    replace(live, ['lace', 'lac']);
    at(live, live.labels[0].end, 'k');
    at(live, live.labels[0].end, 'e');
    assert.equal(words(live), 'Ada Lovelacke');
    at(live, live.labels[0].end, ' ');
    at(live, live.labels[0].end, 'x');
    assert.equal(words(live), 'Ada Lovelacke');
  });

  it('keeps its end only through letters that are typed next', () => {
    for (const between of [0, TEXT.length - 4]) {
      const live = ada();
      replace(live, ['lace', 'lac']);
      at(live, between, 'So ');
      at(live, live.labels[0].end, 'e');
      assert.equal(words(live), 'Ada Lovelac');
    }
  });

  it('is lost again by the undo of a paste, where it was lost, and comes back when it is typed there', () => {
    // Changes that go back and forth are done one after the other.
    const others = [0, 30, 0].map((start) => ({ start, end: start, newText: '- ' }));
    for (const before of ['Yesterday', 'met', 'It rained'])
      for (const first of [[], others]) {
        const live = ada();
        const [label] = live.labels;
        replace(live, ['Ada Lovelace ', '']);
        const without = live.text;
        const start = first.reduce(applyChange, without).indexOf(before);
        live.edit([...first, { start, end: start, newText: 'Ada Lovelace ' }]);
        assert.equal(words(live), 'Ada Lovelace');
        live.edit([{ start: 0, end: live.text.length, newText: without }]);
        assert.equal(words(live), ' (lost)');
        assert.equal(live.labels[0].start, label.start);
        at(live, 0, 'Now: ');
        at(live, label.start + 5, 'Ada Lovelace ');
        assert.equal(words(live), 'Ada Lovelace');
        assert.equal(live.labels[0].start, label.start + 5);
      }
  });

  it('takes no letters that replace what stands behind its end', () => {
    const live = ada();
    replace(live, ['lace', 'lac']);
    const { end } = live.labels[0];
    live.edit([{ start: end, end: end + 1, newText: 'e' }]);
    assert.equal(words(live), 'Ada Lovelac');
  });

  it('waits for review where other words take its place, until the old ones are back', () => {
    const live = ada();
    replace(live, ['Ada Lovelace', 'Mary Somerville']);
    assert.equal(words(live), 'Mary Somerville (changed)');
    assert.equal(live.labels[0].quote, 'Ada Lovelace');
    replace(live, ['Mary Somerville', 'Ada Lovelace']);
    assert.equal(words(live), 'Ada Lovelace');
  });

  it('waits no longer where its words are back in a text that was not there before', () => {
    const live = ada();
    replace(live, ['Ada Lovelace', 'Mary Somerville'], ['Yesterday', 'Today']);
    assert.equal(words(live), 'Mary Somerville (changed)');
    replace(live, ['Mary Somerville', 'Ada Lovelace']);
    assert.equal(words(live), 'Ada Lovelace');
  });

  it('comes back where it is pasted among other changes, in whatever order', () => {
    const order = [0, 1, 2];
    for (const first of order)
      for (const second of order.filter((one) => one !== first)) {
        const live = ada();
        replace(live, ['Ada Lovelace ', '']);
        const places = [0, live.text.indexOf('It rained'), live.text.length];
        let done: number[] = [];
        const changes = [first, second, 3 - first - second].map((one) => {
          const newText = one === 1 ? 'Ada Lovelace ' : 'So. ';
          const start =
            places[one] + done.reduce((sum, at) => (at < one ? sum + (at === 1 ? 13 : 4) : sum), 0);
          done = [...done, one];
          return { start, end: start, newText };
        });
        live.edit(changes);
        assert.equal(words(live), 'Ada Lovelace', String([first, second]));
      }
  });

  it('is lost with its words and comes back when they are typed again letter by letter', () => {
    const live = ada();
    replace(live, ['Ada Lovelace ', '']);
    assert.equal(words(live), ' (lost)');
    for (const [i, letter] of [...'Ada Lovelace '].entries()) at(live, 10 + i, letter);
    assert.equal(words(live), 'Ada Lovelace');
  });

  it('moves with its line, and with what is cut and pasted', () => {
    const live = ada();
    const line = TEXT.slice(0, TEXT.indexOf('\n') + 1);
    live.edit([
      { start: TEXT.length, end: TEXT.length, newText: line },
      { start: 0, end: line.length, newText: '' },
    ]);
    assert.equal(words(live), 'Ada Lovelace');
    assert.equal(live.labels[0].start, 'It rained.\n'.length + 10);
    replace(live, ['Yesterday Ada Lovelace met ', '']);
    at(live, 0, '> Yesterday Ada Lovelace met nobody.');
    assert.equal(words(live), 'Ada Lovelace');
    assert.equal(live.labels[0].start, 12);
  });

  it('is found again when a formatter replaces the whole text', () => {
    const live = ada();
    const newText = '  Yesterday\n  Ada Lovelace met Charles Babbage in London.\n\n  It rained…';
    live.edit([{ start: 0, end: TEXT.length, newText }]);
    assert.equal(words(live), 'Ada Lovelace');
  });

  it('comes back by undo of several deletions in one go, and goes by redo', () => {
    const live = ada();
    for (let i = 0; i < 9; i++) live.edit([{ start: 21 - i, end: 22 - i, newText: '' }]);
    assert.equal(words(live), 'Ada');
    at(live, 13, ' Lovelace');
    assert.equal(words(live), 'Ada Lovelace');
    live.edit([{ start: 13, end: 22, newText: '' }]);
    assert.equal(words(live), 'Ada');
  });

  it('refuses a change outside the text and stays as it was', () => {
    const live = ada();
    assert.throws(() => live.edit([{ start: 5, end: TEXT.length + 1, newText: '' }]), RangeError);
    assert.equal(live.text, TEXT);
    assert.equal(words(live), 'Ada Lovelace');
  });

  it('takes its present surroundings when the text is saved', () => {
    for (const [old, newText] of [
      ['Yesterday', 'Today'],
      ['met', 'saw'],
      ['Ada ', 'Augusta Ada '],
      ['It rained', 'It snowed'],
    ] as const) {
      const live = ada();
      assert.equal(live.labels[0].before, 'Yesterday ');
      replace(live, [old, newText]);
      live.refreshQuotes();
      const [{ start, end, quote, before, after }] = live.labels;
      assert.deepEqual({ quote, before, after }, quoteAt(live.text, start, end));
    }
  });

  it('takes its present words when the text is saved, unless it waits for review', () => {
    const live = ada();
    replace(live, ['Ada ', 'Augusta Ada ']);
    live.refreshQuotes();
    assert.equal(live.labels[0].quote, 'Augusta Ada Lovelace');
    replace(live, ['Lovelace', 'Byron']);
    live.refreshQuotes();
    assert.equal(live.labels[0].quote, 'Augusta Ada Byron');
    replace(live, ['Augusta Ada Byron', 'She']);
    live.refreshQuotes();
    assert.equal(live.labels[0].quote, 'Augusta Ada Byron');
  });
});

describe('a text that is replaced as a whole', () => {
  for (const isSame of [true, false])
    it(`leaves each label on its own of ${isSame ? 'many equal' : 'its'} words`, () => {
      const words = (i: number): string => (isSame ? 'words' : `words${i}`);
      const lines = Array.from({ length: 60 }, (_, i) => `the colour of ${words(i)} ${i}. `);
      const text = lines.join('');
      const labels = lines.map((line, i) => {
        const start = lines.slice(0, i).join('').length + line.indexOf(words(i));
        return sampleLabel(text, start, start + words(i).length, { id: `w${i}` });
      });
      const live = new LiveLabels(text, labels);
      const newText = text.replaceAll('colour', 'color');
      live.edit([{ start: 0, end: text.length, newText }]);
      for (const _ of live.searching());
      for (const [i, { id }] of labels.entries())
        assert.equal(live.get(id)?.start, newText.indexOf(` of ${words(i)} ${i}.`) + 4, id);
    });
});
