/**
 * A word with the place of its surface token among the characters of the text that are not blanks.
 * The words of a multiword token all carry the place of the whole token.
 */
export interface PlacedWord {
  readonly form: string;
  readonly tag: string;
  readonly start: number;
  readonly end: number;
  readonly multiword: boolean;
}

/**
 * Pairs the words of two segmentations of one text as `conll18_ud_eval.py` does (Zeman et al. 2018): single
 * words by place; wherever either side has multiword tokens, the words of the smallest stretch around them by
 * the longest common subsequence of their forms, case ignored.
 */
export function alignWords(
  gold: readonly PlacedWord[],
  system: readonly PlacedWord[],
): [PlacedWord, PlacedWord][] {
  const pairs: [PlacedWord, PlacedWord][] = [];
  let g = 0;
  let s = 0;
  while (g < gold.length && s < system.length) {
    const [a, b] = [gold[g], system[s]];
    if (a.multiword || b.multiword) {
      const stretch = multiwordStretch(gold, system, g, s);
      pairs.push(...commonSubsequence(stretch.gold, stretch.system));
      g = stretch.goldEnd;
      s = stretch.systemEnd;
    } else if (a.start === b.start && a.end === b.end) {
      pairs.push([a, b]);
      g++;
      s++;
    } else if (a.start <= b.start) g++;
    else s++;
  }
  return pairs;
}

interface Stretch {
  readonly gold: readonly PlacedWord[];
  readonly system: readonly PlacedWord[];
  readonly goldEnd: number;
  readonly systemEnd: number;
}

/** The smallest stretch from here on that begins and ends at multiword tokens of neither side's middle. */
function multiwordStretch(
  gold: readonly PlacedWord[],
  system: readonly PlacedWord[],
  g: number,
  s: number,
): Stretch {
  let end: number;
  if (gold[g].multiword) {
    end = gold[g].end;
    if (!system[s].multiword && system[s].start < gold[g].start) s++;
  } else {
    end = system[s].end;
    if (!gold[g].multiword && gold[g].start < system[s].start) g++;
  }
  const [goldStart, systemStart] = [g, s];
  const beyond = (word: PlacedWord | undefined): boolean =>
    !word || (word.multiword ? word.start >= end : word.end > end);
  while (!beyond(gold[g]) || !beyond(system[s])) {
    const takeGold = g < gold.length && (s >= system.length || gold[g].start <= system[s].start);
    const word = takeGold ? gold[g++] : system[s++];
    if (word.multiword) end = Math.max(end, word.end);
  }
  return { gold: gold.slice(goldStart, g), system: system.slice(systemStart, s), goldEnd: g, systemEnd: s };
}

function commonSubsequence(
  gold: readonly PlacedWord[],
  system: readonly PlacedWord[],
): [PlacedWord, PlacedWord][] {
  const same = (g: number, s: number): boolean => gold[g].form.toLowerCase() === system[s].form.toLowerCase();
  // length[g][s]: of the longest common subsequence of the words from g and from s on.
  const length = Array.from({ length: gold.length + 1 }, () => new Array<number>(system.length + 1).fill(0));
  for (let g = gold.length - 1; g >= 0; g--)
    for (let s = system.length - 1; s >= 0; s--)
      length[g][s] = Math.max(same(g, s) ? 1 + length[g + 1][s + 1] : 0, length[g + 1][s], length[g][s + 1]);
  const pairs: [PlacedWord, PlacedWord][] = [];
  for (let g = 0, s = 0; g < gold.length && s < system.length;) {
    if (same(g, s)) pairs.push([gold[g++], system[s++]]);
    else if (length[g][s] === length[g + 1][s]) g++;
    else s++;
  }
  return pairs;
}
