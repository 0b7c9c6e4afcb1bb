import { layerTags, oneLine, type AnnotatedDocument, type AnnotatedSentence } from './annotatedDocument';
import { OUTSIDE } from '../tags/tagSet';

/** Layers with a column of their own; every other layer stands in MISC under its name in capitals. */
const COLUMN_OF_LAYER: Readonly<Record<string, number>> = { upos: 3, pos: 3, xpos: 4 };
const MISC = 9;

/**
 * A document as CoNLL-U, sentence by sentence (https://universaldependencies.org/format.html): `# newdoc`,
 * `# newpar` after a blank line of the source, `# sent_id` counted from `firstSentence`, `# text` built from the
 * tokens, ranges for joined tokens, and in MISC `SpaceAfter=No`, `TokenRange=start:end` (UTF-16 code units of the
 * source) and the layers without a column, `NER=B-PER`. The label of a sentence layer stands in a comment,
 * `# feedback = praise`. Columns that nobody predicts are `_`.
 */
export function* writeConllu(document: AnnotatedDocument, firstSentence = 1): Generator<string> {
  const { sentences, source } = document;
  for (const [i, annotated] of sentences.entries()) {
    const before = i === 0 ? null : source.slice(sentences[i - 1].sentence.end, annotated.sentence.start);
    const next = sentences[i + 1]?.sentence.start;
    const tokens = surfaceTokens(annotated, source, next);
    const text = tokens.map(({ form, spaceAfter }) => (spaceAfter ? `${form} ` : form)).join('');
    const comments = [
      ...(before === null ? [`# newdoc id = ${oneLine(document.id)}`] : []),
      ...(before === null || /\n[^\S\n]*\n/.test(before) ? ['# newpar'] : []),
      `# sent_id = ${firstSentence + i}`,
      `# text = ${oneLine(text)}`,
      ...sentenceComments(annotated),
    ];
    yield `${[...comments, ...tokens.flatMap((token) => tokenLines(token, annotated))].join('\n')}\n\n`;
  }
}

function sentenceComments({ layers }: AnnotatedSentence): string[] {
  return Object.entries(layers).flatMap(([name, layer]) =>
    layer.kind === 'sentence'
      ? layer.labels.slice(0, 1).map(({ label }) => `# ${name} = ${oneLine(label)}`)
      : [],
  );
}

/** Words [first, last] of a sentence that one surface token holds. */
interface SurfaceToken {
  readonly first: number;
  readonly last: number;
  readonly form: string;
  readonly spaceAfter: boolean;
}

function surfaceTokens({ sentence }: AnnotatedSentence, source: string, next?: number): SurfaceToken[] {
  const { tokens } = sentence;
  const surface: SurfaceToken[] = [];
  for (let first = 0, last: number; first < tokens.length; first = last + 1) {
    last = first;
    while (tokens[last + 1]?.joined) last++;
    const gapEnd = tokens[last + 1]?.start ?? next;
    surface.push({
      first,
      last,
      form: oneLine(
        tokens
          .slice(first, last + 1)
          .map(({ form }) => form)
          .join(''),
      ),
      spaceAfter: gapEnd === undefined || /\s/.test(source.slice(tokens[last].end, gapEnd)),
    });
  }
  return surface;
}

function tokenLines({ first, last, form, spaceAfter }: SurfaceToken, annotated: AnnotatedSentence): string[] {
  const { tokens } = annotated.sentence;
  const space = spaceAfter ? [] : ['SpaceAfter=No'];
  if (first === last) return [wordLine(annotated, first, space)];
  const range = `TokenRange=${tokens[first].start}:${tokens[last].end}`;
  const lines = [columns(`${first + 1}-${last + 1}`, form, [...space, range]).join('\t')];
  for (let word = first; word <= last; word++) lines.push(wordLine(annotated, word, []));
  return lines;
}

function wordLine(annotated: AnnotatedSentence, word: number, space: readonly string[]): string {
  const { start, end, form } = annotated.sentence.tokens[word];
  const row = columns(String(word + 1), oneLine(form), []);
  const misc = [...space, `TokenRange=${start}:${end}`];
  for (const layer of Object.keys(annotated.layers)) {
    const tag = layerTags(annotated, layer)?.[word];
    if (tag === undefined) continue;
    const column = COLUMN_OF_LAYER[layer];
    if (column !== undefined) row[column] = escapeMisc(tag);
    else if (tag !== OUTSIDE) misc.push(`${layer.toUpperCase()}=${escapeMisc(tag)}`);
  }
  row[MISC] = misc.sort().join('|');
  return row.join('\t');
}

function columns(id: string, form: string, misc: readonly string[]): string[] {
  return [id, form, '_', '_', '_', '_', '_', '_', '_', misc.join('|') || '_'];
}

/** Keeps a value inside its column, with the escapes of UDPipe for MISC. */
function escapeMisc(value: string): string {
  const escapes: Record<string, string> = { '\\': '\\\\', '|': '\\p', ' ': '\\s', '\t': '\\t', '\n': '\\n' };
  return value.replace(/[\\| \t\n]/g, (character) => escapes[character]);
}
