// Frozen against fine-tuned on samples/feedback.tsv, by cross-validation: text k of the file is tested in fold k mod 5,
// and a fifth of the others is held out to stop by. Prints how many of the 300 texts are right, by seed.
//   npx tsc -b && node out/test/bench/fineTuning.js [SEEDS] [FINETUNE]
//   node out/test/bench/fineTuning.js 1,2,3 '{"layers":["lstm2"],"learningRate":1e-3,"warmup":20}'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadBackend } from '../../models/backend';
import { readSentenceLayer } from '../../models/data/sentenceExample';
import { loadTagger } from '../../models/taggers/loadTagger';
import { trainConfigSchema } from '../../models/training/trainConfig';
import { trainTagger } from '../../models/training/trainTagger';
import { pretrainedModel } from '../../models/packageRoot';

const folds = 5;
const lines = readFileSync('samples/feedback.tsv', 'utf8').trim().split('\n').slice(1);

/** @returns how many texts of the fold were labelled right */
async function runFold(fold: number, seed: number, fineTune: unknown, folder: string): Promise<number> {
  const part = (name: string, isTest: boolean): string => {
    const file = path.join(folder, name);
    const own = lines.filter((_, k) => (k % folds === fold) === isTest);
    writeFileSync(file, `text\tlabel\n${own.join('\n')}\n`);
    return file;
  };
  const layer = { name: 'feedback', kind: 'sentence', train: part('train.tsv', false), fineTune };
  const config = { ...trainConfigSchema.parse({ seed, layers: [layer] }), biLm: pretrainedModel() };
  const model = path.join(folder, 'model');
  for await (const progress of trainTagger(config, model)) void progress;
  const tagger = await loadTagger(model);
  const examples = await readSentenceLayer(part('test.tsv', true));
  const predictions = await tagger.tag(examples.map(({ forms }) => forms));
  tagger.dispose();
  return predictions.filter(
    ({ feedback }, k) => feedback.kind === 'sentence' && feedback.labels[0].label === examples[k].labels[0],
  ).length;
}

async function main([seeds = '1', fineTune]: readonly string[]): Promise<void> {
  await loadBackend('auto');
  const folder = mkdtempSync(path.join(tmpdir(), 'glossator-'));
  const choice: unknown = fineTune === undefined ? undefined : JSON.parse(fineTune);
  for (const seed of seeds.split(',').map(Number)) {
    let right = 0;
    for (let fold = 0; fold < folds; fold++) right += await runFold(fold, seed, choice, folder);
    console.log(`seed ${seed}: ${right} of ${lines.length}, ${((100 * right) / lines.length).toFixed(1)} %`);
  }
  rmSync(folder, { recursive: true });
}

void main(process.argv.slice(2));
