/** A reproducible choice of `size` faults, in the order of the sources. */
export function sampleOf(faults, size, seed) {
  if (faults.length <= size) return faults;
  let state = seed >>> 0;
  const draw = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' generator
    return Math.floor((state / 2 ** 32) * below);
  };
  const order = faults.map((_, k) => k);
  for (let k = 0; k < size; k++) {
    const other = k + draw(order.length - k);
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order
    .slice(0, size)
    .sort((a, b) => a - b)
    .map((k) => faults[k]);
}

/** Wilson's interval of 95 % for `hits` of `tries`. */
export function interval(hits, tries) {
  const z = 1.96;
  const share = hits / tries;
  const scale = 1 + (z * z) / tries;
  const middle = (share + (z * z) / (2 * tries)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / tries + (z * z) / (4 * tries * tries));
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}

const percent = (share) => `${(100 * share).toFixed(0)} %`;
/** True for a fault that made a test fail, or not end. */
export const isNoticed = ({ verdict }) => verdict !== 'survived';
const oneLine = (text) => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
};

export const survivorLine = ({ place, kind, original, replacement }) =>
  `${place} ${kind}: ${oneLine(original)}  →  ${oneLine(replacement)}`;

/** One line for each source: how many of its faults were noticed. */
export function sourceLines(judged) {
  const sources = [...new Set(judged.map(({ source }) => source))];
  return sources.map((source) => {
    const own = judged.filter((fault) => fault.source === source);
    return `  ${source}.ts: ${own.filter(isNoticed).length} of ${own.length}`;
  });
}

/** The figure of a group, with its interval if only a sample of its faults was tried. */
export function groupLine(group, judged, all) {
  if (judged.length === 0) return `${group}: nothing to break`;
  const noticed = judged.filter(isNoticed).length;
  const late = judged.filter(({ verdict }) => verdict === 'late').length;
  const figure = `${group}: ${noticed} of ${judged.length} faults noticed, ${percent(noticed / judged.length)}`;
  const [low, high] = interval(noticed, judged.length);
  const sampled =
    judged.length < all ? `; a sample of ${all}, 95 %: ${percent(low)} to ${percent(high)}` : '';
  return `${figure} (${late} by not ending${sampled})`;
}
