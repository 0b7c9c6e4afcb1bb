import { readWeights, writeWeights } from '../nn/parameters';
import type { Random } from '../random';
import type { LayerHead } from '../taggers/layerHead';
import type { EmbeddedCorpus } from '../training/embeddedCorpus';
import { headScores, HeadTrainer } from '../training/headTrainer';
import { expectationsOf, type HeadTarget, targetObjective } from './headTarget';
import { guessedTarget, knownTarget, openTarget, setPrior } from './knownTargets';
import type { KnownSentence } from './layerKnowledge';
import { NegativeSample } from './negativeSample';
import type { RetrainSettings } from './retrainSettings';

/** Sentences to train on: first those of which something is known, then those that only the teacher speaks of. */
export interface HeadLesson {
  readonly corpus: EmbeddedCorpus;
  readonly known: readonly KnownSentence[];
  /** True where the head is new: it has nothing to remember. */
  readonly isNew: boolean;
}

export interface EpochResult {
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
}

/** Sentences without labels in an epoch: a few labels are learnt in seconds, and each epoch takes others. */
const rehearsed = (known: number): number => Math.max(60, 2 * known);

/**
 * Trains a head on partly labelled sentences. What it made of them before, given the labels, is its own teacher in what
 * the labels leave open, and in sentences without labels; in the end its weights are mixed with those before.
 */
export async function* trainLayerHead(
  head: LayerHead,
  { corpus, known, isNew }: HeadLesson,
  settings: RetrainSettings,
  random: Random,
): AsyncGenerator<EpochResult, void> {
  const targets = corpus.sentences.map((forms, index): HeadTarget => {
    const rows = head.rows(forms.length);
    if (index < known.length) return knownTarget(known[index], head.tagSet, rows);
    return isNew ? guessedTarget(head.tagSet, rows) : openTarget(rows);
  });
  const before = isNew ? null : await readWeights(head.variables());
  if (!isNew)
    await addTeacher(head, corpus, targets, (index) =>
      index < known.length ? settings.teacherWeight : settings.rehearsalWeight,
    );
  const negatives = isNew && known.length < targets.length ? new NegativeSample(targets, head.tagSet) : null;
  if (!negatives) setPrior(targets, head.tagSet, settings.prior);
  const epochs = isNew ? settings.newEpochs : settings.epochs;
  const learningRate = isNew ? settings.newLearningRate : settings.learningRate;
  const options = { epochs, learningRate, batchPlaces: settings.batchPlaces };
  const objective = targetObjective(head, targets);
  const labelled = known.map((_, index) => index);
  const unlabelled = corpus.sentences.map((_, index) => index).slice(known.length);
  const trainer = new HeadTrainer(head, { corpus, labels: [] }, options, random, null, objective);
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      let loss = NaN;
      negatives?.draw(random);
      const among = [...labelled, ...random.shuffle(unlabelled).slice(0, rehearsed(known.length))];
      for await (const step of trainer.epoch(among)) loss = step.loss;
      yield { epoch, epochs, loss };
    }
  } finally {
    trainer.dispose();
  }
  if (!before) return;
  const after = await readWeights(head.variables());
  const { mix } = settings;
  writeWeights(
    head.variables(),
    new Map(
      [...after].map(([name, { shape, data }]) => {
        const old = before.get(name)!.data;
        return [name, { shape, data: data.map((value, k) => mix * value + (1 - mix) * old[k]) }];
      }),
    ),
  );
}

/** Lets the head as it is now say what it makes of every sentence. */
async function addTeacher(
  head: LayerHead,
  corpus: EmbeddedCorpus,
  targets: HeadTarget[],
  weightOf: (index: number) => number,
): Promise<void> {
  const scores = await headScores(head, corpus);
  const crf = head.crfScores();
  targets.forEach((target, index) => {
    const teacher = expectationsOf(scores[index], head.tagSet.size, crf, target.weights ?? undefined);
    targets[index] = { ...target, teacher, teacherWeight: weightOf(index) };
  });
}
