import type { LayerPrediction } from '../taggers/prediction';
import type { Tagger } from '../taggers/tagger';
import type { PlacedSentence } from '../text/placedSentence';
import { placeOf, predictedSpans } from './layerMeasure';
import type { RetrainingText } from './retrainingText';
import type { Flip } from './runRecord';

/** Flips that a record keeps, and sentences that are looked at. */
const mostFlips = 200;
const mostSentences = 500;
/** Tags the smoke test where there is nothing else to tag. */
const smoke = [['Ada', 'wrote', 'to', 'Paris', '.']];

/**
 * What the new model says otherwise than the one that serves.
 * @param names texts to look at; by default those without labels
 */
export async function findFlips(
  before: Tagger,
  after: Tagger,
  texts: readonly RetrainingText[],
  names?: readonly string[],
  signal?: AbortSignal,
): Promise<Flip[]> {
  const chosen = texts.filter(({ name, labels }) => names?.includes(name) ?? labels.length === 0);
  const places = chosen
    .flatMap((text) => text.sentences.map((sentence) => ({ text, sentence })))
    .slice(0, mostSentences);
  const forms = places.length > 0 ? places.map(({ sentence }) => sentence.content.forms) : smoke;
  const [old, renewed] = [await before.tag(forms, { signal }), await after.tag(forms, { signal })];
  const flips: Flip[] = [];
  places.forEach((place, index) => {
    for (const { name } of after.layers) {
      const own = flipsIn(place, old[index][name], renewed[index][name]);
      flips.push(...own.map((flip) => ({ ...flip, layer: name })));
    }
  });
  return flips.sort((a, b) => b.probability - a.probability).slice(0, mostFlips);
}

function flipsIn(
  place: { text: RetrainingText; sentence: PlacedSentence },
  old: LayerPrediction | undefined,
  renewed: LayerPrediction,
): Omit<Flip, 'layer'>[] {
  const was = old ? predictedSpans(old) : [];
  const is = predictedSpans(renewed);
  const key = ({ start, end }: { start: number; end: number }): string => `${start} ${end}`;
  const wasAt = new Map(was.map((span) => [key(span), span]));
  const isAt = new Map(is.map((span) => [key(span), span]));
  const rowsOf = (span: { start: number; end: number }) =>
    renewed.kind === 'sentence' ? { start: 0, end: Infinity } : span;
  const changed = is.flatMap((span) => {
    const before = wasAt.get(key(span));
    if (before?.label === span.label) return [];
    const { label: after, probability } = span;
    return [{ ...placeOf(place, rowsOf(span)), before: before?.label ?? null, after, probability }];
  });
  const gone = was.flatMap((span) => {
    if (isAt.has(key(span))) return [];
    const { label: before, probability } = span;
    return [{ ...placeOf(place, rowsOf(span)), before, after: null, probability }];
  });
  return [...changed, ...gone];
}
