import { ownValue } from '../ownValue';
import { measureOf } from '../retraining/measureOf';
import type { LabelScore, LayerRecord } from '../retraining/runRecord';
import { html, type Markup } from './markup';
import { MEASURES, NO_PRECISION, percent } from './words';

type Fraction = 'precision' | 'recall' | 'f1';

const COLUMNS: readonly { readonly name: string; readonly of: Fraction }[] = [
  { name: 'Precision', of: 'precision' },
  { name: 'Recall', of: 'recall' },
  { name: 'F1', of: 'f1' },
];

/** Precision, recall and F1 of each label before and after, with support; undefined where nothing was measured. */
export function scoreTable(record: LayerRecord): Markup | undefined {
  const { layer, before, after, examples, measuredBy } = record;
  if (after === null) return undefined;
  const measure = measureOf(record);
  const measured = new Set([...Object.keys(after.labels), ...Object.keys(before?.labels ?? {})]);
  const labels = [...new Set([...layer.labels, ...measured])].filter(
    (label) => measured.has(label) || Object.hasOwn(examples, label),
  );
  const rows = labels.map((label) => {
    const [old, now] = [before ? ownValue(before.labels, label) : undefined, ownValue(after.labels, label)];
    return html`<tr>
      <th scope="row">${label}</th>
      <td>${now?.gold ?? old?.gold ?? 0}</td>
      <td>${ownValue(examples, label) ?? 0}</td>
      ${COLUMNS.map(({ of }) => pair(old, now, of))}
    </tr>`;
  });
  return html`<div class="wide">
    <table>
      <caption>
        ${layer.name}: scores on ${MEASURES[measuredBy]}. Support is the number of labels that were measured
        on. ${partlyReviewed(record)}${capital(measure)} of the layer:
        ${before ? html`${percent(before.score)} before, ` : ''}${percent(after.score)} now.
      </caption>
      <thead>
        <tr>
          <th scope="col" rowspan="2">Label</th>
          <th scope="col" rowspan="2">Support</th>
          <th scope="col" rowspan="2">Trained on</th>
          ${COLUMNS.map(({ name }) => html`<th scope="colgroup" colspan="2">${name}</th>`)}
        </tr>
        <tr>
          ${COLUMNS.map(
            () =>
              html`<th scope="col">before</th>
                <th scope="col">now</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${measure === 'recall' ? html`<p>– means unknown. ${NO_PRECISION}</p>` : ''}
  </div>`;
}

/** Where precision comes from, if not from all sentences. */
function partlyReviewed({ layer, after }: LayerRecord): string {
  const { measure, sentences = 0, reviewed = 0 } = after ?? {};
  if (layer.kind !== 'span' || measure !== 'F1' || reviewed === sentences) return '';
  return `Precision is that of the ${reviewed} reviewed ones of ${sentences} sentences. `;
}

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);

function pair(old: LabelScore | undefined, now: LabelScore | undefined, of: Fraction): Markup {
  const change = (now?.[of] ?? NaN) - (old?.[of] ?? NaN);
  // Told by a sign as well as by its colour.
  const mark =
    change > 0.0005
      ? html` <span class="up" aria-label="better">▲</span>`
      : change < -0.0005
        ? html` <span class="down" aria-label="worse">▼</span>`
        : '';
  return html`<td>${percent(old?.[of])}</td>
    <td>${percent(now?.[of])}${mark}</td>`;
}
