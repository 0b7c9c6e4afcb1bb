import type { AnnotationCounts } from '../../server/protocol/labels';
import { REVIEWED_LAYER } from './shownLabels';

/** A row of the annotations view. */
export interface TreeRow {
  /** Stable while counts change, so that the view keeps what is unfolded. */
  readonly id: string;
  readonly text: string;
  /** Beside the text, dimmer. */
  readonly detail: string;
  readonly kind: 'review' | 'progress' | 'layer' | 'label' | 'file' | 'problem';
  readonly children: readonly TreeRow[];
  /** Where a click leads: a text, and the layer and label to look for in it. */
  readonly place?: {
    readonly uri: string;
    readonly layer?: string;
    readonly label?: string;
    readonly review?: boolean;
  };
}

type Text = AnnotationCounts['texts'][number];
type Count = Text['counts'][number];

/** Rows of the annotations view: what needs review, layer → label → text, and how far the review of sentences is. */
export function annotationTree({ texts }: AnnotationCounts): TreeRow[] {
  return [...problemRows(texts), ...reviewRows(texts), ...layerRows(texts), ...progressRows(texts)];
}

function problemRows(texts: readonly Text[]): TreeRow[] {
  return texts.flatMap(({ uri, name, problem }): TreeRow[] =>
    problem === undefined
      ? []
      : [
          {
            id: `problem ${name}`,
            text: name,
            detail: problem,
            kind: 'problem',
            children: [],
            place: { uri },
          },
        ],
  );
}

function reviewRows(texts: readonly Text[]): TreeRow[] {
  const children = texts.flatMap(({ uri, name, counts }): TreeRow[] => {
    const number = sum(counts, ({ review }) => review);
    if (number === 0) return [];
    const place = { uri, review: true };
    return [{ id: `review ${name}`, text: name, detail: `${number}`, kind: 'file', children: [], place }];
  });
  if (children.length === 0) return [];
  const all = sum(texts, ({ counts }) => sum(counts, ({ review }) => review));
  return [{ id: 'review', text: 'Needs review', detail: `${all}`, kind: 'review', children }];
}

function layerRows(texts: readonly Text[]): TreeRow[] {
  const counts = texts.flatMap((text) => text.counts.map((count) => ({ ...count, text })));
  const ofPeople = counts.filter(({ layer }) => layer !== REVIEWED_LAYER);
  return grouped(ofPeople, ({ layer }) => layer).map(([layer, ofLayer]) => ({
    id: `layer ${layer}`,
    text: layer,
    detail: countText(ofLayer),
    kind: 'layer',
    children: grouped(ofLayer, ({ label }) => label).map(([label, ofLabel]) => ({
      id: `label ${layer}/${label}`,
      text: label,
      detail: countText(ofLabel),
      kind: 'label',
      children: ofLabel.map(({ text, ...count }) => ({
        id: `file ${layer}/${label} ${text.name}`,
        text: text.name,
        detail: countText([count]),
        kind: 'file',
        children: [],
        place: { uri: text.uri, layer, label },
      })),
    })),
  }));
}

function progressRows(texts: readonly Text[]): TreeRow[] {
  const open = texts.filter(({ reviewed }) => reviewed !== null && reviewed.all > 0);
  const isStarted = texts.some(({ counts }) => counts.length > 0);
  if (open.length === 0 || !isStarted) return [];
  const children = open.map(({ uri, name, reviewed }): TreeRow => {
    const detail = progress(reviewed?.sentences ?? 0, reviewed?.all ?? 0);
    return { id: `progress ${name}`, text: name, detail, kind: 'file', children: [], place: { uri } };
  });
  const sentences = sum(open, ({ reviewed }) => reviewed?.sentences ?? 0);
  const detail = progress(
    sentences,
    sum(open, ({ reviewed }) => reviewed?.all ?? 0),
  );
  return [{ id: 'progress', text: 'Reviewed sentences', detail, kind: 'progress', children }];
}

const progress = (sentences: number, all: number): string => `${sentences} of ${all}`;

/** `12`, or `12, 3 rejected, 1 to review`. */
function countText(counts: readonly Omit<Count, 'layer' | 'label'>[]): string {
  const confirmed = sum(counts, (count) => count.confirmed);
  const others = [
    [sum(counts, (count) => count.rejected), 'rejected'],
    [sum(counts, (count) => count.review), 'to review'],
  ] as const;
  const rest = others.filter(([number]) => number > 0).map(([number, what]) => `, ${number} ${what}`);
  return `${confirmed}${rest.join('')}`;
}

function sum<T>(items: readonly T[], numberOf: (item: T) => number): number {
  return items.reduce((total, item) => total + numberOf(item), 0);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
