import { type Line, linesOf } from '../data/lines';
import { InputError } from '../errors';
import type { Sentence, Token } from '../text/span';
import { type AnnotatedText, type TextLabel, type TextLayer, unnamed } from './annotatedText';
import { fileStem } from './documentNames';
import type { InputFile } from './format';
import { unescapeText, unescapeValue } from './webAnnoEscapes';
import { type TsvLayer, tsvLayer } from './webAnnoLayers';

/** The first line of the format, without its version. */
export const webAnnoHeader = '#FORMAT=WebAnno TSV 3';

/** Layers of a file, at most. */
const MOST_LAYERS = 100;

/** No text has more white space between its sentences; offsets that ask for it are wrong. */
const MOST_BLANKS = 1_000_000;

interface Unit {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly columns: readonly string[];
}

/**
 * A document of WebAnno TSV 3 (INCEpTION user's guide, "WebAnno TSV 3.3 File format"). Offsets count UTF-16 code
 * units. Sentences are apart by a line feed and, where the offsets ask for more, blanks. A span layer gives the labels
 * of one feature: `value` of named entities, `PosValue` of parts of speech, else `value` or the first.
 * @throws InputError at the first broken line
 */
export function readWebAnno({ name: file, text: raw }: InputFile): AnnotatedText[] {
  const lines = [...linesOf(raw)];
  if (!lines[0]?.text.startsWith(webAnnoHeader))
    throw new InputError(
      'The file does not begin with "#FORMAT=WebAnno TSV 3".',
      { file, line: 1 },
      'Export it from WebAnno or INCEpTION as TSV 3.',
    );
  const { layers, columns, more } = readHeader(lines, file);
  const body = new BodyReader(file, columns);
  for (const line of lines.slice(1)) body.add(line);
  const { text, sentences, units } = body.end();
  const labels = layers.flatMap((layer) => layerLabels(layer, units, file));
  return [
    {
      name: fileStem(file),
      text,
      sentences,
      layers: layers.map(({ layer }) => layer),
      labels,
      source: { format: 'webanno-tsv', raw, labels, more },
    },
  ];
}

function readHeader(
  lines: readonly Line[],
  file: string,
): { layers: TsvLayer[]; columns: number; more: string[] } {
  const layers: TsvLayer[] = [];
  const more: string[] = [];
  let columns = 0;
  for (const { number: line, text } of lines) {
    const match = /^#T_(SP|RL|CH)=(.*)$/.exec(text);
    if (!match) continue;
    const declared = match[2].split('|').length - 1;
    if (match[1] === 'SP') {
      const layer = tsvLayer(match[2], columns);
      if (layer.layer.name === '' || layers.length === MOST_LAYERS)
        throw new InputError(
          layers.length === MOST_LAYERS
            ? `The header has more than ${MOST_LAYERS} layers.`
            : 'The layer has no name.',
          { file, line },
          'Write it as: #T_SP=webanno.custom.Name|feature.',
        );
      layers.push(layer);
      if (layer.features.length > 1) more.push(`sets of further features of ${layer.layer.name}`);
    } else more.push(match[1] === 'RL' ? 'sets of relations' : 'sets of chains');
    columns += Math.max(1, declared);
  }
  const names = new Set<string>();
  const distinct = layers.map((layer): TsvLayer => {
    let { name } = layer.layer;
    for (let n = 2; names.has(name); n++) name = `${layer.layer.name}${n}`;
    names.add(name);
    return { ...layer, layer: { ...layer.layer, name } satisfies TextLayer };
  });
  return { layers: distinct, columns, more };
}

class BodyReader {
  readonly #file: string;
  readonly #columns: number;
  readonly #sentences: Sentence[] = [];
  readonly #units: Unit[] = [];
  readonly #parts: string[] = [];
  /** The text of the open sentence, and where it begins. */
  #sentence = '';
  #base = 0;
  /** Code units between sentences, of which the file says only that they are there. */
  #blanks = 0;
  #header: string[] = [];
  #open: Token[] = [];

  constructor(file: string, columns: number) {
    this.#file = file;
    this.#columns = columns;
  }

