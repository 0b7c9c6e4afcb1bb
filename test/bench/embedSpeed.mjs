// Embeds the same sentences with Glossator and with PyTorch, in turn, and prints both speeds:
//   node test/bench/embedSpeed.mjs OPTIONS.json WEIGHTS.hdf5 SENTENCES.txt PYTHON [ROUNDS]
// PYTHON is an interpreter with torch, numpy and h5py. To compare one core with one core, start it under `taskset`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '../..');
const built = (name) => require(path.join(root, 'out/models', name));

/** Loads the model in this process, embeds once and gives the top layer of all tokens, flat. */
async function embed(options, weights, sentences) {
  const { name } = await built('backend').loadBackend('auto');
  const { openEmbedder } = built('embedders/openEmbedder');
  const { BiLmEmbedder } = built('embedders/biLmEmbedder');
  const { embedSentences } = built('embedders/sentenceVectors');
  const loading = performance.now();
  const { biLm } = await openEmbedder(`${options},${weights}`);
  const loadSeconds = (performance.now() - loading) / 1000;
  for await (const warm of embedSentences(sentences.slice(0, 2), new BiLmEmbedder(biLm), 'top')) void warm;
  const embedder = new BiLmEmbedder(biLm); // without the words of the first two sentences
  const cpu = process.cpuUsage();
  const wall = performance.now();
  const vectors = [];
  for await (const { layers } of embedSentences(sentences, embedder, 'top')) vectors.push(layers[0]);
  const seconds = (performance.now() - wall) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const tokens = sentences.reduce((sum, forms) => sum + forms.length, 0);
  return {
    report: { tokens, seconds, cpuSeconds: (user + system) / 1e6, loadSeconds, backend: name },
    vectors,
  };
}

const largestDifference = (vectors, file) => {
  const bytes = readFileSync(file);
  const others = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  let [largest, k] = [0, 0];
  for (const own of vectors)
    for (const value of own) largest = Math.max(largest, Math.abs(value - others[k++]));
  if (k !== others.length) throw new Error(`${k} numbers here, ${others.length} from PyTorch`);
  return largest;
};

const [options, weights, file, python, rounds = '3'] = process.argv.slice(2);
if (!python) {
  console.error(
    'Usage: node test/bench/embedSpeed.mjs OPTIONS.json WEIGHTS.hdf5 SENTENCES.txt PYTHON [ROUNDS]',
  );
  process.exit(2);
}
const sentences = readFileSync(file, 'utf8')
  .split('\n')
  .map((line) => line.split(/\s+/).filter(Boolean))
  .filter((forms) => forms.length > 0);
const folder = mkdtempSync(path.join(tmpdir(), 'glossator-bench-'));
const threads = process.env.THREADS ?? '1';
const rate = ({ tokens, seconds, cpuSeconds, loadSeconds }) =>
  `${Math.round(tokens / seconds)} tokens/s, ${cpuSeconds.toFixed(1)} s of processor time, loaded in ${loadSeconds.toFixed(1)} s`;
try {
  for (let round = 1; round <= Number(rounds); round++) {
    const own = await embed(options, weights, sentences);
    const out = path.join(folder, 'vectors.bin');
    const script = path.join(import.meta.dirname, 'torchElmo.py');
    const other = spawnSync(python, [script, options, weights, file, out, threads], { encoding: 'utf8' });
    if (other.status !== 0) throw new Error(other.stderr);
    const torch = JSON.parse(other.stdout);
    console.log(`Round ${round}`);
    console.log(`  Glossator (${own.report.backend}): ${rate(own.report)}`);
    console.log(`  PyTorch: ${rate(torch)}`);
    const share = own.report.seconds / torch.seconds;
    const cpuShare = own.report.cpuSeconds / torch.cpuSeconds;
    console.log(`  Time beside PyTorch's: ${share.toFixed(2)} (processor time ${cpuShare.toFixed(2)})`);
    console.log(`  Largest difference of a number: ${largestDifference(own.vectors, out).toExponential(1)}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
