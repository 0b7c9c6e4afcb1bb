import type { Spec } from 'vega' with { 'resolution-mode': 'import' };
import { html, Markup } from './markup';

/** Blue and orange differ for people who see few colours, too; lines and marks differ by their shape as well. */
export const BLUE = 'var(--chart-1, #0b5cad)';
export const ORANGE = 'var(--chart-2, #b45309)';

const axis = {
  domainColor: 'currentColor',
  tickColor: 'currentColor',
  labelColor: 'currentColor',
  titleColor: 'currentColor',
  labelFontSize: 12,
  titleFontSize: 12,
  titleFontWeight: 'normal',
  gridColor: 'currentColor',
  gridOpacity: 0.15,
} as const;

/** What a picture is for those who do not see it, and how its file is called. */
export interface PictureText {
  /** Of letters, digits and hyphens; the name of exported files. */
  readonly name: string;
  /** One sentence for screen readers. */
  readonly label: string;
  readonly caption: Markup | string;
}

/**
 * Draws a specification (https://vega.github.io/vega/docs/specification/) as a figure with buttons that export it.
 * Colours are variables of the page or its text's, so that the picture follows the theme.
 */
export async function picture(spec: Spec, { name, label, caption }: PictureText): Promise<Markup> {
  const { View, parse } = await import('vega');
  const view = new View(parse({ ...spec, background: undefined, config: { axis } }), { renderer: 'none' });
  try {
    const svg = (await view.toSVG()).replace(
      /^<svg /,
      html`<svg id="${name}" role="graphics-document" aria-label="${label}" `.text,
    );
    return html`<figure>
      ${new Markup(svg)}
      <figcaption>${caption}</figcaption>
      <p class="export">
        Save this picture:
        <button type="button" data-export="svg" data-of="${name}" aria-label="Save ${name} as SVG">
          SVG
        </button>
        <button type="button" data-export="png" data-of="${name}" aria-label="Save ${name} as PNG">
          PNG
        </button>
      </p>
    </figure>`;
  } finally {
    view.finalize();
  }
}
