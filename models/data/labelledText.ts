import { InputError } from '../errors';
import { type Line, linesOf } from './lines';
import { readTextFile } from './textFile';

/** A text with the one label it carries as a whole. */
export interface LabelledText {
  readonly text: string;
  readonly label: string;
  /** Where it stands in its file, counted from 1. */
  readonly line: number;
}

/**
 * The texts of a TSV or JSON Lines file (or `.gz`); see `labelledTexts`.
 * @throws InputError at the first broken line, or where there are no texts
 */
export async function readLabelledTexts(path: string): Promise<LabelledText[]> {
  return labelledTexts(await readTextFile(path), path);
}

/**
 * The labelled texts in what was read from `path`, in their order; blank lines are left out. Names that end in
 * `.jsonl` or `.ndjson` are JSON Lines with `text` and `label`, others are tab-separated: text, label; or as a first
 * line with the names `text` and `label` among its columns says.
 * @throws InputError at the first broken line, or where there are no texts
 */
export function labelledTexts(content: string, path: string): LabelledText[] {
  const lines = [...linesOf(content)].filter(({ text }) => text.trim() !== '');
  const texts = isJsonLines(path) ? lines.map((line) => jsonText(line, path)) : tabbedTexts(lines, path);
  if (texts.length === 0)
    throw new InputError('The file holds no texts.', { file: path }, 'Give a text and a label on each line.');
  return texts;
}

function isJsonLines(path: string): boolean {
  return /\.(jsonl|ndjson)(\.gz)?$/i.test(path);
}

function jsonText({ number: line, text: row }: Line, file: string): LabelledText {
  let json: unknown;
  try {
    json = JSON.parse(row);
  } catch {
    throw new InputError(
      'The line is not JSON.',
      { file, line },
      'Write one object on each line, {"text": "…", "label": "…"}.',
    );
  }
  const { text, label } = (json ?? {}) as { text?: unknown; label?: unknown };
  if (typeof text !== 'string')
    throw new InputError('The object has no "text".', { file, line }, 'Give the text as a string.');
  if (typeof label !== 'string' && typeof label !== 'number' && typeof label !== 'boolean')
    throw new InputError('The object has no "label".', { file, line }, 'Give the label as a string.');
  return checked({ text, label: String(label), line }, file);
}

function tabbedTexts(lines: readonly Line[], file: string): LabelledText[] {
  const names = lines[0]?.text.split('\t').map((name) => name.trim().toLowerCase()) ?? [];
  const hasHeader = names.includes('text') && names.includes('label');
  const columns = hasHeader ? names.length : 2;
  const [textColumn, labelColumn] = hasHeader ? [names.indexOf('text'), names.indexOf('label')] : [0, 1];
  return lines.slice(hasHeader ? 1 : 0).map(({ number: line, text: row }) => {
    const cells = row.split('\t');
    if (cells.length !== columns)
      throw new InputError(
        hasHeader
          ? `The line has ${cells.length} columns, the first line ${columns}.`
          : 'The line is not a text, a tab and a label.',
        { file, line },
        'Put exactly one tab between columns, and none into a text.',
      );
    return checked({ text: cells[textColumn], label: cells[labelColumn].trim(), line }, file);
  });
}

function checked(item: LabelledText, file: string): LabelledText {
  const place = { file, line: item.line };
  if (item.text.trim() === '')
    throw new InputError('The text is empty.', place, 'Write one, or drop the line.');
  if (item.label === '')
    throw new InputError('The text has no label.', place, 'Write one, or drop the line.');
  return item;
}
