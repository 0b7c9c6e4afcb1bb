import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Piece } from './editorView';
import { root } from './workbench';

interface TaggedSpan {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** Tags of a text as the command line prints them: what the editor has to show. */
export interface ExpectedTags {
  readonly source: string;
  readonly words: readonly TaggedSpan[];
  readonly entities: readonly TaggedSpan[];
}

interface Line {
  readonly tokens: readonly { readonly start: number; readonly end: number }[];
  readonly layers: {
    readonly pos: readonly { readonly label: string }[];
    readonly ner: readonly TaggedSpan[];
  };
}

/** Tags `file` with `glossator tag` on WebAssembly, the backend of the packed extension. */
export function tagWithCommandLine(file: string, source: string): ExpectedTags {
  const args = [path.join(root, 'dist', 'cli.js'), 'tag', '--format', 'jsonl', file];
  const env = { ...process.env, GLOSSATOR_BACKEND: 'wasm' };
  const output = execFileSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 1 << 26 });
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return {
    source,
    words: lines.flatMap(({ tokens, layers }) =>
      tokens.map(({ start, end }, i) => ({ start, end, label: layers.pos[i].label })),
    ),
    entities: lines.flatMap(({ layers }) => layers.ner),
  };
}

/** The label of a sentence, and what the sentence says. */
export interface LabelledSentence {
  readonly text: string;
  readonly label: string;
}

/** Trains the model of `samples/feedback.train.json` into `directory`, as a newcomer would. */
export function trainWithCommandLine(directory: string): void {
  const config = path.join(root, 'samples', 'feedback.train.json');
  const args = [path.join(root, 'dist', 'cli.js'), 'train', '--config', config, '--out', directory];
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** What the command line says of each sentence of `file` in a sentence layer. */
export function labelWithCommandLine(file: string, model: string, layer: string): LabelledSentence[] {
  const args = [path.join(root, 'dist', 'cli.js'), 'tag', '--model', model, '--format', 'jsonl', file];
  const env = { ...process.env, GLOSSATOR_BACKEND: 'wasm' };
  const lines = execFileSync(process.execPath, args, { env, encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const { text, layers } = JSON.parse(line) as {
      text: string;
      layers: Readonly<Record<string, readonly { readonly label: string }[]>>;
    };
    return { text, label: layers[layer][0].label };
  });
}

/** The stretches of text as the editor shows them: without white space, and by their look. */
export function pieces(
  { source }: ExpectedTags,
  spans: readonly TaggedSpan[],
  looks: Readonly<Record<string, string>>,
): Piece[] {
  return spans
    .filter(({ label }) => label in looks)
    .map(({ start, end, label }) => ({
      text: source.slice(start, end).replace(/\s/g, ''),
      look: looks[label],
    }));
}

/** How suggested entities look: the style of the border and the widths of its sides. */
export const FRAMES: Readonly<Record<string, string>> = {
  PER: 'dashed 1px',
  ORG: 'dashed 1px 3px',
  LOC: 'dashed 1px 1px 3px',
  MISC: 'dashed 1px 0px',
};

/** How words look: style and thickness of the line under them. Punctuation is hidden by default. */
export const LINES: Readonly<Record<string, string>> = {
  NOUN: 'solid 1px',
  PROPN: 'dotted 1px',
  PRON: 'double 1px',
  VERB: 'solid 2px',
  AUX: 'dotted 2px',
  ADJ: 'dashed 1px',
  ADV: 'wavy 1px',
  NUM: 'dashed 2px',
  DET: 'none',
  ADP: 'none',
  CCONJ: 'none',
  SCONJ: 'none',
  PART: 'none',
  INTJ: 'wavy 1px',
  SYM: 'none',
  X: 'dotted 1px',
};

/** Number of entities or words by label. */
export function counts(spans: readonly TaggedSpan[]): Map<string, number> {
  const result = new Map<string, number>();
  for (const { label } of spans) result.set(label, (result.get(label) ?? 0) + 1);
  return result;
}
