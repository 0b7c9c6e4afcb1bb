import { InputError } from '../errors';
import { CONLLU_COLUMNS, type ConlluColumns, conlluColumns } from './conlluColumns';
import type { ConlluEmptyNode, ConlluRange, ConlluSentence, ConlluWord } from './conllu';
import { blocksOf, type Line } from './lines';

/**
 * The sentences of a text in CoNLL-U or CoNLL-U Plus one by one; columns that the file does not have are `_`. Word, range and empty-node IDs must be in order, as
 * https://universaldependencies.org/format.html asks; the values of the other columns are not checked.
 * `file` is named in errors, and so is the line; that of the first is `line`.
 * @throws InputError at the first broken line.
 */
export function* readConllu(
  text: string,
  file?: string,
  columns: ConlluColumns = conlluColumns(text, file),
  line = 1,
): Generator<ConlluSentence> {
  const order = columns.isNamed ? CONLLU_COLUMNS.map((name) => columns.names.indexOf(name)) : undefined;
  for (const block of blocksOf(text, line)) {
    const isHeader = columns.isNamed && block.every((line) => line.text.startsWith('#'));
    if (!isHeader) yield readSentence(block, { file, columns, order });
  }
}

/** The file and its columns: where each of the ten stands, or undefined where they are those. */
interface Source {
  readonly file?: string;
  readonly columns: ConlluColumns;
  readonly order?: readonly number[];
}

interface Draft {
  readonly words: ConlluWord[];
  readonly ranges: ConlluRange[];
  readonly emptyNodes: ConlluEmptyNode[];
}

function readSentence(block: readonly Line[], source: Source): ConlluSentence {
  const comments: string[] = [];
  const { file } = source;
  const draft: Draft = { words: [], ranges: [], emptyNodes: [] };
  for (const line of block) {
    // A word whose form is "#" begins with its ID, so a leading "#" is always a comment.
    if (line.text.startsWith('#')) comments.push(line.text.slice(1).replace(/^[ \t]+|[ \t]+$/g, ''));
    else readLine(line, draft, source);
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

function readLine(line: Line, { words, ranges, emptyNodes }: Draft, source: Source): void {
  const { file, order } = source;
  const cells = line.text.split('\t');
  checkCells(line, cells, source);
  const next = words.length + 1;
  const columns = order ? order.map((place) => (place < 0 ? '_' : cells[place])) : cells;
  if (order && order[0] < 0) columns[0] = String(next);
  const [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = columns;
  const range = /^([1-9]\d*)-([1-9]\d*)$/.exec(id);
  const node = /^(0|[1-9]\d*)\.([1-9]\d*)$/.exec(id);
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
    words.push({
      form,
      lemma,
      upos,
      xpos,
      feats,
      head,
      deprel,
      deps,
      misc,
      line: line.number,
      ...(order && { cells }),
    });
  } else {
    throw broken(line, `The word has the ID "${id}"`, `Here it must be ${next}.`, file);
  }
}

/** @throws InputError where a line has another number of columns than the file, or an empty one */
function checkCells(line: Line, cells: readonly string[], { file, columns }: Source): void {
  const { names, isNamed } = columns;
  if (cells.length !== names.length)
    throw broken(
      line,
      `The line has ${cells.length} column${cells.length === 1 ? '' : 's'}`,
      isNamed
        ? `# global.columns names ${names.length}, separated by tabs.`
        : 'CoNLL-U needs ten, separated by tabs; CoNLL-U Plus names its own in a first line # global.columns.',
      file,
    );
  const empty = cells.indexOf('');
  if (empty >= 0) throw broken(line, `Column ${empty + 1} is empty`, 'Write "_" for no value.', file);
}

function broken(line: Line, message: string, remedy: string, file?: string): InputError {
  return new InputError(`${message}.`, { file, line: line.number }, remedy);
}
