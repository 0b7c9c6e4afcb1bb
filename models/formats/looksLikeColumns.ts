import { columnFigures } from './columnFigures';
import { type RowBlock, rowBlocks } from './columnRows';
import { schemeOf, type TagScheme } from './spanTags';

/** Characters of a file that are looked at to tell what it is. */
const LOOKED_AT = 100_000;

/** How much of a file must look alike: the rest may be what is broken, which its reader then names. */
const MOST = 0.8;

/**
 * Whether a text is a file of tokens with tags, told by its lines: nearly all have the same columns, and one behind the
 * first has tags. No prose does.
 * @returns the scheme of the tags
 */
export function looksLikeColumns(text: string): TagScheme | undefined {
  const blocks = sampleOf(text);
  const rows = blocks.flat();
  if (rows.length === 0) return undefined;
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [[count, alike]] = [...counts].sort((a, b) => b[1] - a[1]);
  if (count < 2 || alike < rows.length * MOST) return undefined;
  const usual = blocks.map((block) => block.filter(({ cells }) => cells.length === count));
  const figures = columnFigures(
    usual.filter(({ length }) => length > 0),
    count,
  );
  const columns = figures.flatMap(({ isTags, labels }, k) => (k > 0 && isTags ? [{ k, labels }] : []));
  const isLabelled = columns.some(({ labels }) => labels.size > 0);
  if (columns.length === 0 || !(isLabelled || rows.length > 1)) return undefined;
  return schemeOf(columns.flatMap(({ k }) => rows.map(({ cells }) => cells[k] ?? '')));
}

/** The rows of the beginning of a file, without those that may be comments. */
function sampleOf(text: string): RowBlock[] {
  const end = text.length <= LOOKED_AT ? text.length : text.lastIndexOf('\n', LOOKED_AT);
  return [...rowBlocks(text.slice(0, Math.max(end, 0)))]
    .map((block) => block.filter((row) => !row.text.startsWith('#')))
    .filter(({ length }) => length > 0);
}
