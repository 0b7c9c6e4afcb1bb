import { type Line, linesOf } from '../data/lines';
import { InputError } from '../errors';
import type { AnnotatedText, TextLayer } from './annotatedText';
import { fileStem } from './documentNames';
import { unlessAllFaulty } from './faults';
import type { InputFile, ReadOptions } from './format';
import type { OffsetUnit } from './offsets';
import { countingRemark } from './quotedSpans';
import { WebAnnoBody } from './webAnnoBody';
import type { WebAnnoVersion } from './webAnnoEscapes';
import { layerLabels } from './webAnnoLabels';
import { type TsvLayer, tsvLayer } from './webAnnoLayers';

/** The first line of the format, without its version. */
export const webAnnoHeader = '#FORMAT=WebAnno TSV 3';

/** Layers of a file, at most. */
const MOST_LAYERS = 100;

/** The beginning of WebAnno's own formats before TSV 3: layers behind a number sign, or an id and the text. */
const OLDER = /^(?:#\s*(?:de\.tudarmstadt|webanno\.custom)\S*(?:[ \t]*\||\s*$)|#id=\d+\s*\r?\n#text=)/i;

/** True for a file of WebAnno TSV 1 or 2. */
export function isOlderWebAnno(text: string): boolean {
  return OLDER.test(text.slice(0, 2000).trimStart());
}

/**
 * A document of WebAnno TSV 3.1 to 3.3 (INCEpTION user's guide, "WebAnno TSV 3.3 File format"). Offsets count UTF-16
 * code units; where the tokens show that they count code points, those. Sentences are apart by a line feed and, where
 * the offsets ask for more, blanks. A span layer gives the labels of one feature: `value` of named entities, `PosValue`
 * of parts of speech, else `value` or the first that is no slot.
 * @throws InputError at the first broken line
 */
export function readWebAnno(
  { name: file, text: raw }: InputFile,
  options: ReadOptions = {},
): AnnotatedText[] {
  const lines = [...linesOf(raw)];
  const version = versionOf(lines[0]?.text ?? '', raw, file);
  const { layers, columns, more } = readHeader(lines, file);
  const read = (unit: OffsetUnit): ReturnType<WebAnnoBody['end']> => {
    const body = new WebAnnoBody({ file, version, columns, unit });
    for (const line of lines.slice(1)) body.add(line);
    return body.end();
  };
  const { text, sentences, units, unit } = readAsTokensFit(read, options.unit);
  const found = layers.map((layer) => layerLabels(layer, units, file));
  const labels = found.flatMap((one) => one.labels);
  const faults = found.flatMap((one) => one.faults);
  const remarks = options.unit ? [] : countingRemark({ unit }, 'utf16', { file });
  return unlessAllFaulty([
    {
      ...{ name: fileStem(file), text, sentences, labels },
      layers: layers.map(({ layer }) => layer),
      source: { format: 'webanno-tsv', raw, labels, more },
      ...(faults.length > 0 && { faults }),
      ...(remarks.length > 0 && { remarks }),
    },
  ]);
}

/** @throws InputError where the first line is not that of the format */
function versionOf(first: string, raw: string, file: string): WebAnnoVersion {
  const minor = /^#FORMAT=WebAnno TSV 3(?:\.(\d+))?/.exec(first);
  if (minor) return Number(minor[1] ?? 0) <= 1 ? 'java' : 'own';
  const place = { file, line: 1 };
  if (isOlderWebAnno(raw))
    throw new InputError(
      'The file is in WebAnno TSV 1 or 2, which has no offsets.',
      place,
      'Import it into WebAnno or INCEpTION, and export it as TSV 3.',
    );
  throw new InputError(
    'The file does not begin with "#FORMAT=WebAnno TSV 3".',
    place,
    'Export it from WebAnno or INCEpTION as TSV 3.',
  );
}

/** @throws InputError that of UTF-16, where tokens fit neither unit */
function readAsTokensFit<T>(
  read: (unit: OffsetUnit) => T,
  given: OffsetUnit | undefined,
): T & { readonly unit: OffsetUnit } {
  const readIn = (unit: OffsetUnit): T & { readonly unit: OffsetUnit } => ({ ...read(unit), unit });
  if (given) return readIn(given);
  try {
    return readIn('utf16');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    try {
      return readIn('codepoints');
    } catch {
      throw error;
    }
  }
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
      if (layer.columns.length > 1) more.push(`sets of further features of ${layer.layer.name}`);
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
