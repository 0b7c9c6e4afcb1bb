import { Calibration } from '../evaluation/calibration';
import { LabelCounts } from '../evaluation/score';
import type { LayerPrediction } from '../taggers/prediction';
import type { LabelledSpan } from '../tags/bio';
import { OUTSIDE } from '../tags/tagSet';
import type { KnownSentence } from './layerKnowledge';
import type { ConfusionCell, ExamplePlace, LayerScores } from './runRecord';

/** Examples that a cell of the confusion matrix keeps. */
const examplesKept = 5;

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
 * Holds predictions against labels, where these say anything: a predicted entity counts as wrong where it contradicts a
 * confirmed or rejected label or stands in a reviewed sentence, and counts nowhere else.
 */
export class LayerMeasure {
  readonly #isSpan: boolean;
  readonly #counts = new LabelCounts();
  readonly #calibration = new Calibration();
  readonly #cells = new Map<
    string,
    { gold: string; predicted: string; count: number; examples: ExamplePlace[] }
  >();

  constructor(kind: LayerPrediction['kind']) {
    this.#isSpan = kind === 'span';
  }

  add(known: KnownSentence, prediction: LayerPrediction): void {
    const { spans: gold, rejected, reviewed } = known;
    const same = (a: LabelledSpan, b: LabelledSpan): boolean =>
      a.start === b.start && a.end === b.end && a.label === b.label;
    const meets = (a: LabelledSpan, b: LabelledSpan): boolean => a.start < b.end && b.start < a.end;
    const predicted = predictedSpans(prediction).filter(
      (span) =>
        (this.#isSpan && reviewed) ||
        gold.some((other) => meets(span, other)) ||
        (this.#isSpan && rejected.some((other) => meets(span, other) && span.label === other.label)),
    );
    const matched = new Set<Predicted>();
    for (const span of gold) {
      this.#counts.add(span.label, 'gold');
      const found =
        predicted.find((other) => same(span, other)) ?? predicted.find((other) => meets(span, other));
      if (found) matched.add(found);
      this.#cell(span.label, found?.label ?? OUTSIDE, known, span);
    }
    for (const span of predicted) {
      const isRight = gold.some((other) => same(span, other));
      this.#counts.add(span.label, 'predicted');
      if (isRight) this.#counts.add(span.label, 'correct');
      this.#calibration.add(span.probability, isRight);
      if (!matched.has(span) && !gold.some((other) => meets(span, other)))
        this.#cell(OUTSIDE, span.label, known, span);
    }
  }

  #cell(gold: string, predicted: string, known: KnownSentence, span: LabelledSpan): void {
    const key = `${gold}\0${predicted}`;
    const cell = this.#cells.get(key) ?? { gold, predicted, count: 0, examples: [] };
    this.#cells.set(key, cell);
    cell.count++;
    if (cell.examples.length < examplesKept) {
      const rows =
        this.#isSpan || known.sentence.tokens.length > span.start ? span : { start: 0, end: Infinity };
      cell.examples.push(placeOf(known, rows));
    }
  }

  /** F1 of a span layer, accuracy of another, in [0, 1]. */
  get score(): number {
    const total = this.#counts.total();
    return this.#isSpan ? total.f1 : total.recall;
  }

  scores(): LayerScores {
    return {
      score: this.score,
      labels: Object.fromEntries(this.#counts.scores()),
      calibration: { error: this.#calibration.error, bins: this.#calibration.bins() },
    };
  }

  confusion(): ConfusionCell[] {
    return [...this.#cells.values()].sort(
      (a, b) => b.count - a.count || (a.gold + a.predicted < b.gold + b.predicted ? -1 : 1),
    );
  }
}
