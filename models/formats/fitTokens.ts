import type { LabelledSpan } from '../tags/bio';
import type { LayerKind } from '../tags/layer';
import type { Span } from '../text/span';
import { segment } from '../text/segmenter';
import type { AnnotatedText, TextLabel } from './annotatedText';
import type { Choices, LossReport } from './lossReport';
import { TokenGrid, type TokenRun } from './tokenGrid';

/** Labels of a document laid on tokens. */
export interface FittedText {
  readonly grid: TokenGrid;
  /** By layer: runs of tokens, counted over the whole text, in order and without overlap. */
  readonly spans: ReadonlyMap<string, readonly LabelledSpan[]>;
  /** By layer: labels of single tokens, by number. */
  readonly tags: ReadonlyMap<string, ReadonlyMap<number, string>>;
}

export interface FitOptions {
  /** Tokens stay as the file has them: none is split or added, no sentences are joined. */
  readonly fixed?: boolean;
}

/**
 * Lays labels on tokens, the document's own or those that the segmenter finds, for formats that have one tag for each. What does not fit goes into the report; only with a
 * choice is a label moved or left out.
 */
export function fitTokens(
  document: AnnotatedText,
  labels: readonly TextLabel[],
  choices: Choices,
  report: LossReport,
  { fixed = false }: FitOptions = {},
): FittedText {
  const { text, sentences = segment(text, 'plain') } = document;
  const grid = new TokenGrid(text, sentences);
  if (!fixed) for (const label of labels) grid.cover(label);
  if (!fixed && choices.misaligned === 'split')
    for (const { start, end } of labels) {
      grid.split(start);
      grid.split(end);
    }
  const fitter = new Fitter(document, grid, choices, report, fixed);
  const kinds = new Map<string, LayerKind>(document.layers.map(({ name, kind }) => [name, kind]));
  const spans = new Map<string, LabelledSpan[]>();
  const tags = new Map<string, Map<number, string>>();
  for (const layer of new Set(labels.map((label) => label.layer))) {
    const own = labels.filter((label) => label.layer === layer);
    if (kinds.get(layer) === 'token') tags.set(layer, fitter.tokenLayer(own));
    else spans.set(layer, fitter.spanLayer(own));
  }
  return { grid, spans, tags };
}

interface Fitted {
  readonly label: TextLabel;
  readonly run: TokenRun;
}

class Fitter {
  constructor(
    readonly document: AnnotatedText,
    readonly grid: TokenGrid,
    readonly choices: Choices,
    readonly report: LossReport,
    readonly fixed: boolean,
  ) {}

  tokenLayer(labels: readonly TextLabel[]): Map<number, string> {
    const tags = new Map<number, string>();
    for (const label of labels) {
      const run = this.#align(label);
      if (!run) continue;
      const span = this.grid.spanOf(run);
      // The words of one surface token may share its span: each takes one label.
      const free = range(run).find((k) => !tags.has(k) && sameSpan(this.grid.token(k), span));
      if (free !== undefined) tags.set(free, label.label);
      else if (range(run).some((k) => sameSpan(this.grid.token(k), span)))
        this.#overlap(label, 'A token has one label in this layer');
      else
        this.#misaligned(label, 'covers more than one token of a layer that labels single tokens', ['skip']);
    }
    return tags;
  }

