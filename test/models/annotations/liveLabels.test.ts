import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LiveLabels } from '../../../models/annotations/liveLabels';
import { sampleOf } from './sampleLabel';

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

  it('waits for review where other words take its place, until the old ones are back', () => {
    const live = ada();
    replace(live, ['Ada Lovelace', 'Mary Somerville']);
    assert.equal(words(live), 'Mary Somerville (changed)');
    assert.equal(live.labels[0].quote, 'Ada Lovelace');
    replace(live, ['Mary Somerville', 'Ada Lovelace']);
    assert.equal(words(live), 'Ada Lovelace');
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
