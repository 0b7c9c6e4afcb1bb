// npm run tutorial tagging: a BiLSTM with a CRF on ELMo's vectors finds food, amounts and tools in recipes, learned
// from about a hundred sentences. The biLM stays as it is.
import { loadBackend, loadTagger, textWords, trainConfig, trainTagger } from 'glossator';
import { learningCurve } from './terminal/learningCurve.mjs';

await loadBackend();
const config = trainConfig({
  layers: [
    {
      name: 'recipe',
      kind: 'span',
      train: 'samples/elmo-tutorial/recipes.train.tsv',
      dev: 'samples/elmo-tutorial/recipes.dev.tsv',
      head: { cells: 64, wordSize: 0, dropout: 0.4 },
      batchPlaces: 160,
      epochs: 30,
      patience: 10,
    },
  ],
});
await learningCurve(trainTagger(config, '.runs/tutorial-tagging'));

const tagger = await loadTagger('.runs/tutorial-tagging');
const [forms] = textWords('Stir a spoonful of tahini into the beetroot with a small whisk.');
const [{ recipe }] = await tagger.tag([forms]);
if (recipe.kind === 'span')
  for (const { start, end, label, probability } of recipe.spans)
    console.log(`${label} (${Math.round(100 * probability)} %): ${forms.slice(start, end).join(' ')}`);
tagger.dispose();
