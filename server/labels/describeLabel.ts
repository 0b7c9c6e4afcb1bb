import type { Label } from '../../models/annotations/label';
import { definitionOf, layerTitle } from './labelDefinitions';
import type { HoverStyle } from './hoverStyle';
import { percent } from './percent';
import type { ProjectLayer } from '../project/projectSchema';
import { commandLinks, type LinkedAction } from './commandLinks';

/** Words of a hover, in code units. */
const MOST_WORDS = 80;

/** What a person should know of a label: what it says, who gave it and when, its note, and why it waits for a look. */
export function describeLabel(
  label: Label,
  now: string,
  layers: readonly ProjectLayer[],
  style: HoverStyle,
): string {
  const { layer, state, annotator, time, note, confidence, review, quote } = label;
  const verb = state === 'confirmed' ? 'Labelled' : 'Rejected';
  const head = `${style.escape(titleOf(layer))}: ${style.strong(label.label)}${nameOf(layer, label.label)}, “${style.escape(shortened(quote))}”`;
  const meaning = meaningOf(layer, label.label, layers);
  const lines = [
    head,
    ...(meaning === undefined ? [] : [style.emphasis(meaning)]),
    `${verb} by ${style.escape(annotator)}, ${style.escape(dayOf(time))}${confidence === undefined ? '' : `; suggested with ${percent(confidence)}`}`,
    ...(note === undefined ? [] : [`Note: ${style.escape(note)}`]),
    ...(review === 'lost' ? [`Needs review: “${style.escape(shortened(quote))}” is gone from the text`] : []),
    ...(review === 'changed'
      ? [`Needs review: was “${style.escape(shortened(quote))}”, now “${style.escape(shortened(now))}”`]
      : []),
    ...(label.rivalOf === undefined ? [] : ['Needs review: changed in two ways at the same time']),
  ];
  return lines.join(style.lineBreak);
}

/** The actions on a label, as links to commands of the client. */
export function labelLinks(uri: string, { id, state, review }: Label): string {
  const keep: LinkedAction[] =
    review === 'changed' || state === 'rejected' ? [['Accept', 'glossator.acceptSuggestion']] : [];
  const reject: LinkedAction[] = state === 'rejected' ? [] : [['Reject', 'glossator.rejectSuggestion']];
  return commandLinks(
    [
      ...keep,
      ['Relabel', 'glossator.relabel'],
      ...reject,
      ['Remove', 'glossator.removeLabel'],
      ['Note', 'glossator.noteLabel'],
    ],
    { uri, id },
  );
}

/** What a label of the project means, in a line. */
export function meaningOf(layer: string, label: string, layers: readonly ProjectLayer[]): string | undefined {
  const own = layers.find(({ name }) => name === layer)?.labels.find(({ name }) => name === label);
  return own?.description ?? definitionOf(layer, label)?.explanation;
}

const titleOf = (layer: string): string => (layer === '@reviewed' ? 'Reviewed' : layerTitle(layer));

function nameOf(layer: string, label: string): string {
  const definition = definitionOf(layer, label);
  return definition === undefined ? '' : ` (${definition.name})`;
}

/** Day and minute in UTC, the same for every reader. */
const dayOf = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS - 1)}…` : line;
}
