import type { TagStyle } from './tagStyles';

/** A small picture of how a tag looks in the text, as a data URI of 16 by 16 pixels. */
export function swatch(kind: 'token' | 'span' | 'sentence', { line }: TagStyle, color: string): string {
  return asUri(shapeOf(kind, line, color));
}

/** A frame in the style of a border, as a data URI: what it tells of a span. */
export function borderSwatch(style: string, color: string): string {
  const pen = `fill="none" stroke="${color}" stroke-width="1.5" ${dashes(style)}`;
  return asUri(`<rect x="1" y="3" width="14" height="10" rx="2" ${pen}/>`);
}

/** A small check mark, as a data URI. */
export function checkMark(color: string): string {
  return asUri(`<path d="M4 8.5l2.5 2.5l5.5 -6" fill="none" stroke="${color}" stroke-width="1.5"/>`);
}

function asUri(shape: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">${shape}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

function shapeOf(kind: 'token' | 'span' | 'sentence', line: string, color: string): string {
  if (kind === 'sentence') return sentence(color);
  return kind === 'span' ? frame(line, color) : bar(line, color);
}

/** Two lines of text, and behind them the bar. */
function sentence(color: string): string {
  const text = `<path d="M1 5h8M1 10h6" stroke="${color}" stroke-opacity="0.5" stroke-width="2"/>`;
  return `${text}<rect x="11" y="2" width="3" height="12" rx="1" fill="${color}"/>`;
}

const DASHES: Readonly<Record<string, string>> = { dashed: '3 1.5', dotted: '1 1' };

/** A frame with sides of the widths that CSS names. */
function frame(widths: string, color: string): string {
  const [top = 0, right = top, bottom = top, left = right] = widths
    .split(' ')
    .map((part) => parseInt(part, 10));
  const side = (x: number, y: number, width: number, height: number): string =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${color}"/>`;
  const ground = `<rect y="2" width="16" height="12" rx="2" fill="${color}" fill-opacity="0.15"/>`;
  const sides = [
    side(0, 2, 16, top),
    side(16 - right, 2, right, 12),
    side(0, 14 - bottom, 16, bottom),
    side(0, 2, left, 12),
  ];
  return ground + sides.join('');
}

/** A word, and under it its line. */
function bar(textDecoration: string, color: string): string {
  const word = `<rect x="1" y="4" width="14" height="5" rx="1.5" fill="${color}"/>`;
  const [, style = 'none', size = '1px'] = textDecoration.split(' ');
  if (style === 'none') return word;
  const pen = `fill="none" stroke="${color}" stroke-width="${Number.parseInt(size, 10)}"`;
  if (style === 'wavy') return `${word}<path d="M1 13q1.75 -3 3.5 0t3.5 0t3.5 0t3.5 0" ${pen}/>`;
  const stroke = (y: number): string => `<path d="M1 ${y}h14" ${pen} ${dashes(style)}/>`;
  return word + (style === 'double' ? stroke(11.5) + stroke(14.5) : stroke(12.5));
}

function dashes(line: string): string {
  return line in DASHES ? `stroke-dasharray="${DASHES[line]}"` : '';
}
