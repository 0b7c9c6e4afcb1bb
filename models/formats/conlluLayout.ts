import type { ConlluSentence } from '../data/conllu';
import type { ConlluColumns } from '../data/conlluColumns';
import type { ColumnLayout, ColumnRole, FileColumn } from './columnLayout';
import { parseTag } from './spanTags';

/** True for what a column of CoNLL-U (Plus) has where it says nothing; `*` is that of PARSEME. */
export const isNoValue = (cell: string): boolean => cell === '_' || cell === '*';

/** The layer of a column that CoNLL-U does not have: `PARSEME:MWE` is `parseme-mwe`. */
export const furtherLayer = (column: string): string =>
  column.toLowerCase().replace(/[^\p{L}\p{N}_-]+/gu, '-');

/**
 * What the columns of CoNLL-U sentences are. UPOS and XPOS are layers, further columns if they hold tags of spans; others
 * are offered as layers of single words.
 * @param wanted layers to take though they are only offered
 */
export function conlluLayout(
  sentences: readonly ConlluSentence[],
  { names }: ConlluColumns,
  wanted: readonly string[],
): ColumnLayout {
  const words = sentences.flatMap((sentence) => sentence.words);
  const columns = names.map((name, index): FileColumn => {
    const cells = { [Symbol.iterator]: () => cellsOf(words, name, index) };
    const samples = words.slice(0, 3).map((word) => cellOf(word, name, index));
    return { number: index + 1, name, samples, role: roleOf(name, cells, wanted) };
  });
  return { columns, isOpen: false, firstLine: words[0]?.line ?? 1 };
}

function* cellsOf(
  words: readonly ConlluSentence['words'][number][],
  name: string,
  index: number,
): Generator<string> {
  for (const word of words) yield cellOf(word, name, index);
}

function cellOf(word: ConlluSentence['words'][number], name: string, index: number): string {
  const key = name.toLowerCase();
  if (word.cells) return word.cells[index];
  return key in word ? String(word[key as 'form']) : '';
}

function roleOf(name: string, cells: Iterable<string>, wanted: readonly string[]): ColumnRole {
  const layer = (own: string, kind: 'token' | 'span', isTaken: boolean): ColumnRole => ({
    ...{ is: 'layer', layer: own, kind, notation: 'tags' },
    isTaken: isTaken || wanted.includes(own),
  });
  if (name === 'FORM') return { is: 'token' };
  if (name === 'ID') return { is: 'left', because: 'number' };
  let [isEmpty, areTags, isLabelled] = [true, true, false];
  for (const cell of cells) {
    if (isNoValue(cell)) continue;
    isEmpty = false;
    areTags &&= parseTag(cell) !== null;
    isLabelled ||= cell.includes('-');
    if (!areTags) break;
  }
  if (isEmpty) return { is: 'left', because: 'empty' };
  if (name === 'UPOS') return layer('pos', 'token', true);
  if (name === 'XPOS') return layer('xpos', 'token', true);
  if (['LEMMA', 'FEATS', 'HEAD', 'DEPREL', 'DEPS', 'MISC'].includes(name))
    return { is: 'left', because: 'unknown' };
  const isSpan = areTags && isLabelled;
  return layer(furtherLayer(name), isSpan ? 'span' : 'token', isSpan);
}
