import { isUnchanged } from './sourceRecord';
import type { AnnotatedText } from './annotatedText';
import { escapeMisc } from './conlluSpacing';
import { fitTokens, type FittedText } from './fitTokens';
import type { DocumentSet, DocumentWriter, WriteOptions, Written } from './format';
import { hasPlace, patchConllu } from './patchConllu';
import { prepareLabels } from './prepare';
import type { LossReport } from './lossReport';
import { encodeSpans } from './spanTags';
import { spansWithin } from './spansWithin';
import { beforeNext, writeDocuments } from './writeDocuments';
import type { Sentence, Span } from '../text/span';

/**
 * Documents as one CoNLL-U file (https://universaldependencies.org/format.html). What was read from CoNLL-U keeps
 * every column that no label changed; other texts get `# newdoc`, `# newpar`, `# sent_id`, `# text`, and spacing as
 * UDPipe writes it, so that the text comes back exactly. `pos` is UPOS, `xpos` XPOS; other layers stand in MISC under
 * their names in capitals, spans as IOB2.
 */
export function writeConlluText(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions = {},
): Written {
  return writeDocuments(documents, stem, options, beginConllu, plusForm);
}

/** Writes CoNLL-U document by document; see `writeConlluText`. */
export function beginConllu(
  { stem, count, keepsForm: isPlus }: DocumentSet,
  options: WriteOptions,
  report: LossReport,
): DocumentWriter {
  let [written, sentences] = [0, 0];
  const name = `${stem}.conllu${isPlus ? 'p' : ''}`;
  const partOf = (given: AnnotatedText): string => {
    const document = isPlus || given.source?.conllu === undefined ? given : withoutSource(given, report);
    const labels = prepareLabels(document, { format: 'conllu', layers: true }, options, report);
    if (isUnchanged(document, labels, 'conllu')) return document.source.raw;
    if (document.source?.format === 'conllu')
      return patchConllu(document, fitTokens(document, labels, options, report, { fixed: true }));
    const fitted = fitTokens(document, labels, options, report);
    const part = writeDocument(document, fitted, sentences, report);
    sentences += fitted.grid.sentences().length;
    return part;
  };
  return {
    fileNames: () => [name],
    add: (document) => [{ name, content: beforeNext(partOf(document), ++written === count) }],
  };
}

/** The columns of a document of CoNLL-U Plus, if they hold all its labels. */
export function plusForm({ source, labels }: AnnotatedText): string | undefined {
  const columns = source?.conllu;
  if (!columns) return undefined;
  const holds = labels.every(({ layer }) => layer.startsWith('@') || hasPlace(layer, columns));
  return holds ? columns.names.join(' ') : '';
}

/** The document to be written anew, in the ten columns. */
function withoutSource({ source, ...document }: AnnotatedText, report: LossReport): AnnotatedText {
  for (const what of source?.more ?? []) report.lose(document.name, what, 'content');
  return document;
}

function writeDocument(
  document: AnnotatedText,
  fitted: FittedText,
  before: number,
  report: LossReport,
): string {
  const { text, name } = document;
  const sentences = fitted.grid.sentences();
  if (!sentences.length && text !== '') report.lose(name, 'texts without words', 'trace');
  const declared = [...fitted.tags.keys()].filter((layer) => layer !== 'pos' && layer !== 'xpos');
  const lines: string[] = [];
  for (const [k, sentence] of sentences.entries()) {
    const gap = k === 0 ? '' : text.slice(sentences[k - 1].end, sentence.start);
    const tokens = surfaceTokens(sentence, text, sentences[k + 1]?.start, k === 0);
    const columns = columnsOf(fitted, sentence);
    lines.push(
      ...(k === 0 ? [`# newdoc id = ${name}`] : []),
      ...(k === 0 && declared.length
        ? [`# glossator layers = ${declared.map((layer) => `${layer.toLowerCase()}:token`).join(' ')}`]
        : []),
      ...(k === 0 || /\n[^\S\n]*\n/.test(gap) ? ['# newpar'] : []),
      `# sent_id = ${before + k + 1}`,
      `# text = ${tokens
        .map(({ form, spaceAfter }) => form + (spaceAfter ? ' ' : ''))
        .join('')
        .trim()}`,
      ...tokens.flatMap((token) => tokenLines(token, sentence, columns)),
      '',
    );
  }
  return lines.length ? `${lines.join('\n')}\n` : '';
}

