import { Calibration } from '../evaluation/calibration';
import type { LayerPrediction } from '../taggers/prediction';
import type { LabelledSpan } from '../tags/bio';
import { OUTSIDE } from '../tags/tagSet';
import { LabelTally } from './labelTally';
import type { KnownSentence } from './layerKnowledge';
import type { ConfusionCell, ExamplePlace, LayerScores, Measure } from './runRecord';

/** Examples that a cell of the confusion matrix keeps. */
const examplesKept = 5;
/** Reviewed sentences from which precision is told. */
const enoughReviewed = 10;

interface Predicted extends LabelledSpan {
  readonly probability: number;
}

/** Where rows of a sentence stand in its text. */
export function placeOf(
  { text, sentence }: Pick<KnownSentence, 'text' | 'sentence'>,
  rows: { start: number; end: number },
): ExamplePlace {
  const isWhole = rows.end > sentence.tokens.length;
  const start = isWhole ? sentence.start : sentence.tokens[rows.start].start;
  const end = isWhole ? sentence.end : sentence.tokens[rows.end - 1].end;
  return { file: text.name, start, end, quote: text.text.slice(start, end) };
}

/** A prediction as labelled rows with probabilities. */
export function predictedSpans(prediction: LayerPrediction): Predicted[] {
  if (prediction.kind === 'span') return [...prediction.spans];
  if (prediction.kind === 'token')
    return prediction.tags.map(({ label, probability }, start) => ({
      start,
      end: start + 1,
      label,
      probability,
    }));
  const [best] = prediction.labels;
  return best ? [{ start: 0, end: 1, ...best }] : [];
}

/**
 * Holds predictions against labels, where these say anything. Recall comes from all labels. Precision of a span layer
 * comes from the reviewed sentences, since elsewhere a prediction beside the labels may well be right; where they are
 * too few the score is recall.
 */
export class LayerMeasure {
  readonly #kind: LayerPrediction['kind'];
  readonly #tally = new LabelTally();
  readonly #calibration = new Calibration();
  #sentences = 0;
  #reviewed = 0;
  #suggested = 0;
  readonly #cells = new Map<
    string,
    { gold: string; predicted: string; count: number; examples: ExamplePlace[] }
  >();

  constructor(kind: LayerPrediction['kind']) {
    this.#kind = kind;
  }

  get #isSpan(): boolean {
    return this.#kind === 'span';
  }

  add(known: KnownSentence, prediction: LayerPrediction): void {
    const { spans: gold, rejected } = known;
    const all = predictedSpans(prediction);
    const isComplete = this.#isSpan && known.reviewed;
    this.#sentences++;
    if (isComplete) this.#reviewed++;
    this.#suggested += all.length;
    const same = (a: LabelledSpan, b: LabelledSpan): boolean =>
      a.start === b.start && a.end === b.end && a.label === b.label;
    const meets = (a: LabelledSpan, b: LabelledSpan): boolean => a.start < b.end && b.start < a.end;
    const judged = all.filter(
      (span) =>
        isComplete ||
        gold.some((other) => meets(span, other)) ||
        (this.#isSpan && rejected.some((other) => meets(span, other) && span.label === other.label)),
    );
    const matched = new Set<Predicted>();
    for (const span of gold) {
      this.#tally.add(span.label, 'gold');
      const exact = judged.find((other) => same(span, other));
      if (exact) this.#tally.add(span.label, 'found');
      const found = exact ?? judged.find((other) => meets(span, other));
      if (found) matched.add(found);
      this.#cell(span.label, found?.label ?? OUTSIDE, known, span);
    }
    for (const span of judged) {
      const isRight = gold.some((other) => same(span, other));
      if (isComplete || !this.#isSpan) {
        this.#tally.add(span.label, 'predicted');
        if (isRight) this.#tally.add(span.label, 'right');
        this.#calibration.add(span.probability, isRight);
      }
      if (!matched.has(span) && !gold.some((other) => meets(span, other)))
        this.#cell(OUTSIDE, span.label, known, span);
    }
  }

  #cell(gold: string, predicted: string, known: KnownSentence, span: LabelledSpan): void {
    const key = `${gold}\0${predicted}`;
    const cell = this.#cells.get(key) ?? { gold, predicted, count: 0, examples: [] };
    this.#cells.set(key, cell);
    cell.count++;
    const rows = this.#kind === 'sentence' ? { start: 0, end: Infinity } : span;
    if (cell.examples.length < examplesKept) cell.examples.push(placeOf(known, rows));
  }

  /** What `score` is. */
  get measure(): Measure {
    if (!this.#isSpan) return 'accuracy';
    return this.#isPrecise ? 'F1' : 'recall';
  }

  get #isPrecise(): boolean {
    return !this.#isSpan || this.#reviewed >= enoughReviewed;
  }

  /** In [0, 1]. */
  get score(): number {
    const total = this.#tally.total(this.#isPrecise);
    return (this.measure === 'F1' ? total.f1 : total.recall) ?? 0;
  }

  scores(): LayerScores {
    const { error } = this.#calibration;
    return {
      measure: this.measure,
      score: this.score,
      labels: this.#tally.scores(this.#isPrecise),
      ...{ sentences: this.#sentences, reviewed: this.#reviewed, suggested: this.#suggested },
      calibration: this.#isPrecise ? { error, bins: this.#calibration.bins() } : null,
    };
  }

  confusion(): ConfusionCell[] {
    return [...this.#cells.values()].sort(
      (a, b) => b.count - a.count || (a.gold + a.predicted < b.gold + b.predicted ? -1 : 1),
    );
  }
}
