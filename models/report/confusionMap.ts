import { measureOf } from '../retraining/measureOf';
import type { ConfusionCell, ExamplePlace, LayerRecord } from '../retraining/runRecord';
import { html, type Markup } from './markup';
import { BLUE, picture } from './picture';
import { NO_PRECISION } from './words';

/** Pixels of a cell: the more labels, the smaller. */
const cellSize = (labels: number): number => Math.round(Math.min(52, Math.max(18, 420 / labels)));

/** Right labels against given ones as a heat map, and the examples that its cells lead to. */
export async function confusionMap(
  record: LayerRecord,
  name: string,
  place: (example: ExamplePlace) => Markup,
): Promise<Markup | undefined> {
  const cells = record.confusion.filter(({ count }) => count > 0);
  if (cells.length === 0) return undefined;
  const id = (i: number): string => `${name}-cell-${i}`;
  const mistakes = cells.filter(({ gold, predicted }) => gold !== predicted);
  const wrong = mistakes.reduce((sum, { count }) => sum + count, 0);
  const map = await picture(specOf(record, cells, id), {
    name,
    label: `Confusion matrix of ${record.layer.name}: ${wrong} of ${cells.reduce((sum, { count }) => sum + count, 0)} are wrong.`,
    caption: html`Each row is a right label, each column what the new model
    said${record.layer.kind === 'span' ? html`; <code>O</code> is no label` : ''}. The stronger the colour,
    the larger the share of the row. A number leads to its
    examples.${measureOf(record) === 'recall' ? ` Labels where none belong are not counted: ${NO_PRECISION}` : ''}`,
  });
  const lists = cells
    .map((cell, i) => ({ cell, i }))
    .filter(({ cell }) => cell.examples.length > 0)
    .sort(
      (a, b) =>
        Number(a.cell.gold === a.cell.predicted) - Number(b.cell.gold === b.cell.predicted) ||
        b.cell.count - a.cell.count,
    )
    .map(
      ({ cell, i }) =>
        html`<section class="cell" id="${id(i)}" tabindex="-1" aria-label="${describe(cell)}">
          <h4>${describe(cell)}</h4>
          <ul>
            ${cell.examples.map((example) => html`<li>${place(example)}</li>`)}
          </ul>
        </section>`,
    );
  return html`${map}
    <details ${mistakes.length > 0 ? html`open` : ''}>
      <summary>Examples</summary>
      ${lists}
    </details>`;
}

function describe({ gold, predicted, count }: ConfusionCell): string {
  if (gold === predicted) return `${gold}, correct: ${count}`;
  if (predicted === 'O') return `${gold} overlooked: ${count}`;
  if (gold === 'O') return `${predicted} where there is none: ${count}`;
  return `${gold} taken for ${predicted}: ${count}`;
}

function specOf({ layer }: LayerRecord, cells: readonly ConfusionCell[], id: (i: number) => string) {
  const used = new Set(cells.flatMap(({ gold, predicted }) => [gold, predicted]));
  const known = [...layer.labels, ...[...used].filter((label) => !layer.labels.includes(label)).sort()];
  const labels = known.filter((label) => used.has(label));
  const rows = new Map<string, number>();
  for (const { gold, count } of cells) rows.set(gold, (rows.get(gold) ?? 0) + count);
  const size = cellSize(labels.length) * labels.length;
  const values = cells.map((cell, i) => ({
    ...cell,
    share: cell.count / (rows.get(cell.gold) ?? 1),
    ...(cell.examples.length > 0 ? { link: `#${id(i)}` } : {}),
    says: describe(cell),
  }));
  const position = {
    x: { scale: 'x', field: 'predicted' },
    y: { scale: 'y', field: 'gold' },
    width: { scale: 'x', band: 1 },
    height: { scale: 'y', band: 1 },
  };
  const bands = { type: 'band' as const, domain: labels, padding: 0.04 };
  return {
    width: size,
    height: size,
    padding: 8,
    data: [{ name: 'cells', values }],
    scales: [
      { name: 'x', ...bands, range: 'width' as const },
      { name: 'y', ...bands, range: 'height' as const },
    ],
    axes: [
      {
        orient: 'top' as const,
        scale: 'x',
        title: 'given by the new model',
        labelAngle: labels.length > 6 ? -45 : 0,
        labelAlign: labels.length > 6 ? ('left' as const) : ('center' as const),
      },
      { orient: 'left' as const, scale: 'y', title: 'right' },
    ],
    marks: [
      {
        type: 'rect' as const,
        from: { data: 'cells' },
        encode: {
          enter: {
            ...position,
            fill: { value: BLUE },
            // Never so strong that the number on it is hard to read.
            fillOpacity: { signal: '0.06 + 0.44 * datum.share' },
            stroke: { value: 'currentColor' },
            strokeOpacity: { value: 0.35 },
          },
        },
      },
      {
        type: 'text' as const,
        from: { data: 'cells' },
        encode: {
          enter: {
            x: { scale: 'x', field: 'predicted', band: 0.5 },
            y: { scale: 'y', field: 'gold', band: 0.5 },
            align: { value: 'center' as const },
            baseline: { value: 'middle' as const },
            text: { field: 'count' },
            fill: { value: 'currentColor' },
            fontSize: { value: 13 },
            href: { field: 'link' },
            description: { field: 'says' },
          },
        },
      },
    ],
  };
}