interface SurfaceToken extends Span {
  /** Words [first, last] of the sentence. */
  readonly first: number;
  readonly last: number;
  readonly form: string;
  readonly spaceAfter: boolean;
  readonly misc: readonly string[];
}

function surfaceTokens(
  { tokens }: Sentence,
  text: string,
  nextSentence: number | undefined,
  isFirst: boolean,
): SurfaceToken[] {
  const surface: SurfaceToken[] = [];
  for (let first = 0, last: number; first < tokens.length; first = last + 1) {
    last = first;
    while (tokens[last + 1]?.joined) last++;
    const [start, end] = [tokens[first].start, tokens[last].end];
    const isLast = tokens[last + 1] === undefined && nextSentence === undefined;
    const after = text.slice(end, tokens[last + 1]?.start ?? nextSentence);
    const raw = text.slice(start, end);
    const form = first === last ? oneLine(tokens[first].form) : oneLine(raw);
    surface.push({
      ...{ start, end, first, last, form },
      spaceAfter: after !== '',
      misc: [
        ...(after === '' ? ['SpaceAfter=No'] : []),
        ...(after !== '' && (after !== ' ' || isLast) ? [`SpacesAfter=${escapeMisc(after)}`] : []),
        ...(isFirst && first === 0 && start > 0 ? [`SpacesBefore=${escapeMisc(text.slice(0, start))}`] : []),
        ...(raw !== form ? [`SpacesInToken=${escapeMisc(raw)}`] : []),
      ],
    });
  }
  return surface;
}

/** What the layers say of each word of a sentence. */
type WordColumns = (word: number) => { upos: string; xpos: string; misc: readonly string[] };

function columnsOf(
  { spans, tags }: FittedText,
  sentence: Sentence & { readonly first: number },
): WordColumns {
  const { first, tokens } = sentence;
  const rows = [...spans].map(([layer, all]) => {
    const own = spansWithin(all, first, tokens.length);
    return [layer.toUpperCase(), encodeSpans(own, tokens.length, 'iob2')] as const;
  });
  return (word) => ({
    upos: escapeMisc(tags.get('pos')?.get(first + word) ?? '_'),
    xpos: escapeMisc(tags.get('xpos')?.get(first + word) ?? '_'),
    misc: [
      ...rows.flatMap(([key, row]) => (row[word] === 'O' ? [] : [`${key}=${escapeMisc(row[word])}`])),
      ...[...tags].flatMap(([layer, byWord]) => {
        const value = byWord.get(first + word);
        if (value === undefined || layer === 'pos' || layer === 'xpos') return [];
        return [`${layer.toUpperCase()}=${escapeMisc(value)}`];
      }),
    ],
  });
}

function tokenLines(token: SurfaceToken, { tokens }: Sentence, columns: WordColumns): string[] {
  const { first, last, form, misc } = token;
  const line = (id: string, shown: string, upos: string, xpos: string, entries: readonly string[]): string =>
    [id, shown, '_', upos, xpos, '_', '_', '_', '_', [...entries].sort().join('|') || '_'].join('\t');
  const lines = first === last ? [] : [line(`${first + 1}-${last + 1}`, form, '_', '_', misc)];
  for (let word = first; word <= last; word++) {
    const { upos, xpos, misc: layers } = columns(word);
    const own = first === last ? [...misc, ...layers] : layers;
    lines.push(line(String(word + 1), oneLine(tokens[word].form), upos, xpos, own));
  }
  return lines;
}

/** A form on one line: every run of white space as one blank. */
function oneLine(form: string): string {
  return form.replace(/\s+/g, ' ').trim() || '_';
}
