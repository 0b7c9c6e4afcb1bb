// The base model of the figures on another domain (docs/retraining.md): an entity head that never saw some sources, and
// the `pos` head of the embedded model, whose treebank holds none of them.
//   npx tsc -b
//   node out/test/bench/withoutSources.js data NER_DIR DIR wnut17,tweebank-ner   # DIR/train.tsv, dev.tsv, train.json
//   node dist/cli.js train --config DIR/train.json --out DIR/ner
//   node out/test/bench/withoutSources.js join DIR/ner DIR/base
import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { loadBackend } from '../../models/backend';
import { readBio } from '../../models/data/taggedExample';
import { readTextFile } from '../../models/data/textFile';
import { BiLmEmbedder } from '../../models/embedders/biLmEmbedder';
import { pretrainedModel } from '../../models/packageRoot';
import { loadTagger } from '../../models/taggers/loadTagger';
import { writeModelDirectory } from '../../models/taggers/modelDirectory';

async function data(from: string, to: string, left: ReadonlySet<string>): Promise<void> {
  mkdirSync(to, { recursive: true });
  for (const [part, file] of [
    ['train', 'train.tsv.gz'],
    ['dev', 'dev.tsv'],
  ]) {
    const sources = (await readTextFile(path.join(from, `${part}.sources.txt`))).trim().split('\n');
    const examples = await readBio(path.join(from, file));
    if (examples.length !== sources.length) throw new Error(`${file} and its sources do not match.`);
    const kept = examples.filter((_, index) => !left.has(sources[index]));
    const lines = kept.map(({ forms, labels }) => forms.map((form, t) => `${form}\t${labels[t]}\n`).join(''));
    writeFileSync(path.join(to, `${part}.tsv`), lines.join('\n'));
    console.log(`${part}: ${kept.length} of ${examples.length} sentences`);
  }
  const { layers } = JSON.parse(await readTextFile(path.join(pretrainedModel(), 'train.json'))) as {
    layers: { name: string }[];
  };
  const ner = { ...layers.find(({ name }) => name === 'ner'), train: 'train.tsv', dev: 'dev.tsv' };
  const biLm = path.relative(to, pretrainedModel());
  writeFileSync(
    path.join(to, 'train.json'),
    JSON.stringify({ language: 'en', seed: 1, biLm, layers: [ner] }, null, 2),
  );
}

async function join(ner: string, to: string): Promise<void> {
  await loadBackend('auto');
  const [whole, trained] = [await loadTagger(pretrainedModel()), await loadTagger(ner)];
  if (!(whole.embedder instanceof BiLmEmbedder)) throw new Error('The embedded model has no biLM.');
  if (whole.embedder.id !== trained.embedder.id) throw new Error('They have different biLMs.');
  const { embedder } = whole;
  const heads = whole.heads.map(
    (head) => trained.heads.find((other) => other.head.layer.name === head.head.layer.name) ?? head,
  );
  console.log(await writeModelDirectory(to, { language: 'en', embedder, heads, training: {} }));
}

const [task, from, to, sources = ''] = process.argv.slice(2);
void (task === 'data' ? data(from, to, new Set(sources.split(','))) : join(from, to));
