import type { Sentence, Span } from '../text/span';
import { type AnnotatedText, type TextLabel, type TextLayer, unnamed } from './annotatedText';
import { fitTokens } from './fitTokens';
import type { BeginDocuments, WriteOptions, Written } from './format';
import { prepareLabels } from './prepare';
import type { LossReport } from './lossReport';
import { isUnchanged } from './sourceRecord';
import type { TokenGrid } from './tokenGrid';
import { escapeText, escapeValue } from './webAnnoEscapes';
import { tsvDeclaration } from './webAnnoLayers';
import { writeDocuments } from './writeDocuments';

/**
 * Every document as a file of WebAnno TSV 3.3. Labels inside tokens are sub-tokens, labels that overlap are stacked.
 * White space between sentences is not part of the format: readers put a line feed and blanks there.
 */
export function writeWebAnno(documents: readonly AnnotatedText[], options: WriteOptions = {}): Written {
  return writeDocuments(documents, '', options, beginWebAnno);
}

/** Writes WebAnno TSV document by document; see `writeWebAnno`. */
export const beginWebAnno: BeginDocuments = (_set, options, report) => ({
  fileNames: (names) => names.map((name) => `${name}.tsv`),
  add(document) {
    const labels = prepareLabels(document, { format: 'webanno-tsv', layers: true }, options, report);
    const name = `${document.name}.tsv`;
    if (isUnchanged(document, labels, 'webanno-tsv')) return [{ name, content: document.source.raw }];
    if (document.source?.format === 'webanno-tsv')
      for (const what of document.source.more) report.lose(document.name, what, 'content');
    return [{ name, content: writeDocument(document, labels, options, report) }];
  },
});

function writeDocument(
  document: AnnotatedText,
  labels: readonly TextLabel[],
  options: WriteOptions,
  report: LossReport,
): string {
  const kinds = new Map(document.layers.map((layer) => [layer.name, layer]));
  const names = [...new Set(labels.map(({ layer }) => layer))];
  const layers = names.map((name): TextLayer => kinds.get(name) ?? { name, kind: 'span' });
  const declared = layers.flatMap((layer) => {
    const declaration = tsvDeclaration(layer);
    if (declaration === null)
      report.lose(
        document.name,
        `labels in the layer ${layer.name}, whose name WebAnno does not allow`,
        'content',
      );
    return declaration === null ? [] : [{ layer, declaration }];
  });
  const isTokenLayer = (name: string): boolean => kinds.get(name)?.kind === 'token';
  // Only layers of single tokens have to fit them; spans may begin and end anywhere in a token.
  const tokenLabels = labels.filter(({ layer }) => isTokenLayer(layer));
  const fitted = fitTokens(document, tokenLabels, options, report);
  const { grid } = fitted;
  for (const label of labels) grid.cover(label);
  const spans = labels
    .filter(({ layer }) => !isTokenLayer(layer))
    .filter((label) => hasWords(document, label, grid, options, report));
  const sentences = grid.sentences();
  checkSpacing(document, sentences, report);
  const columns = new Columns(document, grid, spans, report);
  const header = [
    '#FORMAT=WebAnno TSV 3.3',
    ...declared.map(({ declaration }) => `#T_SP=${declaration}`),
    '',
  ];
  const lines: string[] = [];
  for (const [k, sentence] of sentences.entries()) {
    lines.push('', ...textLines(document.text.slice(sentence.start, sentence.end)));
    for (const [t, { start, end }] of sentence.tokens.entries()) {
      const number = sentence.first + t;
      const row = (id: string, place: Span, value: (layer: TextLayer) => string): string =>
        [
          ...[id, `${place.start}-${place.end}`, document.text.slice(place.start, place.end)],
          ...declared.map(({ layer }) => value(layer)),
          '',
        ].join('\t');
      const id = `${k + 1}-${t + 1}`;
      lines.push(
        row(id, { start, end }, ({ name, kind }) =>
          kind === 'token'
            ? escapeValue(fitted.tags.get(name)?.get(number) ?? '') || '_'
            : columns.value(name, { start, end }),
        ),
        ...columns
          .subTokens(number)
          .map((place, s) => row(`${id}.${s + 1}`, place, ({ name }) => columns.value(name, place))),
      );
    }
  }
  return `${[...header, ...lines].join('\n')}\n`;
}

