import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from '../../../models/random';
import { segment, Segmenter, type TextFormat } from '../../../models/text/segmenter';
import type { Sentence } from '../../../models/text/span';
import { randomEdit } from './randomEdits';

const FORMATS: readonly TextFormat[] = ['plain', 'markdown'];

const START = `---
title: Of bells
---
# The bell of *Uxcombe*

The old bell had cracked in the frost of 1893, and nobody could say who
had rung it last. “It wasn't me,” said Mr. Dale. See [the note][x] & more.

- It hung in the tower.
- It weighed 3,400 kg!
  > quoted, they're gonna say

| who | what |
|-----|------|
| Ann | rings |

Short line
another one

[x]: https://example.org/bell "Bell"
`;

/** Sentences as a string that can be compared. */
const written = (sentences: readonly Sentence[]): string =>
  sentences.map(({ start, end, tokens }) => JSON.stringify({ start, end, tokens })).join('\n');

/** What must hold of any segmentation of any text. */
function checkInvariants(text: string, sentences: readonly Sentence[], format: TextFormat): void {
  let at = 0;
  for (const { start, end, tokens } of sentences) {
    assert.equal(tokens[0].start, start);
    assert.equal(tokens[tokens.length - 1].end, end);
    assert.ok(!tokens[0].joined, 'a sentence begins inside a word');
    for (const token of tokens) {
      assert.ok(at <= token.start && token.start < token.end && token.end <= text.length);
      assert.match(token.form, /^[^\s]+$/u);
      if (format === 'plain') assert.equal(text.slice(token.start, token.end), token.form);
      at = token.end;
    }
  }
}

describe('Segmenter', () => {
  it('gives the same in steps, also after steps that were left off', () => {
    const random = new Random(99);
    for (const format of FORMATS) {
      const segmenter = new Segmenter(format);
      let text = START.repeat(5);
      for (let edit = 0; edit < 200; edit++) {
        const steps = segmenter.steps(text);
        const last = random.below(30);
        let step = steps.next();
        for (let i = 0; i < last && !step.done; i++) step = steps.next();
        if (step.done) assert.equal(written(step.value), written(segment(text, format)));
        const at = random.below(text.length);
        text = text.slice(0, at) + ['x', '\n\n', '. A', '*'][random.below(4)] + text.slice(at);
      }
      assert.equal(written(segmenter.update(text)), written(segment(text, format)));
    }
  });

  for (const format of FORMATS) {
    it(`gives what segment gives after any edits (${format})`, () => {
      for (let seed = 0; seed < 50; seed++) {
        const random = new Random(seed);
        const segmenter = new Segmenter(format);
        let text = seed % 3 === 0 ? '' : START;
        for (let step = 0; step < 40; step++) {
          const sentences = segmenter.update(text);
          const fresh = segment(text, format);
          if (written(sentences) !== written(fresh)) {
            assert.equal(
              written(sentences),
              written(fresh),
              `seed ${seed}, step ${step}: ${JSON.stringify(text)}`,
            );
          }
          checkInvariants(text, sentences, format);
          text = randomEdit(text, random);
          if (random.below(12) === 0) text = text.repeat(2).slice(0, 1500);
        }
      }
    });

    it(`shares what an edit leaves alone (${format})`, () => {
      const text = 'One bell rang. It was old.\n\nTwo bells rang.\n\nThree bells rang.\n';
      const segmenter = new Segmenter(format);
      const before = segmenter.update(text);
      const after = segmenter.update(text.replace('Two', 'Twelve'));
      assert.equal(after[0], before[0]);
      assert.equal(after[1], before[1]);
      assert.notEqual(after[2].content, before[2].content);
      assert.equal(after[3].content, before[3].content);
      assert.equal(after[3].start, before[3].start + 3);
      assert.equal(segmenter.update(text)[2].content, before[2].content);
    });
  }

  it('keys sentences by their forms', () => {
    const [one, two] = segment('Bells rang.\n\nBells   rang.', 'plain');
    assert.equal(one.content.key, two.content.key);
    assert.notEqual(one.content.length, two.content.length);
  });
});
