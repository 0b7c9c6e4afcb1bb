import type { ColumnRow, RowBlock } from './columnRows';
import { isBracketed } from './spanBrackets';
import { parseTag } from './spanTags';

/** Labels of chunks in CoNLL-2000 and CoNLL-2003, its German part too; a column of nothing else holds no entities. */
const CHUNKS = new Set('NP VP PP ADVP ADJP SBAR PRT CONJP INTJ LST UCP NC VC PC AC NX VX PX'.split(' '));

/** No tag set of entities has more; beyond, a column is not looked at label by label. */
const MOST_LABELS = 1000;

/** How many rows of a column of numbers count on, or begin anew. */
const COUNTING = 0.9;

/** What stands in a column, counted over all rows. */
export interface ColumnFigures {
  readonly samples: readonly string[];
  /** Nothing but `_`, `-`, `*` and empty cells. */
  readonly isEmpty: boolean;
  /** Most cells with something in them are tags, `O` among them. */
  readonly isTags: boolean;
  /** Tags, and all their labels are of chunks. */
  readonly isChunks: boolean;
  /** The labels of its tags. */
  readonly labels: ReadonlySet<string>;
  readonly isBrackets: boolean;
  /** Numbers that count the words, or the sentences. */
  readonly isNumbers: boolean;
  /** The same cell in all rows of a sentence, as names of documents are. */
  readonly isSteady: boolean;
}

/** What stands in each of the first `count` columns. */
export function columnFigures(blocks: readonly RowBlock[], count: number): ColumnFigures[] {
  const rows = blocks.flat();
  return Array.from({ length: count }, (_, column) => figuresOf(blocks, rows, column));
}

function figuresOf(blocks: readonly RowBlock[], rows: readonly ColumnRow[], column: number): ColumnFigures {
  let [filled, tags, brackets] = [0, 0, 0];
  const labels = new Set<string>();
  for (const { cells } of rows) {
    const cell = cells[column] ?? '';
    if (isBracketed(cell)) brackets++;
    if (['', '_', '-', '*'].includes(cell)) continue;
    filled++;
    const parts = parseTag(cell);
    if (!parts) continue;
    tags++;
    if (parts.label !== '' && labels.size < MOST_LABELS) labels.add(parts.label);
  }
  const isTags = tags > 0 && tags * 2 >= filled;
  return {
    samples: rows.slice(0, 3).map(({ cells }) => cells[column] ?? ''),
    isEmpty: filled === 0,
    isTags,
    isChunks: isTags && labels.size > 0 && [...labels].every((label) => CHUNKS.has(label)),
    labels,
    isBrackets: brackets === rows.length && rows.some(({ cells }) => cells[column]?.includes('(')),
    isNumbers: isNumbers(blocks, column),
    isSteady: blocks.every((block) => block.every(({ cells }) => cells[column] === block[0].cells[column])),
  };
}

/**
 * Whether a column counts the words, of each sentence or of the file, begun anew without an empty line too; or the
 * sentences, a number for all words of one. A slip here and there is no matter.
 */
function isNumbers(blocks: readonly RowBlock[], column: number): boolean {
  let [steps, counting, further, before] = [0, 0, 0, NaN];
  for (const { cells } of blocks.flat()) {
    const cell = cells[column] ?? '';
    const number = /^\d+$/.test(cell) ? Number(cell) : NaN;
    steps++;
    if (number === before + 1) further++;
    if (number === before + 1 || number === before || number === 0 || number === 1) counting++;
    before = number;
  }
  return further > 0 && counting >= steps * COUNTING;
}
