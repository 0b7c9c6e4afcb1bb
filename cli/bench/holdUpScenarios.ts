import { setTimeout as pause } from 'node:timers/promises';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-protocol/node';

/** A labelled place of a text. */
export interface BenchLabel {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** Sends edits, each message a list of changes. */
export type SendEdits = (messages: readonly (readonly TextDocumentContentChangeEvent[])[]) => void;

/** Something that happens to a long text while the server is asked all the while. */
export interface HoldUpScenario {
  readonly name: string;
  readonly languageId: 'plaintext' | 'markdown';
  readonly text: () => string;
  readonly labels: (text: string) => readonly BenchLabel[];
  /** Sends what happens to the open text. */
  readonly act: (text: string, send: SendEdits) => Promise<void> | void;
}

const LINE = 'The grey colour of the bell by words and signs of the old town. ';
const LABELS = 5000;

/** `count` lines of prose, a word of each told from those of the others by its number. */
const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) => `${LINE}Number ${i} rang twice.\n${i % 5 === 4 ? '\n' : ''}`).join(
    '',
  );

/** Every occurrence of `word`, `most` of them, spread over the text. */
function occurrences(
  text: string,
  word: string,
  most: number,
  name = (_: number): string => 'PER',
): BenchLabel[] {
  const starts: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) starts.push(at);
  const step = Math.max(1, Math.floor(starts.length / most));
  return starts
    .filter((_, i) => i % step === 0)
    .slice(0, most)
    .map((start, i) => ({ label: name(i), start, end: start + word.length }));
}

const insertion = (line: number, character: number, text: string): TextDocumentContentChangeEvent => ({
  range: { start: { line, character }, end: { line, character } },
  text,
});

/** Types letters as fast as a person can hold a key down, for three seconds. */
async function type(send: SendEdits, line: number, character: number): Promise<void> {
  for (let i = 0; i < 90; i++) {
    send([[insertion(line, character + i, 'x')]]);
    await pause(33);
  }
}

/** As editors send a replacement of all places: from the last to the first, in one message. */
function replaceAll(text: string, word: string, other: string): TextDocumentContentChangeEvent[] {
  return text
    .split('\n')
    .flatMap((content, line) => {
      const character = content.indexOf(word);
      if (character < 0) return [];
      const range = { start: { line, character }, end: { line, character: character + word.length } };
      return [{ range, text: other }];
    })
    .reverse();
}

/** What a text of 2 MB and thousands of labels can do to a server. */
export const HOLD_UP_SCENARIOS: readonly HoldUpScenario[] = [
  {
    name: 'replace-all of 20,000 places',
    languageId: 'plaintext',
    text: () => lines(20_000),
    labels: (text) => occurrences(text, 'bell', LABELS),
    act: (text, send) => send([replaceAll(text, 'colour', 'color')]),
  },
  {
    name: 'reload from outside',
    languageId: 'plaintext',
    text: () => lines(20_000),
    labels: (text) => occurrences(text, 'bell', LABELS),
    act: (text, send) => send([[{ text: text.replaceAll('colour', 'color') }]]),
  },
  {
    name: 'burst of 5,000 edits',
    languageId: 'plaintext',
    text: () => lines(20_000),
    labels: (text) => occurrences(text, 'bell', LABELS),
    act: (_, send) => send(Array.from({ length: 5000 }, (_, i) => [insertion((i * 7) % 20_000, 0, 'x')])),
  },
  {
    name: 'typing in one paragraph of 1.9 MB',
    languageId: 'plaintext',
    text: () => LINE.repeat(30_000),
    labels: (text) => occurrences(text, 'bell', LABELS),
    act: (_, send) => type(send, 0, LINE.length * 10_000),
  },
  {
    name: 'typing in [a]( without end',
    languageId: 'markdown',
    text: () => '[a]('.repeat(100_000),
    labels: () => [],
    act: (_, send) => type(send, 0, 0),
  },
  {
    name: '25,000 labels of one word',
    languageId: 'plaintext',
    text: () => lines(15_000),
    labels: (text) => occurrences(text, 'the', 25_000, (i) => `L${i % 2}`),
    act: (_, send) => send([[insertion(0, 0, 'x')]]),
  },
];