  spanLayer(labels: readonly TextLabel[]): LabelledSpan[] {
    const fitted: Fitted[] = [];
    for (const label of labels) {
      const run = this.#align(label);
      if (run && this.#inOneSentence(label, run)) fitted.push({ label, run });
    }
    return this.#withoutOverlap(fitted).map(({ label, run }) => ({
      start: run.first,
      end: run.last + 1,
      label: label.label,
    }));
  }

  /** The tokens of a label, or null where it stays out. */
  #align(label: TextLabel): TokenRun | null {
    const own = this.grid.touched(label);
    if (own && sameSpan(this.grid.spanOf(own), label)) return own;
    const trimmed = trim(this.document.text, label);
    const run = trimmed && this.grid.touched(trimmed);
    if (!trimmed || !run) {
      this.#noText(label);
      return null;
    }
    const tokens = this.grid.spanOf(run);
    const { misaligned } = this.choices;
    if (sameSpan(tokens, trimmed)) {
      this.report.lose(this.document.name, 'white space at the borders of labels', 'trace');
      return run;
    }
    if (misaligned === 'out') return run;
    if (misaligned === 'in') {
      const inner = {
        first: run.first + (tokens.start < trimmed.start ? 1 : 0),
        last: run.last - (tokens.end > trimmed.end ? 1 : 0),
      };
      if (inner.first <= inner.last) return inner;
    }
    this.#misaligned(label, 'begins or ends inside a token', [
      'out',
      ...(run.first < run.last ? ['in'] : []),
      ...(this.fixed ? [] : ['split']),
      'skip',
    ]);
    return null;
  }

  #inOneSentence(label: TextLabel, run: TokenRun): boolean {
    if (!this.grid.crossesSentences(run)) return true;
    if (!this.fixed) {
      this.grid.joinSentences(run);
      this.report.lose(this.document.name, 'borders of sentences that labels cross', 'trace');
      return true;
    }
    if (this.choices.misaligned === 'skip')
      this.report.lose(this.document.name, 'misaligned labels, as chosen', 'trace');
    else this.#problem(label, 'across-sentences', 'goes over the border of a sentence', ['skip']);
    return false;
  }

  #withoutOverlap(fitted: readonly Fitted[]): Fitted[] {
    const size = ({ run }: Fitted): number => run.last - run.first;
    const { overlaps } = this.choices;
    const order = [...fitted];
    if (overlaps === 'longest') order.sort((a, b) => size(b) - size(a));
    if (overlaps === 'shortest') order.sort((a, b) => size(a) - size(b));
    const kept: Fitted[] = [];
    const taken = new Set<number>();
    for (const item of order) {
      if (range(item.run).some((k) => taken.has(k))) {
        this.#overlap(item.label, 'It overlaps another label of its layer');
        continue;
      }
      for (const k of range(item.run)) taken.add(k);
      kept.push(item);
    }
    return kept.sort((a, b) => a.run.first - b.run.first);
  }

  #overlap(label: TextLabel, why: string): void {
    if (this.choices.overlaps) {
      this.report.lose(this.document.name, 'overlapping labels, as chosen', 'trace');
      return;
    }
    this.report.problem({
      document: this.document.name,
      reason: 'overlap',
      message: `The label ${label.label} does not fit: ${why[0].toLowerCase()}${why.slice(1)}, and the format holds one.`,
      choices: ['longest', 'shortest'],
      label,
    });
  }

  #misaligned(label: TextLabel, why: string, choices: readonly string[]): void {
    if (this.choices.misaligned === 'skip')
      this.report.lose(this.document.name, 'misaligned labels, as chosen', 'trace');
    else this.#problem(label, 'misaligned', why, choices);
  }

  #noText(label: TextLabel): void {
    if (this.choices.misaligned === 'skip')
      this.report.lose(this.document.name, 'misaligned labels, as chosen', 'trace');
    else this.#problem(label, 'no-text', 'covers no word', ['skip']);
  }

  #problem(
    label: TextLabel,
    reason: 'misaligned' | 'across-sentences' | 'no-text',
    why: string,
    choices: readonly string[],
  ): void {
    const message = `The label ${label.label} ${why}.`;
    this.report.problem({ document: this.document.name, reason, message, choices, label });
  }
}

function range({ first, last }: TokenRun): number[] {
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}

function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

/** A span without the white space at its borders, or null where nothing is left. */
function trim(text: string, { start, end }: Span): Span | null {
  const quote = text.slice(start, end);
  const from = start + quote.length - quote.trimStart().length;
  const to = start + quote.trimEnd().length;
  return from < to ? { start: from, end: to } : null;
}
