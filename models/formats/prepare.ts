import { withoutAgreeing } from '../annotations/agreeingLabels';
import { reviewedLayer } from '../annotations/label';
import type { Span } from '../text/span';
import { type AnnotatedText, type FormatName, type TextLabel, sortTextLabels } from './annotatedText';
import { splitsCharacter } from './offsets';
import type { Choices, LossReport } from './lossReport';

/** What a format has a place for. */
export interface Holds {
  readonly format: FormatName;
  /** More than one layer, told apart. */
  readonly layers: boolean;
  readonly parts?: boolean;
  readonly notes?: boolean;
  readonly confidence?: boolean;
  readonly annotators?: boolean;
  readonly times?: boolean;
  /** Rejected suggestions, told apart from labels. */
  readonly rejected?: boolean;
  /** Offsets count whole characters, so that no label may begin or end inside one. */
  readonly wholeCharacters?: boolean;
}

/**
 * The labels of a document that a format can hold, sorted, after the person's choices; all else goes into the
 * report. Borders against tokens are not looked at here.
 */
export function prepareLabels(
  document: AnnotatedText,
  holds: Holds,
  choices: Choices,
  report: LossReport,
): TextLabel[] {
  const { name, source } = document;
  if (source && source.format !== holds.format)
    for (const what of source.more) report.lose(name, what, 'content');
  if (source && source.format !== holds.format)
    for (const { what, count } of source.traces ?? []) report.lose(name, what, 'trace', count);
  const lose = (what: string, severity: 'content' | 'trace', labels: readonly TextLabel[]): void =>
    report.lose(name, what, severity, labels.length);

  let labels = sortTextLabels(document.labels);
  const take = (what: string, severity: 'content' | 'trace', keep: (label: TextLabel) => boolean): void => {
    lose(
      what,
      severity,
      labels.filter((label) => !keep(label)),
    );
    labels = labels.filter(keep);
  };
  take('marks of reviewed sentences', 'trace', ({ layer }) => layer !== reviewedLayer);
  const { layers } = choices;
  if (layers) take('labels in layers that were not chosen', 'trace', ({ layer }) => layers.includes(layer));
  if (!holds.rejected) take('rejected suggestions', 'trace', ({ state }) => state !== 'rejected');
  if (!holds.layers) checkOneLayer(document, holds.format, labels, report);
  if (!holds.notes)
    lose(
      'notes',
      'content',
      labels.filter(({ note }) => note !== undefined),
    );
  if (!holds.confidence)
    lose(
      'confidences',
      'trace',
      labels.filter((label) => label.confidence !== undefined),
    );
  if (!holds.annotators) {
    lose(
      'names of annotators',
      'trace',
      labels.filter(({ annotator }) => annotator !== undefined),
    );
    const distinct = withoutAgreeing(labels);
    report.lose(name, 'labels that another annotator gave too', 'trace', labels.length - distinct.length);
    labels = distinct;
  }
  if (!holds.times)
    lose(
      'times',
      'trace',
      labels.filter(({ time }) => time !== undefined),
    );

  if (!holds.parts) labels = labels.flatMap((label) => wholeLabels(document, label, choices, report));
  if (holds.wholeCharacters)
    labels = labels.flatMap((label) => atCharacters(document, label, choices, report));
  return sortTextLabels(labels);
}

function checkOneLayer(
  { name }: AnnotatedText,
  format: FormatName,
  labels: readonly TextLabel[],
  report: LossReport,
): void {
  const layers = [...new Set(labels.map(({ layer }) => layer))].sort();
  if (layers.length < 2) return;
  report.problem({
    document: name,
    reason: 'two-layers',
    message: `The labels are in ${layers.length} layers (${layers.join(', ')}), and ${format} holds one.`,
    choices: layers,
  });
}

function wholeLabels(
  { name }: AnnotatedText,
  label: TextLabel,
  { discontinuous }: Choices,
  report: LossReport,
): TextLabel[] {
  const { parts, ...whole } = label;
  if (!parts) return [label];
  if (discontinuous === 'cover') return [whole];
  if (discontinuous === 'split') return parts.map((part) => ({ ...whole, ...part }));
  if (discontinuous === 'skip') report.lose(name, 'discontinuous labels, as chosen', 'trace');
  else
    report.problem({
      document: name,
      reason: 'discontinuous',
      message: `The label ${label.label} has ${parts.length} parts, and the format holds labels of one.`,
      choices: ['cover', 'split', 'skip'],
      label,
    });
  return [];
}

/** Moves borders that stand inside a surrogate pair. */
function atCharacters(
  { name, text }: AnnotatedText,
  label: TextLabel,
  { misaligned }: Choices,
  report: LossReport,
): TextLabel[] {
  const spans: readonly Span[] = [label, ...(label.parts ?? [])];
  if (!spans.some(({ start, end }) => splitsCharacter(text, start) || splitsCharacter(text, end)))
    return [label];
  if (misaligned === 'out' || misaligned === 'in') {
    const step = misaligned === 'out' ? 1 : -1;
    const moved = (span: Span): Span => ({
      start: span.start - (splitsCharacter(text, span.start) ? step : 0),
      end: span.end + (splitsCharacter(text, span.end) ? step : 0),
    });
    const next = { ...label, ...moved(label), ...(label.parts && { parts: label.parts.map(moved) }) };
    if (next.start < next.end) return [next];
  }
  if (misaligned === 'skip') report.lose(name, 'misaligned labels, as chosen', 'trace');
  else
    report.problem({
      document: name,
      reason: 'misaligned',
      message: `The label ${label.label} begins or ends inside a character.`,
      choices: ['out', 'in', 'skip'],
      label,
    });
  return [];
}
