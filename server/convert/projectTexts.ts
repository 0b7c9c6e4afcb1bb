import * as path from 'node:path';
import { reviewedLayer } from '../../models/annotations/label';
import { readTextFile } from '../../models/data/textFile';
import type { AnnotatedText, TextLayer } from '../../models/formats/annotatedText';
import { fileStem } from '../../models/formats/documentNames';
import { prepareLabels } from '../../models/formats/prepare';
import { type Choices, LossReport } from '../../models/formats/lossReport';
import { segment } from '../../models/text/segmenter';
import { formatOfFile } from '../../models/text/textFormat';
import type { Span } from '../../models/text/span';
import { TextReader } from '../workspace/textReader';
import { textNameIn } from './projectRoot';
import type { ImportedText } from './importTexts';

/** Layers whose labels stand on single tokens, in projects that do not say it. */
const TOKEN_LAYERS = ['pos', 'upos', 'xpos'];

/**
 * A text of a project with its labels, found again where the text has changed since. Labels that a person must look at
 * first are left out, and reported by whoever writes the text in another format.
 * @param layers the project's, where it has any
 * @throws InputError where text or annotations cannot be read
 */
export async function readAnnotatedText(
  root: string,
  file: string,
  layers: readonly TextLayer[] = [],
): Promise<AnnotatedText> {
  const reader = new TextReader(root);
  const read = await reader.read(textNameIn(root, file), { text: () => readTextFile(file) });
  const { text, labels: found, unread } = read;
  const standing = found.filter(({ review }) => review === undefined);
  const kinds = new Map(layers.map((layer) => [layer.name, layer]));
  const names = [...new Set(standing.map(({ layer }) => layer))];
  const more = [
    ...found.filter(({ review }) => review !== undefined).map(() => 'labels that wait for review'),
    ...Array.from({ length: unread }, () => 'lines of annotations that cannot be read'),
  ];
  return {
    name: fileStem(file),
    text,
    sentences: segment(text, formatOfFile(file)),
    layers: names.map((layer): TextLayer => {
      const kind = TOKEN_LAYERS.includes(layer) ? 'token' : 'span';
      return kinds.get(layer) ?? { name: layer, kind };
    }),
    labels: standing,
    source: { format: 'glossator', raw: '', labels: standing, more },
  };
}

/**
 * What documents become in a folder of a project: a `.txt` each, with the labels that the project's own format holds.
 * Nothing is written yet.
 * @param gold layers for which all sentences, as the project has them, become reviewed
 */
export function planImport(
  documents: readonly AnnotatedText[],
  folder: string,
  choices: Choices,
  gold: readonly string[] = [],
): { readonly texts: readonly ImportedText[]; readonly report: LossReport } {
  const report = new LossReport();
  const holds = {
    ...{
      layers: true,
      notes: true,
      confidence: true,
      annotators: true,
      rejected: true,
      wholeCharacters: true,
    },
    format: 'glossator' as const,
  };
  const texts = documents.map(withoutMark).map((document) => {
    const text = wellFormed(document, report);
    const sentences = gold.length > 0 ? segment(text, 'plain') : [];
    const marks = sentences.flatMap(({ start, end }) =>
      gold.map((label) => ({ layer: reviewedLayer, label, start, end })),
    );
    const labels = [...prepareLabels(document, holds, choices, report), ...marks];
    return { file: path.join(folder, `${document.name}.txt`), text, labels };
  });
  return { texts, report };
}

/** A text whose file would begin with a byte order mark, which readers drop: the labels move along. */
function withoutMark(document: AnnotatedText): AnnotatedText {
  const { text, labels } = document;
  if (!text.startsWith('\ufeff')) return document;
  const moved = <T extends Span>(span: T): T => ({
    ...span,
    start: Math.max(0, span.start - 1),
    end: span.end - 1,
  });
  const kept = labels.filter(({ end }) => end > 1);
  return {
    ...document,
    text: text.slice(1),
    labels: kept.map((label) => ({
      ...moved(label),
      ...(label.parts && { parts: label.parts.map(moved) }),
    })),
  };
}

/** The text as UTF-8 can hold it: half a surrogate pair, which JSON can escape, becomes a replacement character. */
function wellFormed({ name, text }: AnnotatedText, report: LossReport): string {
  const halves = /\p{Surrogate}/gu;
  report.lose(name, 'halves of characters, which become �', 'content', text.match(halves)?.length ?? 0);
  return text.replace(halves, '\ufffd');
}
