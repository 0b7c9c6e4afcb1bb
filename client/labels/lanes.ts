/** Lanes that can be told apart within one line of text; deeper nesting shares the last. */
const LANES = 4;

/**
 * The lane of each span, so that spans that overlap are drawn within each other: one further in than every span that
 * begins before it and reaches into it.
 * @param spans by start, the longer first
 */
export function lanesOf(spans: readonly { readonly start: number; readonly end: number }[]): number[] {
  let open: { readonly end: number; readonly lane: number }[] = [];
  return spans.map(({ start, end }) => {
    open = open.filter((before) => before.end > start);
    const lane = Math.min(LANES - 1, 1 + Math.max(-1, ...open.map((before) => before.lane)));
    open.push({ end, lane });
    return lane;
  });
}
