// `npm run bench:peers [-- --only wink,compromise,native,wasm] [--write]`: Glossator beside the taggers that
// JavaScript users can install today, on the same test sets. --write puts the tables into README.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';
import { INSTALLED } from './peers/installSize.mjs';
import { installPeers, peersDir } from './peers/installPeers.mjs';
import { buildLibrary, library } from './peers/library.mjs';
import { scoreNames, scoreUpos } from './peers/scorePeer.mjs';
import { run } from './run.mjs';
import { setUpOrExit } from './setup.mjs';

const CONTENDERS = {
  wink: { title: 'wink-nlp', peer: 'wink' },
  compromise: { title: 'compromise', peer: 'compromise' },
  native: { title: 'Glossator, native', peer: 'glossator', backend: 'native' },
  wasm: { title: 'Glossator, WebAssembly', peer: 'glossator', backend: 'wasm' },
};

const data = path.join(root, '..', 'shared', 'data');
const treebank = path.join(data, 'ud-ewt', 'test.conllu');
const names = path.join(data, 'ner', 'test.tsv');

/** The two test sets, and the texts in them that every tagger gets. */
async function readGold() {
  const { readConllu, readTextFile, readTokenLayer, sentenceText } = library();
  const pos = [...readConllu(await readTextFile(treebank), treebank)];
  const ner = await readTokenLayer(names, { layer: 'ner', kind: 'span' });
  const texts = { pos: pos.map(sentenceText), ner: ner.map(({ forms }) => forms.join(' ')) };
  return { pos, ner, texts };
}

/** Runs one tagger in a process of its own and scores what it said; null where it does not run here. */
async function measure(key, { peer, backend }, gold) {
  const [textsFile, outFile] = ['texts.json', `${key}.json`].map((name) => path.join(peersDir, name));
  writeFileSync(textsFile, JSON.stringify(gold.texts));
  const script = path.join(root, 'scripts', 'peers', 'measurePeer.mjs');
  const env = backend ? { GLOSSATOR_BACKEND: backend } : {};
  const { status, output } = await run(process.execPath, [script, peer, textsFile, outFile], { env });
  if (status !== 0 && backend === 'native') return null; // it need not be installed
  if (status !== 0) throw new Error(`${key} failed:\n${output}`);
  const { startUp, seconds, memory, tokens, names: spans } = JSON.parse(readFileSync(outFile, 'utf8'));
  const upos = scoreUpos(gold.pos, tokens);
  return {
    upos,
    names: spans && scoreNames(gold.ner, spans),
    startUp,
    wordsPerSecond: upos.gold / seconds,
    memory,
    installed: INSTALLED[key](),
  };
}

const percent = (fraction) => (100 * fraction).toFixed(1);
const megabytes = (bytes) => (bytes ? `${Math.round(bytes / 1e6)} MB` : '–');

/** Two significant digits: what a second run on the same machine would say, too. */
const rough = (value) => Number(value.toPrecision(2)).toLocaleString('en');

function peerRows(results) {
  return [
    ['tagger', 'UPOS, aligned words', 'UPOS, all words', 'names, F1', 'words/s', 'start-up', 'memory', 'installed'], // prettier-ignore
    ...results.map(({ title, upos, names: f1, startUp, wordsPerSecond, memory, installed }) => [
      title,
      percent(upos.right / upos.aligned),
      percent(upos.right / upos.gold),
      f1 ? percent(f1.f1) : '–',
      rough(wordsPerSecond),
      `${(startUp / 1000).toFixed(1)} s`,
      megabytes(memory),
      megabytes(installed),
    ]),
  ];
}

/** What scripts/ablations.mjs measured last. */
function ablationRows() {
  const file = path.join(root, 'models', 'ablations', 'results.json');
  if (!existsSync(file)) return null;
  const { results } = JSON.parse(readFileSync(file, 'utf8'));
  const cell = (value) => (value === undefined ? '–' : percent(value));
  return [
    ['head reads', 'UPOS dev', 'UPOS test', 'entities dev', 'entities test'],
    ...results.map(({ title, pos, ner }) => [title, ...[pos?.dev, pos?.test, ner?.dev, ner?.test].map(cell)]),
  ];
}

async function main(args) {
  for (const file of [treebank, names]) {
    if (existsSync(file)) continue;
    console.error(`bench:peers needs ${path.relative(process.cwd(), file)}, which is not here.`);
    process.exit(2);
  }
  const only = args.includes('--only')
    ? args[args.indexOf('--only') + 1].split(',')
    : Object.keys(CONTENDERS);
  const unknown = only.find((key) => !(key in CONTENDERS));
  if (unknown !== undefined) {
    console.error(`There is no tagger "${unknown}"; --only takes ${Object.keys(CONTENDERS).join(',')}.`);
    process.exit(2);
  }
  await setUpOrExit();
  await installPeers();
  mkdirSync(peersDir, { recursive: true });
  await buildLibrary();
  const readme = path.join(root, 'README.md');
  const { markdownTable, requireSection, textTable, writeSection } = library();
  if (args.includes('--write')) await requireSection(readme, 'peers');
  const gold = await readGold();
  const results = [];
  for (const key of only) {
    console.error(`Measuring ${CONTENDERS[key].title} …`);
    const result = await measure(key, CONTENDERS[key], gold);
    if (result) results.push({ title: CONTENDERS[key].title, ...result });
  }
  const tables = [peerRows(results), ablationRows()].filter(Boolean);
  console.log(tables.map(textTable).join('\n\n'));
  const markdown = tables.map(markdownTable).join('\n\n');
  if (args.includes('--write')) await writeSection(readme, 'peers', markdown);
  else console.log(`\n${markdown}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(process.argv.slice(2));
