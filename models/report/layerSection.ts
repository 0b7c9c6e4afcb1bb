import type { ExamplePlace, LayerRecord } from '../retraining/runRecord';
import { calibrationPlot } from './calibrationPlot';
import { confusionMap } from './confusionMap';
import { learningCurve } from './learningCurve';
import { html, type Content, type Markup } from './markup';
import { scoreTable } from './scoreTable';
import { CHANGES, NO_PRECISION, temperatureSentence } from './words';

/** All about one layer: what is missing, scores, confusions, how it learnt, and how honest its probabilities are. */
export async function layerSection(
  record: LayerRecord,
  place: (example: ExamplePlace) => Markup,
): Promise<Markup> {
  const { layer, change, notices, examples } = record;
  const name = layer.name.replace(/[^\w-]+/g, '-');
  const table = scoreTable(record);
  const confusion = await confusionMap(record, `confusion-${name}`, place);
  const curve = await learningCurve(record, `learning-curve-${name}`);
  const isUnknown = record.after?.calibration === null;
  const calibration = isUnknown
    ? html`<p>Unknown. ${NO_PRECISION}</p>`
    : await calibrationPlot(record, `calibration-${name}`);
  const learnt = Object.entries(examples).map(([label, count]) => `${count} ${label}`);
  return html`<section aria-labelledby="layer-${name}">
    <h2 id="layer-${name}" tabindex="-1">Layer ${layer.name}</h2>
    <p>
      A ${layer.kind} layer, ${CHANGES[change]}.
      ${learnt.length > 0 ? `Trained on ${learnt.join(', ')}.` : 'It has no labels to learn from.'}
    </p>
    ${
      notices.length > 0
        ? html`<ul>
            ${notices.map((notice) => html`<li>${notice}</li>`)}
          </ul>`
        : ''
    }
    ${part('Scores', table ?? (change === 'kept' ? undefined : html`<p>There are too few labels to measure this layer.</p>`))}
    ${part('Confusions', confusion)} ${part('Learning curve', curve)} ${part('Calibration', calibration)}
    ${calibration && record.temperature ? html`<p>${temperatureSentence(record.temperature)}</p>` : undefined}
  </section>`;
}

function part(title: string, content: Content): Content {
  return content === undefined
    ? undefined
    : html`<h3>${title}</h3>
        ${content}`;
}
