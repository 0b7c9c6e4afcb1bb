import type { Embedder } from '../embedders/embedder';
import { drawn } from '../nn/parameters';
import { Random } from '../random';
import { createHead } from '../taggers/createHead';
import { headOptionsSchema } from '../taggers/headOptions';
import type { LayerHead } from '../taggers/layerHead';
import { sentenceHeadOptionsSchema } from '../taggers/sentenceHeadOptions';
import type { TaggerHead } from '../taggers/tagger';
import type { EmbeddedCorpus } from '../training/embeddedCorpus';
import { contentFraction } from '../training/heldOut';
import { headScores } from '../training/headTrainer';
import { Vocabulary } from '../vocab/vocabulary';
import { growHead } from './growHead';
import { labelFrequency } from './labelFrequency';
import type { KnownSentence, LayerKnowledge } from './layerKnowledge';
import type { RetrainSettings } from './retrainSettings';
import type { LayerRecord } from './runRecord';
import { type EpochResult, trainLayerHead } from './trainLayerHead';
import { UnseenScores } from './unseenScores';

/** Share of the sentences that is held out, and the number of folds where there are too few for that. */
const heldOutShare = 0.2;
const folds = 3;
/** Label frequency from which labels count as nearly complete where no sentence was reviewed. */
const mostLabelled = 0.8;

/** What one layer is retrained on. */
export interface LayerPlan {
  readonly knowledge: LayerKnowledge;
  /** The head to start from; null for a new layer. */
  readonly start: TaggerHead | null;
  /** The head that serves now, to compare with; null where there is none, or it learnt from what is held out. */
  readonly serving: TaggerHead | null;
  /** Vectors of the known sentences, in their order, and of unlabelled ones behind them. */
  readonly corpus: EmbeddedCorpus;
  readonly embedder: Embedder;
  readonly settings: RetrainSettings;
  readonly seed: number;
}

export interface RetrainedLayer {
  readonly trained: TaggerHead;
  readonly record: LayerRecord;
}

/** An epoch of one of the trainings of a layer. */
export interface LayerEpoch extends EpochResult {
  readonly dev: number | null;
  /** Which training of how many, from 1: each fold is one. */
  readonly training: number;
  readonly trainings: number;
}

/** How the scores of a layer with so many labelled sentences are taken. */
export function measuredBy({ known }: LayerKnowledge, settings: RetrainSettings): LayerRecord['measuredBy'] {
  const telling = known.filter(({ spans, reviewed }) => spans.length > 0 || reviewed).length;
  if (telling >= settings.heldOutFrom) return 'held-out';
  return telling >= settings.foldsFrom ? 'cross-validation' : 'none';
}

/** Trainings that a layer takes. */
export const trainingsOf = (how: LayerRecord['measuredBy']): number =>
  how === 'cross-validation' ? folds + 1 : 1;

function newHead({ knowledge, embedder, seed }: LayerPlan): LayerHead {
  const { layer } = knowledge;
  // A few dozen labels do not teach vectors of single words.
  const options =
    layer.kind === 'sentence'
      ? sentenceHeadOptionsSchema.parse({})
      : headOptionsSchema.parse({ cells: 64, wordSize: 0, dropout: 0.4 });
  return createHead(layer, options, new Vocabulary([]), embedder, drawn(new Random(seed)));
}

/**
 * Sentences without labels that a new span layer learns from, by guesses which of their words have no label
 * (`NegativeSample`): half as many as were labelled. None where much was left out: an entity may stand in each of them then.
 */
function guessedSentences({ layer, known }: LayerKnowledge): number {
  if (layer.kind !== 'span' || labelFrequency(known) < mostLabelled) return 0;
  return Math.ceil(known.filter(({ reviewed }) => !reviewed).length / 2);
}

const fractionOf = ({ sentence }: KnownSentence): number => contentFraction(sentence.content.forms);

/** Retrains and measures one layer. @returns the new head, owned by the caller */
export async function* retrainLayer(plan: LayerPlan): AsyncGenerator<LayerEpoch, RetrainedLayer> {
  const { knowledge, corpus, start, serving, settings } = plan;
  const { known, layer } = knowledge;
  const how = measuredBy(knowledge, settings);
  const trainings = trainingsOf(how);
  const all = known.map((_, index) => index);
  const isHeld = known.map((sentence) => fractionOf(sentence) < heldOutShare);
  const before = new UnseenScores();
  const after = new UnseenScores();
  const curve: LayerRecord['curve'][number][] = [];

  const judge = async (head: LayerHead, indices: readonly number[], into: UnseenScores) => {
    const scores = await headScores(head, corpus.subset(indices));
    into.add(
      head,
      indices.map((index) => known[index]),
      scores,
    );
  };
  const startTemperature = start?.temperature ?? null;

  async function* train(
    training: number,
    on: readonly number[],
    dev: readonly number[],
  ): AsyncGenerator<LayerEpoch, LayerHead> {
    const head = start ? await growHead(start.head, layer, plan.embedder) : newHead(plan);
    let isDone = false;
    try {
      const others = corpus.sentences.map((_, k) => k).slice(known.length);
      const rest = start ? others : others.slice(0, guessedSentences(knowledge));
      const lesson = {
        corpus: corpus.subset([...on, ...rest]),
        known: on.map((index) => known[index]),
        isNew: start === null,
      };
      for await (const epoch of trainLayerHead(head, lesson, settings, new Random(plan.seed))) {
        const onDev = new UnseenScores();
        if (dev.length > 0) await judge(head, dev, onDev);
        const score = dev.length > 0 ? onDev.measure(layer.kind, 1).score : null;
        if (training === trainings) curve.push({ epoch: epoch.epoch, loss: epoch.loss, dev: score });
        yield { ...epoch, dev: score, training, trainings };
      }
      isDone = true;
      return head;
    } finally {
      if (!isDone) head.dispose();
    }
  }

  if (how === 'cross-validation')
    for (let fold = 0; fold < folds; fold++) {
      const isOut = known.map((sentence) => Math.floor(fractionOf(sentence) * folds) === fold);
      const out = all.filter((index) => isOut[index]);
      const head = yield* train(
        fold + 1,
        all.filter((index) => !isOut[index]),
        [],
      );
      await judge(head, out, after);
      head.dispose();
      if (serving) await judge(serving.head, out, before);
    }
  const held = how === 'held-out' ? all.filter((index) => isHeld[index]) : [];
  const head = yield* train(
    trainings,
    how === 'held-out' ? all.filter((index) => !isHeld[index]) : all,
    held,
  );
  if (how === 'held-out') {
    await judge(head, held, after);
    if (serving) await judge(serving.head, held, before);
  }
  const temperature = after.fit(startTemperature);
  const measured = after.measureRefitted(layer.kind, startTemperature);
  const record: LayerRecord = {
    layer,
    change: !start ? 'new' : isSame(start.head.layer.labels, layer.labels) ? 'trained' : 'changed',
    examples: knowledge.examples,
    measuredBy: how,
    before: serving && how !== 'none' ? before.measure(layer.kind, serving.temperature).scores() : null,
    after: how === 'none' ? null : measured.scores(),
    temperature,
    confusion: how === 'none' ? [] : measured.confusion(),
    curve,
    notices: knowledge.notices,
  };
  return { trained: { head, temperature: temperature.temperature }, record };
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((label, k) => label === b[k]);
