import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { applyChange } from '../../../models/annotations/textChange';
import { SequentialChanges } from '../../../server/documents/sequentialChanges';

const piece = fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', '🎉', ' ', '');
const words = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
const position = fc.record({ line: fc.nat(5), character: fc.nat(6) });
const ranged = fc.record({ range: fc.record({ start: position, end: position }), text: words });
const change = fc.oneof(
  { weight: 9, arbitrary: ranged },
  { weight: 1, arbitrary: fc.record({ text: words }) },
);

const open = (text: string): TextDocument => TextDocument.create('file:///a.txt', 'plaintext', 1, text);

/** Positions of an edit from one end of the text to the other, as editors give them. */
function inOneDirection(
  changes: TextDocumentContentChangeEvent[],
  isUp: boolean,
): TextDocumentContentChangeEvent[] {
  const lineOf = (one: TextDocumentContentChangeEvent): number => ('range' in one ? one.range.start.line : 0);
  return [...changes].sort((a, b) => (lineOf(a) - lineOf(b)) * (isUp ? -1 : 1));
}

describe('SequentialChanges', () => {
  it('places every change where one update after the other would', () => {
    const order = fc.constantFrom('given', 'up', 'down');
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.array(change, { maxLength: 6 }), order, (before, drawn, direction) => {
        const changes = direction === 'given' ? drawn : inOneDirection(drawn, direction === 'up');
        const sequence = new SequentialChanges(open(before), 2);
        let slow = open(before);
        let now = before;
        for (const one of changes) {
          slow = open(TextDocument.update(slow, [one], 2).getText());
          now = applyChange(now, sequence.take(one));
          assert.equal(now, slow.getText());
        }
        const after = sequence.finish();
        assert.equal(after.getText(), slow.getText());
        assert.equal(after.version, 2);
        assert.equal(after.lineCount, slow.lineCount);
      }),
      { seed: 4, numRuns: 6000 },
    );
  });
});
