// npm run tutorial classification: a Dense layer on ELMo's vectors of a text tells questions, reports and requests
// apart. The biLM stays as it is; the head is learned from 300 texts, a fifth of which are held out to judge it.
import { loadBackend, loadTagger, textWords, trainConfig, trainTagger } from 'glossator';
import { learningCurve } from './terminal/learningCurve.mjs';

await loadBackend();
const config = trainConfig({
  layers: [{ name: 'feedback', kind: 'sentence', train: 'samples/feedback.tsv' }],
});
await learningCurve(trainTagger(config, '.runs/tutorial-classification'));

const tagger = await loadTagger('.runs/tutorial-classification');
const texts = [
  'The guide made the whole castle come alive for our children.',
  'Please put a bench near the tall windows.',
  'Is there a place to leave a pushchair?',
];
for (const text of texts) {
  const [{ feedback }] = await tagger.tag([textWords(text).flat()]);
  if (feedback.kind !== 'sentence') continue;
  const [{ label, probability }] = feedback.labels; // the most probable comes first
  console.log(`${label} (${Math.round(100 * probability)} %): ${text}`);
}
tagger.dispose();
