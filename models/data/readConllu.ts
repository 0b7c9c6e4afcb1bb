import { InputError } from '../errors';
import type { ConlluEmptyNode, ConlluRange, ConlluSentence, ConlluWord } from './conllu';
import { blocksOf, type Line } from './lines';

/**
 * The sentences of a CoNLL-U text one by one. Word, range and empty-node IDs must be in order, as
 * https://universaldependencies.org/format.html asks; the values of the other columns are not checked.
 * `file` is named in errors.
 * @throws InputError at the first broken line.
 */
export function* readConllu(text: string, file?: string): Generator<ConlluSentence> {
  for (const block of blocksOf(text)) yield readSentence(block, file);
}

interface Draft {
  readonly words: ConlluWord[];
  readonly ranges: ConlluRange[];
  readonly emptyNodes: ConlluEmptyNode[];
}

function readSentence(block: readonly Line[], file?: string): ConlluSentence {
  const comments: string[] = [];
  const draft: Draft = { words: [], ranges: [], emptyNodes: [] };
  for (const line of block) {
    // A word whose form is "#" begins with its ID, so a leading "#" is always a comment.
    if (line.text.startsWith('#')) comments.push(line.text.slice(1).trim());
    else readLine(line, draft, file);
  }
  const last = block[block.length - 1];
  const open = draft.ranges.at(-1);
  if (open && open.end > draft.words.length)
    throw broken(
      last,
      `The range ${open.start + 1}-${open.end} ends after the last word`,
      'Add the missing words.',
      file,
    );
  if (!draft.words.length)
    throw broken(last, 'A sentence has no words', 'Remove its comments or add its words.', file);
  return { ...draft, comments, line: block[0].number };
}

function readLine(line: Line, { words, ranges, emptyNodes }: Draft, file?: string): void {
  const columns = line.text.split('\t');
  if (columns.length !== 10) {
    const remedy = 'CoNLL-U needs ten, separated by tabs.';
    throw broken(
      line,
      `The line has ${columns.length} column${columns.length === 1 ? '' : 's'}`,
      remedy,
      file,
    );
  }
  const [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = columns;
  const empty = columns.findIndex((column) => column === '');
  if (empty >= 0) throw broken(line, `Column ${empty + 1} is empty`, 'Write "_" for no value.', file);
  const range = /^([1-9]\d*)-([1-9]\d*)$/.exec(id);
  const node = /^(0|[1-9]\d*)\.([1-9]\d*)$/.exec(id);
  const next = words.length + 1;
  if (range) {
    const [start, end] = [Number(range[1]) - 1, Number(range[2])];
    if (start !== words.length || end < start + 2 || start < (ranges.at(-1)?.end ?? 0))
      throw broken(
        line,
        `The range ${id} is out of order`,
        `It must begin at ${next} and hold two words or more.`,
        file,
      );
    ranges.push({ start, end, form, misc });
  } else if (node) {
    const [after, index] = [Number(node[1]), Number(node[2])];
    const before = emptyNodes.at(-1);
    if (after !== words.length || index !== (before?.after === after ? before.index + 1 : 1))
      throw broken(line, `The empty node ${id} is out of order`, 'Number it after the word before it.', file);
    emptyNodes.push({ after, index, columns });
  } else if (id === String(next)) {
    words.push({ form, lemma, upos, xpos, feats, head, deprel, deps, misc, line: line.number });
  } else {
    throw broken(line, `The word has the ID "${id}"`, `Here it must be ${next}.`, file);
  }
}

function broken(line: Line, message: string, remedy: string, file?: string): InputError {
  return new InputError(`${message}.`, { file, line: line.number }, remedy);
}
