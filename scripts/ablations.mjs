// `npm run ablations [-- NAME…] [--layer pos]`: trains the heads of the embedded model with one thing changed
// (models/ablations/NAME.json), scores them on dev and test, and writes models/ablations/results.json.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from './paths.mjs';
import { lastLine, run } from './run.mjs';
import { setUpOrExit } from './setup.mjs';

const pretrained = path.join(root, 'models', 'pretrained');
const folder = path.join(root, 'models', 'ablations');
const resultsFile = path.join(folder, 'results.json');
const work = path.join(root, '.runs', 'ablations');

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const asJson = (value) => `${JSON.stringify(value, null, 2)}\n`;
const embedderChecksum = () =>
  readJson(path.join(pretrained, 'config.json')).checksums['embedder.safetensors'];

/** The configuration of the embedded model with absolute paths, one thing changed, and the layers asked for. */
export function ablatedConfig(base, { head = {}, layer: settings = {} }, layers, directory) {
  const resolve = (name) => path.resolve(directory, name);
  return {
    ...base,
    biLm: directory,
    layers: base.layers
      .filter(({ name }) => layers.length === 0 || layers.includes(name))
      .map((layer) => ({
        ...layer,
        ...settings,
        train: resolve(layer.train),
        dev: resolve(layer.dev),
        head: { ...layer.head, ...head },
      })),
  };
}

/** Runs our command line; what it says goes to this terminal, unless the caller wants its output. */
async function glossator(args, inherit) {
  const cli = path.join(root, 'dist', 'cli.js');
  const { status, output } = await run(process.execPath, [cli, ...args], { cwd: root, inherit });
  if (status !== 0)
    throw new Error(`glossator ${args[0]} failed: ${inherit ? 'see above' : lastLine(output)}`);
  return output;
}

/** Trains a variant unless just this one is there already. Answers its model directory. */
async function train(name, config) {
  const model = path.join(work, name, 'model');
  const file = path.join(work, name, 'train.json');
  const stamp = asJson({ config, embedder: embedderChecksum() });
  const stampFile = path.join(work, name, 'trained.json');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return model;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, asJson(config));
  await glossator(['train', '--config', file, '--out', model], true);
  writeFileSync(stampFile, stamp);
  return model;
}

/** Accuracy or F1 of a layer on its dev set and on the test set beside it. */
async function score(model, { name, dev }) {
  const scores = {};
  for (const part of ['dev', 'test']) {
    const data = path.join(path.dirname(dev), path.basename(dev).replace('dev', part));
    const output = await glossator(
      ['eval', '--model', model, '--layer', name, '--data', data, '--json'],
      false,
    );
    const { accuracy, f1 } = JSON.parse(output.slice(output.lastIndexOf('{')));
    scores[part] = accuracy ?? f1;
    console.log(`${path.relative(root, model)}, ${name}, ${part}: ${(100 * scores[part]).toFixed(2)}`);
  }
  return scores;
}

/** Adds scores to the results, in place of older ones; those of another biLM are dropped. */
function record(name, entry) {
  const embedder = embedderChecksum();
  const found = existsSync(resultsFile) ? readJson(resultsFile) : null;
  const kept = found?.embedder === embedder ? found.results : [];
  const before = kept.find((result) => result.name === name) ?? {};
  const order = [...variants(), 'mix'];
  const results = [...kept.filter((result) => result.name !== name), { ...before, ...entry }];
  results.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  writeFileSync(`${resultsFile}.tmp`, asJson({ embedder, results }));
  renameSync(`${resultsFile}.tmp`, resultsFile);
}

/** Names of the variants; the one without the biLM first. */
function variants() {
  const names = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'results.json');
  return names.map((file) => path.basename(file, '.json')).sort((a, b) => (a === 'no-bilm' ? -1 : b === 'no-bilm' ? 1 : a < b ? -1 : 1)); // prettier-ignore
}

async function main() {
  const { values, positionals } = parseArgs({
    options: { layer: { type: 'string', multiple: true, default: [] } },
    allowPositionals: true,
  });
  const known = [...variants(), 'mix'];
  const names = positionals.length > 0 ? positionals : known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no ablation "${unknown}"; there are ${known.join(', ')}.`);
    process.exit(2);
  }
  const base = readJson(path.join(pretrained, 'train.json'));
  const missing = base.layers.map(({ dev }) => path.resolve(pretrained, dev)).find((dev) => !existsSync(dev));
  if (missing !== undefined) {
    console.error(`The ablations need ${path.relative(process.cwd(), missing)}, which is not here.`);
    process.exit(2);
  }
  await setUpOrExit();
  for (const name of names) {
    const isMix = name === 'mix';
    const variant = isMix ? { title: 'and a mix of all three' } : readJson(path.join(folder, `${name}.json`));
    const config = ablatedConfig(base, variant, values.layer, pretrained);
    const model = isMix ? pretrained : await train(name, config);
    const entry = { name, title: variant.title };
    for (const layer of config.layers) entry[layer.name] = await score(model, layer);
    record(name, entry);
  }
  console.log(`Wrote ${path.relative(process.cwd(), resultsFile)}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
