import { measureOf } from '../retraining/measureOf';
import type { ExamplePlace, LayerRecord, RunRecord } from '../retraining/runRecord';
import { flipTable } from './flipTable';
import { layerSection } from './layerSection';
import { html, Markup } from './markup';
import { REPORT_SCRIPT } from './reportScript';
import { REPORT_STYLE } from './reportStyle';
import { CHANGES, MEASURES, percent, verdictOf } from './words';

/** How the page is shown. */
export interface ReportOptions {
  /** Random, new for each page: what the page's own style and script are known by. */
  readonly nonce: string;
  /** `editor`: examples are buttons that ask the editor to open them. `none`: they name their file and offset. */
  readonly links: 'editor' | 'none';
}

/**
 * The report on a retraining as one HTML page: nothing is fetched, and its policy allows nothing to be.
 * @param record all that the page shows
 */
export async function renderReport(record: RunRecord, { nonce, links }: ReportOptions): Promise<string> {
  const place = links === 'editor' ? buttonPlace : plainPlace;
  const trained = record.layers.filter(({ change }) => change !== 'kept');
  const kept = record.layers.filter(({ change }) => change === 'kept');
  const sections: Markup[] = [];
  for (const layer of trained) sections.push(await layerSection(layer, place));
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'`;
  // A script block ends at the first "</script", in a string or not.
  const numbers = JSON.stringify(record, undefined, 2).replaceAll('<', '\\u003c');
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width" />
        <title>Training report ${record.run}</title>
        <style nonce="${nonce}">
          ${new Markup(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>Training report</h1>
          <p class="verdict">${verdictOf(record)}</p>
          ${overview(record.layers)} ${keptNotices(kept)} ${facts(record)}
          <p>
            <button type="button" data-export="json" data-of="report-${record.run}">
              Save the numbers as JSON
            </button>
          </p>
          ${sections}
          <section aria-labelledby="flips">
            <h2 id="flips" tabindex="-1">What the new model says differently</h2>
            ${flipTable(record.flips, place)}
          </section>
        </main>
        <script type="application/json" id="numbers" nonce="${nonce}">
          ${new Markup(numbers)}
        </script>
        <script nonce="${nonce}">
          ${new Markup(REPORT_SCRIPT)};
        </script>
      </body>
    </html> `.text;
}

function overview(layers: readonly LayerRecord[]): Markup {
  const rows = layers.map((record) => {
    const { layer, change, before, after, measuredBy } = record;
    const name = layer.name.replace(/[^\w-]+/g, '-');
    return html`<tr>
      <th scope="row">
        ${change === 'kept' ? layer.name : html`<a href="#layer-${name}">${layer.name}</a>`}
      </th>
      <td class="text">${CHANGES[change]}</td>
      <td class="text">${after === null ? '' : measureOf(record)}</td>
      <td>${percent(before?.score)}</td>
      <td>${percent(after?.score)}</td>
      <td class="text">${MEASURES[measuredBy]}</td>
    </tr>`;
  });
  return html`<div class="wide">
    <table>
      <caption>
        All layers of the new model
      </caption>
      <thead>
        <tr>
          <th scope="col" class="text">Layer</th>
          <th scope="col" class="text">Change</th>
          <th scope="col" class="text">Score</th>
          <th scope="col">Before</th>
          <th scope="col">Now</th>
          <th scope="col" class="text">Measured by</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function keptNotices(kept: readonly LayerRecord[]): Markup | undefined {
  const notices = kept.flatMap((record) => record.notices);
  return notices.length === 0
    ? undefined
    : html`<ul>
        ${notices.map((notice) => html`<li>${notice}</li>`)}
      </ul>`;
}

function facts(record: RunRecord): Markup {
  const rows: readonly (readonly [string, string | number])[] = [
    ['Run', record.run],
    ['Time', record.time.replace('T', ' ').replace(/(:\d\d)(\.\d+)?Z$/, '$1 UTC')],
    ['Took', `${record.seconds.toFixed(1)} s`],
    [
      'Trained on',
      `${record.sentences} sentences in ${record.texts} ${record.texts === 1 ? 'text' : 'texts'}`,
    ],
    ['New model', record.modelId],
    ['Made from', record.baseId],
    ['Data (SHA-256)', record.dataHash],
    ['Seed', record.seed],
    ['Glossator', record.glossator],
  ];
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function buttonPlace({ file, start, end, quote }: ExamplePlace): Markup {
  return html`<button type="button" class="place" data-file="${file}" data-start="${start}" data-end="${end}">
      “${quote}”
    </button>
    <span class="muted">${file}</span>`;
}

function plainPlace({ file, start, quote }: ExamplePlace): Markup {
  return html`“${quote}” <span class="muted">${file}:${start}</span>`;
}