  add({ number: line, text }: Line): void {
    if (text.startsWith('#Text=') && !this.#open.length) this.#header.push(unescapeText(text.slice(6)));
    else if (text.trim() === '') this.#endSentence();
    else if (!(text.startsWith('#') && !this.#open.length)) this.#unit(text.split('\t'), line);
  }

  end(): { text: string; sentences: Sentence[]; units: Unit[] } {
    this.#endSentence();
    return { text: this.#parts.join(''), sentences: this.#sentences, units: this.#units };
  }

  #unit(fields: readonly string[], line: number): void {
    const [id, offsets = '', form] = fields;
    const place = /^(\d+)-(\d+)$/.exec(offsets);
    if (!/^\d+-\d+(\.\d+)?$/.test(id) || !place || fields.length < this.#columns + 3)
      throw new InputError(
        `The line is not a token with ${this.#columns} columns of layers.`,
        { file: this.#file, line },
        'Give every layer of the header its columns.',
      );
    const [start, end] = [Number(place[1]), Number(place[2])];
    const isToken = !id.includes('.');
    if (isToken && !this.#open.length) this.#beginSentence(start, line);
    const found = start < this.#base ? '' : this.#sentence.slice(start - this.#base, end - this.#base);
    if (found !== form)
      throw new InputError(
        `The text at ${offsets} is "${found}", not "${form}".`,
        { file: this.#file, line },
        'Offsets count UTF-16 code units; check that the file was not edited by hand.',
      );
    if (isToken) this.#open.push({ start, end, form });
    this.#units.push({ line, start, end, columns: fields.slice(3, 3 + this.#columns) });
  }

  #beginSentence(start: number, line: number): void {
    let before = this.#base + this.#sentence.length;
    // A sentence that follows without a gap takes the place of the line feed.
    if (before === start + 1) {
      this.#parts.push(this.#parts.pop()?.slice(0, -1) ?? '');
      before = start;
    }
    if (before > start)
      throw new InputError(
        `The sentence begins at ${start}, before the one above ends.`,
        { file: this.#file, line },
        'Check the offsets of its tokens.',
      );
    this.#blanks += start - before;
    if (this.#blanks > MOST_BLANKS)
      throw new InputError(
        `The sentence begins at ${start}, and the one above ends at ${before}.`,
        { file: this.#file, line },
        'Check the offsets of its tokens.',
      );
    this.#sentence = `${this.#header.join('\n')}\n`;
    this.#base = start;
    this.#parts.push(' '.repeat(start - before), this.#sentence);
    this.#header = [];
  }

  #endSentence(): void {
    const tokens = this.#open;
    if (tokens.length)
      this.#sentences.push({ tokens, start: tokens[0].start, end: tokens[tokens.length - 1].end });
    this.#open = [];
  }
}

/** The labels of a layer: values with the same number in brackets are one label over several units. */
function layerLabels({ layer, column }: TsvLayer, units: readonly Unit[], file: string): TextLabel[] {
  const labels: { label: string; start: number; end: number }[] = [];
  const open = new Map<string, { label: string; start: number; end: number }>();
  for (const { line, start, end, columns } of units) {
    if (columns[column] === '_') continue;
    for (const stacked of splitStack(columns[column])) {
      // A number in brackets, of which none is escaped, follows the value.
      const match = /^((?:\\[\s\S]|[^\\])*?)(?:\[(\d+)\])?$/.exec(stacked);
      const value = match?.[1] ?? stacked;
      const id = match?.[2];
      const label = value === unnamed ? unnamed : unescapeValue(value) || unnamed;
      const known = id === undefined ? undefined : open.get(id);
      if (known && known.label !== label)
        throw new InputError(
          `The label number ${id ?? ''} is "${known.label}" above, and "${label}" here.`,
          { file, line },
          'Give every label its own number.',
        );
      if (known) known.end = Math.max(known.end, end);
      else {
        const begun = { label, start, end };
        labels.push(begun);
        if (id !== undefined) open.set(id, begun);
      }
    }
  }
  return labels.map((label) => ({ layer: layer.name, ...label }));
}

/** The values of a column, which `|` parts where no backslash stands before it. */
function splitStack(column: string): string[] {
  return column.match(/(?:\\[\s\S]|[^|\\])+/g) ?? [];
}
