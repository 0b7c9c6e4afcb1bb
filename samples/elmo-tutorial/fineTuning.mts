// npm run tutorial fineTuning: the head of the program before once more, frozen and with ELMo's upper LSTM layer
// trained along, at a lower rate than the head.
import { loadBackend, trainConfig, trainTagger, type TrainSettings } from 'glossator';
import { learningCurve } from './terminal/learningCurve.mjs';

const recipes: TrainSettings['layers'][number] = {
  name: 'recipe',
  kind: 'span',
  train: 'samples/elmo-tutorial/recipes.train.tsv',
  dev: 'samples/elmo-tutorial/recipes.dev.tsv',
  head: { cells: 64, wordSize: 0, dropout: 0.4 },
  batchPlaces: 160,
  epochs: 30,
  patience: 10,
};

await loadBackend();
console.log('Frozen');
await learningCurve(trainTagger(trainConfig({ layers: [recipes] }), '.runs/tutorial-frozen'));
console.log('Upper LSTM layer trained, too');
const fineTune = { layers: ['lstm2'], learningRate: 5e-4, warmup: 20 };
const tuned = trainConfig({ layers: [{ ...recipes, fineTune }] });
await learningCurve(trainTagger(tuned, '.runs/tutorial-tuned'));
