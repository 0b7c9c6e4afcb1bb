import type { LabelState } from '../annotations/label';
import type { ConlluColumns } from '../data/conlluColumns';
import type { InputError } from '../errors';
import type { LayerKind } from '../tags/layer';
import type { Sentence, Span } from '../text/span';
import type { ColumnLayout } from './columnLayout';
import type { Counting } from './offsets';

/** The formats that annotated texts are read from and written to. */
export const formatNames = [
  'glossator',
  'conllu',
  'conll2003',
  'bilou',
  'bioes',
  'brat',
  'doccano',
  'prodigy',
  'label-studio',
  'webanno-tsv',
  'spacy',
  'tei',
] as const;
export type FormatName = (typeof formatNames)[number];

/** A labelled run of a text, in half-open UTF-16 code units. Only `layer`, `label` and the span are always known. */
export interface TextLabel extends Span {
  readonly layer: string;
  readonly label: string;
  /** Two parts or more where the label is discontinuous; `start` and `end` are then those of the whole. */
  readonly parts?: readonly Span[];
  readonly id?: string;
  readonly note?: string;
  readonly confidence?: number;
  readonly state?: LabelState;
  readonly annotator?: string;
  readonly time?: string;
}

/** A layer that the labels of a text stand in. */
export interface TextLayer {
  readonly name: string;
  readonly kind: LayerKind;
}

/** What a document was read from, so that a writer of the same format keeps what it was not asked to change. */
export interface SourceRecord {
  readonly format: FormatName;
  /** The document's part of the file, as it stands there. */
  readonly raw: string;
  /** The labels as they were read from it. */
  readonly labels: readonly TextLabel[];
  /** What it says beyond text, tokens and labels, in words for a message: `lemmas`, `relations`. */
  readonly more: readonly string[];
  /** The same of what comes with it by itself, such as comments, with numbers. */
  readonly traces?: readonly { readonly what: string; readonly count: number }[];
  /** What its columns are, in formats that have any. */
  readonly layout?: ColumnLayout;
  /** The columns of CoNLL-U. */
  readonly conllu?: ConlluColumns;
  /** How its offsets count, where its own quotes show it. */
  readonly counting?: Counting;
}

/** A text with its labels: what every reader gives and every writer takes. */
export interface AnnotatedText {
  /** A name without folder and extension. */
  readonly name: string;
  readonly text: string;
  /** Sentences with tokens, where the format says them. */
  readonly sentences?: readonly Sentence[];
  readonly layers: readonly TextLayer[];
  readonly labels: readonly TextLabel[];
  readonly source?: SourceRecord;
  /** Labels that could not be read, and why: the others were. */
  readonly faults?: readonly InputError[];
  /** How something was read that a person may have meant otherwise. Nothing is left out. */
  readonly remarks?: readonly InputError[];
}

/** The name of a label that has none, as in WebAnno TSV. */
export const unnamed = '*';

/** The layer of a format that does not name one. */
export const defaultLayer = 'ner';

/** In the order of the text; of two that begin together the longer first, then by layer and label. */
export function sortTextLabels(labels: readonly TextLabel[]): TextLabel[] {
  return [...labels].sort(
    (a, b) =>
      a.start - b.start ||
      b.end - a.end ||
      compareText(a.layer, b.layer) ||
      compareText(a.label, b.label) ||
      compareText(a.id ?? '', b.id ?? ''),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
