import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { drawn } from '../../../models/nn/parameters';
import { Random } from '../../../models/random';
import { layerKnowledge } from '../../../models/retraining/layerKnowledge';
import { lessonSentences } from '../../../models/retraining/lessonSentences';
import { expectationsOf } from '../../../models/retraining/headTarget';
import type { KnownSentence } from '../../../models/retraining/layerKnowledge';
import { readRehearsal } from '../../../models/retraining/rehearsal';
import { retrainSettingsSchema } from '../../../models/retraining/retrainSettings';
import type { RetrainingText } from '../../../models/retraining/retrainingText';
import { trainLayerHead } from '../../../models/retraining/trainLayerHead';
import { createHead } from '../../../models/taggers/createHead';
import { headOptionsSchema } from '../../../models/taggers/headOptions';
import type { LayerHead } from '../../../models/taggers/layerHead';
import { segment } from '../../../models/text/segmenter';
import { EmbeddedCorpus } from '../../../models/training/embeddedCorpus';
import { headScores } from '../../../models/training/headTrainer';
import { Vocabulary } from '../../../models/vocab/vocabulary';
import { nerLayer, tinyEmbedder } from '../tinyModel';

const textOf = (text: string): RetrainingText => ({
  ...{ name: 'a.txt', text, sentences: segment(text, 'plain'), labels: [], placeOf: () => 'a.txt' },
});

describe('sentences to rehearse', () => {
  before(() => loadBackend('auto'));

  it('are there for English, each once and short', async () => {
    const sentences = await readRehearsal('en');
    assert.ok(sentences.length > 400, `${sentences.length} sentences`);
    assert.equal(new Set(sentences.map(({ key }) => key)).size, sentences.length);
    assert.ok(sentences.every(({ forms }) => forms.length <= 60));
  });

  for (const language of ['xx', '../en', 'en/../en', ''])
    it(`are none for the language “${language}”`, async () => {
      assert.deepEqual(await readRehearsal(language), []);
    });

  it('stand behind those of the texts, and no sentence twice', () => {
    const known = textOf('Ada met Bob. Carl left.');
    const layer = layerKnowledge([known], nerLayer);
    const own: KnownSentence = {
      ...{
        text: known,
        sentence: known.sentences[1],
        spans: [],
        rejected: [],
        reviewed: true,
        corrected: true,
      },
    };
    const learnt = { ...layer, known: [own] };
    const rehearsal = segment('Carl left. It rained. Ada met Bob.', 'plain').map(({ content }) => content);
    const { pool, placesOf } = lessonSentences([known], [learnt], rehearsal, 1);
    assert.deepEqual(
      pool.map(({ forms }) => forms.join(' ')),
      ['Carl left .', 'Ada met Bob .', 'It rained .'],
    );
    assert.deepEqual(placesOf(learnt), { known: [0], others: [1], rehearsed: [2] });
  });

  it('keep their tags better than without them, while the labels are learnt', async () => {
    const embedder = tinyEmbedder();
    const rehearsal = (await readRehearsal('en')).slice(0, 30);
    const labelled = segment('Ada met Bob in Rome. Carl saw Dora.', 'plain');
    const drift = async (withRehearsal: boolean): Promise<number> => {
      const options = headOptionsSchema.parse({ cells: 6 });
      const head = createHead(nerLayer, options, new Vocabulary([]), embedder, drawn(new Random(3)));
      const known = labelled.map((sentence) => ({
        ...{ text: textOf(''), sentence, rejected: [], reviewed: true, corrected: true },
        spans: [{ start: 0, end: 1, label: nerLayer.labels[0] }],
      }));
      const forms = [...labelled.map(({ content }) => content.forms), ...rehearsal.map(({ forms }) => forms)];
      const corpus = await embeddedBy(forms);
      const all = forms.map((_, index) => index);
      const judged = corpus.subset(all.slice(known.length));
      const before = await expectations(head, judged);
      const lesson = { corpus: withRehearsal ? corpus : corpus.subset([0, 1]), known, isNew: false };
      const settings = retrainSettingsSchema.parse({ epochs: 6, learningRate: 0.02, mix: 1 });
      for await (const _ of trainLayerHead(head, lesson, settings, new Random(1))) void _;
      const after = await expectations(head, judged);
      head.dispose();
      return before.reduce((sum, value, at) => sum + Math.abs(value - after[at]), 0) / before.length;
    };
    const embeddedBy = async (forms: readonly (readonly string[])[]): Promise<EmbeddedCorpus> => {
      const steps = EmbeddedCorpus.of(forms, embedder);
      let step = await steps.next();
      while (!step.done) step = await steps.next();
      return step.value;
    };
    const expectations = async (head: LayerHead, corpus: EmbeddedCorpus): Promise<number[]> =>
      (await headScores(head, corpus)).flatMap((scores) => [
        ...expectationsOf(scores, head.tagSet.size, head.crfScores()).unary,
      ]);
    const tensors = tf.memory().numTensors;
    const [kept, drifted] = [await drift(true), await drift(false)];
    assert.equal(tf.memory().numTensors, tensors);
    assert.ok(kept < drifted / 2, `${kept} with, ${drifted} without`);
    embedder.dispose();
  });
});
