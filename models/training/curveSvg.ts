import type { CurvePoint } from './lmCurve';

const size = { width: 640, height: 360 };
const box = { left: 60, right: 620, top: 30, bottom: 310 };
const directions = [
  { key: 'forward', name: 'forwards', color: '#0b5cad', dashes: '' },
  { key: 'backward', name: 'backwards', color: '#b45309', dashes: '6 3' },
] as const;

/** Round numbers within [low, high], 1, 2 or 5 times a power of ten apart, at most seven of them. */
function ticks(low: number, high: number): number[] {
  const power = 10 ** Math.floor(Math.log10((high - low || 1) / 5));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((width) => (high - low) / width <= 6)!;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, k) =>
    Number(((first + k) * step).toPrecision(12)),
  );
}

/** Held-out perplexity over tokens of training as a picture (SVG); the perplexity on a logarithmic axis. */
export function curveSvg(curve: readonly CurvePoint[]): string {
  const points = curve.filter(({ forward, backward }) => forward > 0 && backward > 0);
  const values = points.flatMap(({ forward, backward }) => [forward, backward]);
  const [low, high] = values.length > 0 ? [Math.min(...values) * 0.95, Math.max(...values) * 1.05] : [1, 10];
  const most = Math.max(...points.map(({ tokens }) => tokens), 1) / 1e6;
  const x = (millions: number): string => (box.left + (millions / most) * (box.right - box.left)).toFixed(1);
  const y = (perplexity: number): string => {
    const share = Math.log(perplexity / low) / Math.log(high / low);
    return (box.bottom - share * (box.bottom - box.top)).toFixed(1);
  };
  const label = (at: string, text: string | number): string => `<text ${at}>${text}</text>`;
  const across = ticks(0, most).flatMap((tick) => [
    `<path d="M${x(tick)} ${box.bottom}v5" stroke="#57606a"/>`,
    label(`x="${x(tick)}" y="${box.bottom + 20}" text-anchor="middle"`, tick),
  ]);
  const up = ticks(low, high).flatMap((tick) => [
    `<path d="M${box.left} ${y(tick)}H${box.right}" stroke="#d0d7de"/>`,
    label(`x="${box.left - 8}" y="${Number(y(tick)) + 4}" text-anchor="end"`, tick),
  ]);
  const lines = directions.flatMap(({ key, name, color, dashes }, k) => {
    const path = points.map((point) => `${x(point.tokens / 1e6)},${y(point[key])}`).join(' ');
    const dash = dashes ? ` stroke-dasharray="${dashes}"` : '';
    const at = box.top + 14 + 18 * k;
    return [
      `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"${dash}/>`,
      `<path d="M${box.right - 110} ${at - 4}h24" stroke="${color}" stroke-width="2"${dash}/>`,
      label(`x="${box.right - 80}" y="${at}"`, name),
    ];
  });
  const middle = (box.left + box.right) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12" fill="#24292f">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...up,
    ...across,
    `<path d="M${box.left} ${box.top}V${box.bottom}H${box.right}" fill="none" stroke="#57606a"/>`,
    ...lines,
    label(`x="${box.left}" y="${box.top - 12}"`, 'Held-out perplexity'),
    label(`x="${middle}" y="${size.height - 12}" text-anchor="middle"`, 'million tokens of training'),
    '</svg>',
    '',
  ].join('\n');
}
