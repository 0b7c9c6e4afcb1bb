import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { type KnownText, namesOf } from './oracle';

/** A line of an annotation file. */
export interface LabelLine {
  readonly id: string;
  readonly layer: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly review?: string;
}

/** The labels in an annotation file: every one that the person knows, and the lines of others are still in it. */
export function readAnnotations(file: string, text: KnownText): LabelLine[] {
  const content = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = content.split('\n').slice(1, -1);
  for (const line of text.foreignLines) assert.ok(lines.includes(line), `${line} is still in ${text.name}`);
  const own = lines.filter((line) => !text.foreignLines.has(line));
  const labels = own.map((line) => JSON.parse(line) as LabelLine);
  assert.deepEqual(namesOf(labels), namesOf(text.labels.values()), `the annotation file of ${text.name}`);
  for (const { quote } of labels) assert.notEqual(quote, '', 'a label of nothing');
  return labels;
}
