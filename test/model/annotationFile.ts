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

/** The labels in an annotation file; lines of others are left out, and still there. */
export function labelLines(file: string, text: KnownText): LabelLine[] {
  const content = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = content.split('\n').slice(1, -1);
  for (const line of text.foreignLines) assert.ok(lines.includes(line), `${line} is still in ${text.name}`);
  return lines.filter((line) => !text.foreignLines.has(line)).map((line) => JSON.parse(line) as LabelLine);
}

/** The same, of which every one is known to the person, and none is missing. */
export function readAnnotations(file: string, text: KnownText): LabelLine[] {
  const labels = labelLines(file, text);
  assert.deepEqual(namesOf(labels), namesOf(text.labels.values()), `the annotation file of ${text.name}`);
  for (const { quote } of labels) assert.notEqual(quote, '', 'a label of nothing');
  return labels;
}
