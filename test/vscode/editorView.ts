import type { Page } from 'playwright-core';

/** A stretch of text on screen with the look that tells its tag. */
export interface Piece {
  /** Without white space: a line may break within. */
  readonly text: string;
  readonly look: string;
}

/** The frames around entities in the order of the text; `look` is the style of the border and the widths of its sides. */
export async function frames(page: Page): Promise<Piece[]> {
  return page.evaluate(() => {
    const characters: { x: number; y: number; text: string }[] = [];
    for (const span of document.querySelectorAll('.view-lines .view-line > span > span')) {
      // Inlay hints are text on screen, but not of the document.
      if (span.className.includes('dyn-rule') || span.firstChild === null) continue;
      const range = document.createRange();
      const text = span.textContent;
      for (let i = 0; i < text.length; i++) {
        range.setStart(span.firstChild, i);
        range.setEnd(span.firstChild, i + 1);
        const { left, width, top, height } = range.getBoundingClientRect();
        characters.push({ x: left + width / 2, y: top + height / 2, text: text[i] });
      }
    }
    const boxes = [...document.querySelectorAll('.view-overlays .cdr[class*="ced-"]')].map((element) => {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      return { box, look: `${style.borderTopStyle} ${style.borderWidth}` };
    });
    boxes.sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
    return boxes.map(({ box, look }) => {
      const inside = characters.filter(
        ({ x, y }) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom,
      );
      return {
        look,
        text: inside
          .map(({ text }) => text)
          .join('')
          .replace(/\s/g, ''),
      };
    });
  });
}

/** The decorated words in the order of the text; `look` is style and thickness of the line under them. */
export async function words(page: Page): Promise<Piece[]> {
  return page.evaluate(() => {
    const spans = [...document.querySelectorAll<HTMLElement>('.view-lines span[class*="ced-"]')].map(
      (span) => ({
        span,
        line: Number.parseFloat(span.closest<HTMLElement>('.view-line')?.style.top ?? '0'),
      }),
    );
    // The lines are not in the order of the text; the words of a line are, and sorting keeps it.
    spans.sort((a, b) => a.line - b.line);
    return spans.map(({ span }) => {
      const style = getComputedStyle(span);
      const hasLine = style.textDecorationLine.includes('underline');
      const look = hasLine ? `${style.textDecorationStyle} ${style.textDecorationThickness}` : 'none';
      return { text: span.textContent.replace(/\s/g, ''), look };
    });
  });
}

/** The labels written after entities, in the order of the text. */
export async function badges(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hints = [...document.querySelectorAll<HTMLElement>('.view-lines span[class*="dyn-rule"]')].map(
      (span) => ({
        text: span.textContent.trim(),
        line: Number.parseFloat(span.closest<HTMLElement>('.view-line')?.style.top ?? '0'),
      }),
    );
    hints.sort((a, b) => a.line - b.line);
    return hints.map(({ text }) => text).filter((text) => text !== '');
  });
}

/** The colours of the bars behind sentences, in the order of the text. */
export async function bars(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = [...document.querySelectorAll<HTMLElement>('.view-lines span[class*="ced-"]')].map(
      (span) => ({
        style: getComputedStyle(span, '::after'),
        line: Number.parseFloat(span.closest<HTMLElement>('.view-line')?.style.top ?? '0'),
      }),
    );
    found.sort((a, b) => a.line - b.line);
    return found.filter(({ style }) => style.width === '3px').map(({ style }) => style.backgroundColor);
  });
}

/** Neighbours of one look become one piece: lines break pieces anywhere. */
export function merged(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const { text, look } of pieces) {
    const last = result.at(-1);
    if (last?.look === look) result[result.length - 1] = { look, text: last.text + text };
    else if (text !== '') result.push({ text, look });
  }
  return result;
}
