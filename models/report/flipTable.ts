import type { ExamplePlace, Flip } from '../retraining/runRecord';
import { html, type Markup } from './markup';
import { percent } from './words';

/** Rows that the page shows at most. */
const MOST = 500;

/** The predictions that are others now, each one click away. */
export function flipTable(flips: readonly Flip[], place: (example: ExamplePlace) => Markup): Markup {
  if (flips.length === 0) return html`<p>No prediction in the texts is another one now.</p>`;
  const rows = flips.slice(0, MOST).map(
    (flip) =>
      html`<tr>
        <td class="text">${place(flip)}</td>
        <td class="text">${flip.layer}</td>
        <td class="text">${flip.before ?? 'none'}</td>
        <td class="text">${flip.after ?? 'none'}</td>
        <td>${percent(flip.probability)}</td>
      </tr>`,
  );
  const rest = flips.length - rows.length;
  return html`<div class="wide">
      <table>
        <caption>
          ${flips.length} ${flips.length === 1 ? 'prediction is' : 'predictions are'} others than before, with
          the probability that the new model gives.
        </caption>
        <thead>
          <tr>
            <th scope="col" class="text">Words</th>
            <th scope="col" class="text">Layer</th>
            <th scope="col" class="text">Before</th>
            <th scope="col" class="text">Now</th>
            <th scope="col">Probability</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${rest > 0 ? html`<p class="muted">${rest} more are in the numbers (JSON).</p>` : ''}`;
}
