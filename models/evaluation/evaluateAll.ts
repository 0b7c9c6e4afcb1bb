import { readConllu } from '../data/readConllu';
import { readTokenLayer, type TaggedExample } from '../data/taggedExample';
import { readTextFile } from '../data/textFile';
import type { BenchmarkSet, BenchmarkSets } from './benchmarkSets';
import { evaluateCalibration } from './evaluateCalibration';
import { evaluateLayer } from './evaluateLayer';
import { evaluateRawText } from './evaluateRawText';
import { RememberingTagger } from './rememberingTagger';
import type { Score } from './score';
import type { RawTextScores } from './scoreRawText';
import { Tagger } from '../taggers/tagger';

/** Expected calibration error in [0, 1] without and with the head's temperature. */
export interface CalibrationErrors {
  readonly before: number;
  readonly after: number;
}

/** Scores on gold tokens. */
export interface TokenSetScores {
  readonly data: string;
  readonly words: number;
  readonly accuracy: number;
  readonly tags: Readonly<Record<string, Score>>;
  readonly calibration: CalibrationErrors;
}

export interface RawSetScores extends RawTextScores {
  readonly data: string;
}

export interface SpanSetScores {
  readonly data: string;
  readonly words: number;
  readonly all: Score;
  readonly types: Readonly<Record<string, Score>>;
  readonly calibration: CalibrationErrors;
}

/** Everything that the model card says of accuracy. */
export interface AllScores {
  readonly pos: readonly TokenSetScores[];
  readonly raw: readonly RawSetScores[];
  readonly ner: readonly SpanSetScores[];
}

/** Called with the name of a data set before it is scored, and how many of all are done. */
export type SetProgress = (name: string, done: number, total: number) => void;

/**
 * Scores the layers `pos` and `ner` of a tagger on every set that has them; a layer that it lacks is left out. Each
 * sentence is tagged once with the temperature of its head and once without.
 * @throws InputError at the first broken line of a file
 */
export async function evaluateAll(
  tagger: Tagger,
  sets: BenchmarkSets,
  onSet: SetProgress = () => undefined,
): Promise<AllScores> {
  const kinds = new Map(tagger.layers.map(({ name, kind }) => [name, kind]));
  const posSets = kinds.get('pos') === 'token' ? sets.pos : [];
  const nerSets = kinds.get('ner') === 'span' ? sets.ner : [];
  const after = new RememberingTagger(tagger);
  const plain = new RememberingTagger(withoutTemperature(tagger));
  const taggersOf = (layer: string): Taggers => {
    const temperature = tagger.heads.find(({ head }) => head.layer.name === layer)?.temperature;
    return { after, before: temperature === 1 ? after : plain };
  };
  const total = 2 * posSets.length + nerSets.length;
  const scores = { pos: [] as TokenSetScores[], raw: [] as RawSetScores[], ner: [] as SpanSetScores[] };
  const next = ({ name }: BenchmarkSet, kind: string): void => {
    onSet(`${name}, ${kind}`, scores.pos.length + scores.raw.length + scores.ner.length, total);
  };
  for (const set of posSets) {
    next(set, 'gold tokens');
    scores.pos.push(await scoreTokens(taggersOf('pos'), set));
    next(set, 'raw text');
    const gold = [...readConllu(await readTextFile(set.file), set.file)];
    const raw = await evaluateRawText(after, 'pos', gold, { file: set.file });
    scores.raw.push({ data: set.name, ...raw });
  }
  for (const set of nerSets) {
    next(set, 'entities');
    scores.ner.push(await scoreSpans(taggersOf('ner'), set));
  }
  return scores;
}

interface Taggers {
  readonly before: RememberingTagger;
  readonly after: RememberingTagger;
}

async function calibrationErrors(
  { before, after }: Taggers,
  layer: string,
  examples: readonly TaggedExample[],
): Promise<CalibrationErrors> {
  return {
    before: (await evaluateCalibration(before, layer, examples)).error,
    after: (await evaluateCalibration(after, layer, examples)).error,
  };
}

const wordsOf = (examples: readonly TaggedExample[]): number =>
  examples.reduce((sum, { forms }) => sum + forms.length, 0);

async function scoreTokens(taggers: Taggers, { name, file }: BenchmarkSet): Promise<TokenSetScores> {
  const examples = await readTokenLayer(file, { layer: 'pos', kind: 'token' });
  const scores = await evaluateLayer(taggers.after, 'pos', examples);
  if (scores.kind !== 'token') throw new Error('pos is a token layer');
  return {
    data: name,
    words: wordsOf(examples),
    accuracy: scores.scorer.accuracy,
    tags: Object.fromEntries(scores.scorer.byTag()),
    calibration: await calibrationErrors(taggers, 'pos', examples),
  };
}

async function scoreSpans(taggers: Taggers, { name, file }: BenchmarkSet): Promise<SpanSetScores> {
  const examples = await readTokenLayer(file, { layer: 'ner', kind: 'span' });
  const scores = await evaluateLayer(taggers.after, 'ner', examples);
  if (scores.kind !== 'span') throw new Error('ner is a span layer');
  return {
    data: name,
    words: wordsOf(examples),
    all: scores.scorer.overall(),
    types: Object.fromEntries(scores.scorer.byLabel()),
    calibration: await calibrationErrors(taggers, 'ner', examples),
  };
}

/** The same tagger with its probabilities as they were before calibration. It shares all parts; dispose one of them. */
export function withoutTemperature({ modelId, embedder, heads }: Tagger): Tagger {
  return new Tagger(
    modelId,
    embedder,
    heads.map((head) => ({ ...head, temperature: 1 })),
  );
}
