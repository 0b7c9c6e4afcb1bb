import { InputError } from '../errors';
import { type TextLabel, unnamed } from './annotatedText';
import { unescapeValue } from './webAnnoEscapes';
import type { TsvLayer } from './webAnnoLayers';
import type { Unit } from './webAnnoBody';

interface OpenLabel {
  readonly label: string;
  readonly line: number;
  start: number;
  end: number;
}

/**
 * The labels of a layer: values with the same number in brackets are one label over several units. What covers no text
 * becomes a fault.
 * @throws InputError where a number stands for two labels
 */
export function layerLabels(
  layer: TsvLayer,
  units: readonly Unit[],
  file: string,
): { labels: TextLabel[]; faults: InputError[] } {
  const labels: OpenLabel[] = [];
  const open = new Map<string, OpenLabel>();
  for (const { line, start, end, columns } of units)
    for (const { label, id } of stackOf(layer, columns)) {
      const known = id === undefined ? undefined : open.get(id);
      if (known && known.label !== label)
        throw new InputError(
          `The label number ${id ?? ''} is "${known.label}" above, and "${label}" here.`,
          { file, line },
          'Give every label its own number.',
        );
      if (known) {
        known.start = Math.min(known.start, start);
        known.end = Math.max(known.end, end);
      } else {
        const begun = { label, line, start, end };
        labels.push(begun);
        if (id !== undefined) open.set(id, begun);
      }
    }
  const { name } = layer.layer;
  return {
    labels: labels
      .filter(({ start, end }) => start < end)
      .map(({ label, start, end }) => ({ layer: name, label, start, end })),
    faults: labels
      .filter(({ start, end }) => start === end)
      .map(
        ({ label, line, start }) =>
          new InputError(
            `The label ${label} (${name}) at ${start} covers no text, and a label here needs some.`,
            { file, line },
            'Label a word beside it.',
          ),
      ),
  };
}

/** The labels of a layer on one unit. The columns of slots tell that there is one, and nothing of its name. */
function stackOf(
  { column, primitives, roles, columns: all }: TsvLayer,
  columns: readonly string[],
): StackedLabel[] {
  const isSet = (k: number): boolean => columns[k] !== '_' && columns[k] !== '';
  const first = column !== undefined && isSet(column) ? column : [...primitives, ...roles].find(isSet);
  if (first !== undefined)
    return splitStack(columns[first]).map((stacked) => {
      // A number in brackets, of which none is escaped, follows the value.
      const match = /^((?:\\[\s\S]|[^\\])*?)(?:\[(\d+)\])?$/.exec(stacked);
      const value = first === column ? (match?.[1] ?? stacked) : unnamed;
      return { label: value === unnamed ? unnamed : unescapeValue(value) || unnamed, id: match?.[2] };
    });
  return all.some(isSet) ? [{ label: unnamed, id: undefined }] : [];
}

interface StackedLabel {
  readonly label: string;
  readonly id: string | undefined;
}

/** The values of a column, which `|` parts where no backslash stands before it. */
function splitStack(column: string): string[] {
  return column.match(/(?:\\[\s\S]|[^|\\])+/g) ?? [];
}
