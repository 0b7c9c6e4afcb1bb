import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { atOnce } from '../../../models/atOnce';
import { BlockCuts } from '../../../models/text/blockCuts';
import { LONGEST_BLOCK } from '../../../models/text/longBlock';
import { segment, Segmenter, type TextFormat } from '../../../models/text/segmenter';
import type { Span } from '../../../models/text/span';

/** What a parser may take quadratic time for, or a pattern may search again from each place. */
const UNITS = [
  ...[
    '[a](',
    '[a][',
    '![',
    '*a ',
    '**a *b ',
    '<a ',
    '`',
    '`a``',
    '<!-- ',
    '<b c="',
    '~~a ',
    '_a',
    '[x]: ',
    '[',
    '] ',
  ],
  ...[
    '\\',
    '> ',
    '- ',
    '1. ',
    '- a\n  ',
    '<div>\n',
    '<?a ',
    '[^a]',
    '![a](<b ',
    'http://a)',
    '(http://a(',
    'a.',
    '$',
  ],
  ...[
    "'a ",
    'a-',
    '#',
    '```\n',
    '| a | b |\n',
    '😀',
    '🇫🇷',
    '❤️',
    '你好。',
    'e\u0301',
    'The bell rang twice. ',
    'a, ',
  ],
];

const piecesNow = (text: string, cuts = new BlockCuts()): Span[] =>
  atOnce(cuts.piecesOf(text)).map(({ start, end, content }) => {
    assert.equal(content.text, text.slice(start, end));
    return { start, end };
  });

const long = fc
  .array(fc.tuple(fc.constantFrom(...UNITS), fc.integer({ min: 1, max: 3000 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) =>
    parts
      .map(([unit, count]) => unit.repeat(count))
      .join('')
      .slice(0, 20_000),
  );

const written = (text: string, format: TextFormat): string => JSON.stringify(segment(text, format));

describe('BlockCuts', () => {
  it('leaves what is short whole', () => {
    const text = 'The bell rang. '.repeat(LONGEST_BLOCK / 15);
    assert.deepEqual(piecesNow(text), [{ start: 0, end: text.length }]);
  });

  it('cuts where sentences end', () => {
    const text = 'The bell of Mr. Dale rang, twice. '.repeat(1000);
    for (const { start } of piecesNow(text)) assert.ok(text.startsWith('The bell', start));
  });

  it('holds all of the text, in pieces that are short wherever there is a place to cut', () => {
    fc.assert(
      fc.property(long, (text) => {
        let at = 0;
        for (const { start, end } of piecesNow(text)) {
          assert.equal(start, at);
          assert.ok(end > start);
          assert.doesNotMatch(
            text.slice(end - 1, end + 1),
            /[a-z][a-z]|[\ud800-\udbff][\udc00-\udfff]|.\u0301/,
          );
          assert.ok(end - start <= LONGEST_BLOCK || !/\s\S/.test(text.slice(start + LONGEST_BLOCK, end)));
          at = end;
        }
        assert.equal(at, text.length);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('moves few cuts with an edit', () => {
    const words = Array.from({ length: 20_000 }, (_, i) => `bell ${(i * 7919) % 1000} rang loudly. The`).join(
      ' ',
    );
    const before = new Set(piecesNow(words).map(({ start, end }) => words.slice(start, end)));
    const edited = `x${words}`;
    const changed = piecesNow(edited).filter(({ start, end }) => !before.has(edited.slice(start, end)));
    assert.ok(changed.length <= 10, `${changed.length} of ${before.size} pieces changed`);
  });

  it('cuts after edits as it would without having seen the text before', () => {
    const unit = fc.constantFrom(...UNITS, 'The bell rang twice. He left. ', 'bell');
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.oneof(fc.nat(30), fc.nat(9000)),
      unit,
      count: fc.oneof(fc.nat(2), fc.nat(3000)),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(unit, fc.nat(1500)), { minLength: 3 }),
        fc.array(edit),
        (parts, edits) => {
          const cuts = new BlockCuts();
          let text = parts.map(([one, count]) => one.repeat(count)).join('');
          piecesNow(text, cuts);
          for (const { at, removed, unit: added, count } of edits) {
            const from = Math.floor(at * text.length);
            text = (text.slice(0, from) + added.repeat(count) + text.slice(from + removed)).slice(0, 60_000);
            assert.deepEqual(piecesNow(text, cuts), piecesNow(text));
          }
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });

  it('cuts again only what an edit touched', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `bell ${(i * 7919) % 1000} rang loudly. The`).join(
      ' ',
    );
    const cuts = new BlockCuts();
    const contents = new Set(atOnce(cuts.piecesOf(text)).map(({ content }) => content));
    const begun = `x${text}`;
    const ended = `${begun}x`;
    for (const edited of [begun, ended, `${ended.slice(0, 3e5)}xy${ended.slice(3e5)}`]) {
      const steps = cuts.piecesOf(edited);
      let cut = 0;
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) cut++;
      const fresh = step.value.filter(({ content }) => !contents.has(content));
      for (const { content } of step.value) contents.add(content);
      assert.ok(cut <= 10 && fresh.length <= 10, `${cut} of ${step.value.length} cut again`);
    }
  });
});

describe('segmenting hostile texts', () => {
  for (const format of ['plain', 'markdown'] as const) {
    it(`gives after an edit what segmenting anew gives (${format})`, () => {
      const edit = fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        removed: fc.nat(30),
        text: fc.constantFrom('', 'x', '. A', '\n', '\n\n', '[', '](', '`', '> ', '[x]: /u\n'),
      });
      fc.assert(
        fc.property(long, fc.array(edit, { minLength: 1, maxLength: 3 }), (start, edits) => {
          const segmenter = new Segmenter(format);
          segmenter.update(start);
          let text = start;
          for (const { at, removed, text: added } of edits) {
            const from = Math.floor(at * text.length);
            text = text.slice(0, from) + added + text.slice(from + removed);
            assert.equal(JSON.stringify(segmenter.update(text)), written(text, format));
          }
        }),
        { seed: 2, numRuns: 25 },
      );
    });

    it(`takes steps that are short, whatever the text (${format})`, () => {
      // Flags are told apart only by counting from the first, so a run of them is never cut.
      for (const unit of UNITS.filter((one) => one !== '🇫🇷')) {
        const text = unit.repeat(60_000 / unit.length);
        const going = new Segmenter(format).steps(text);
        let steps = 0;
        let step = going.next();
        for (; !step.done; step = going.next()) steps++;
        const sentences = step.value.length;
        const isOneWord = sentences <= 1;
        assert.ok(steps >= 10 || isOneWord || sentences === 0, `${JSON.stringify(unit)}: ${steps} steps`);
      }
    });
  }
});