/** White space between tokens has no line, so that nothing can be said of it. */
function hasWords(
  { name }: AnnotatedText,
  label: TextLabel,
  grid: TokenGrid,
  options: WriteOptions,
  report: LossReport,
): boolean {
  if (grid.touched(label)) return true;
  if (options.misaligned === 'skip') report.lose(name, 'misaligned labels, as chosen', 'trace');
  else
    report.problem({
      document: name,
      reason: 'no-text',
      message: `The label ${label.label} covers no word.`,
      choices: ['skip'],
      label,
    });
  return false;
}

function textLines(text: string): string[] {
  return text.split('\n').map((line) => `#Text=${escapeText(line)}`);
}

/** Readers put a line feed and then blanks between sentences, and one line feed at the end. */
function checkSpacing(
  { name, text }: AnnotatedText,
  sentences: readonly Sentence[],
  report: LossReport,
): void {
  let at = 0;
  const rebuilt = sentences.map(({ start, end }, k) => {
    const gap = start - at;
    const spacing = k === 0 ? ' '.repeat(gap) : gap > 0 ? `\n${' '.repeat(gap - 1)}` : '';
    at = end;
    return spacing + text.slice(start, end);
  });
  const again = sentences.length ? `${rebuilt.join('')}\n` : '';
  if (again === text) return;
  const words = again.replace(/\s/gu, '') === text.replace(/\s/gu, '');
  report.lose(
    name,
    words ? 'records of white space between sentences' : 'texts between sentences',
    words ? 'trace' : 'content',
  );
}

/** The values of span layers at each unit: a token, or a part of one. */
class Columns {
  readonly #units = new Map<string, { layer: string; value: string }[]>();
  readonly #parts = new Map<number, Span[]>();

  constructor(document: AnnotatedText, grid: TokenGrid, labels: readonly TextLabel[], report: LossReport) {
    const stacked = new Map<string, TextLabel[]>();
    const placed = labels.map((label) => {
      const units = this.#unitsOf(label, grid, document, report);
      for (const unit of units) {
        const key = unitKey(label.layer, unit);
        stacked.set(key, [...(stacked.get(key) ?? []), label]);
      }
      return { label, units };
    });
    let number = 0;
    for (const { label, units } of placed) {
      // Numbers tell apart what is stacked, and hold together what has several units.
      const isShared = units.some((unit) => (stacked.get(unitKey(label.layer, unit))?.length ?? 0) > 1);
      const suffix = isShared || units.length > 1 ? `[${++number}]` : '';
      const value = `${label.label === unnamed ? unnamed : escapeValue(label.label)}${suffix}`;
      for (const unit of units) {
        const key = unitKey('', unit);
        const values = this.#units.get(key) ?? [];
        values.push({ layer: label.layer, value });
        this.#units.set(key, values);
      }
    }
  }

  value(layer: string, unit: Span): string {
    const values = (this.#units.get(unitKey('', unit)) ?? []).filter((entry) => entry.layer === layer);
    return values.map(({ value }) => value).join('|') || '_';
  }

  /** The parts of a token that labels begin or end at, in order. */
  subTokens(token: number): readonly Span[] {
    return (this.#parts.get(token) ?? []).sort((a, b) => a.start - b.start || a.end - b.end);
  }

  #unitsOf(label: TextLabel, grid: TokenGrid, { name }: AnnotatedText, report: LossReport): Span[] {
    const run = grid.touched(label);
    if (!run) return [];
    const whole = grid.spanOf(run);
    if (label.start < whole.start || label.end > whole.end)
      report.lose(name, 'white space at the borders of labels', 'trace');
    return Array.from({ length: run.last - run.first + 1 }, (_, k) => {
      const { start, end } = grid.token(run.first + k);
      const unit = { start: Math.max(start, label.start), end: Math.min(end, label.end) };
      if (unit.start !== start || unit.end !== end) this.#addPart(run.first + k, unit);
      return unit;
    });
  }

  #addPart(token: number, unit: Span): void {
    const parts = this.#parts.get(token) ?? [];
    if (!parts.some(({ start, end }) => start === unit.start && end === unit.end)) parts.push(unit);
    this.#parts.set(token, parts);
  }
}

function unitKey(layer: string, { start, end }: Span): string {
  return `${start}-${end} ${layer}`;
}
