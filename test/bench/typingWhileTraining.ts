// From a keystroke to tags, alone, while a model is retrained, while the new one takes its place (from the end of the
// trainer until the whole text has tags of the new one), and afterwards, in one run: the server over stdio, 43 labels
// of genes in samples/genes, and edits in a text of 5,000 words, the next 100 ms after the tags of the one before.
//   npx tsc -b && node scripts/build.mjs && node out/test/bench/typingWhileTraining.js [EDITS] [native|wasm]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Random } from '../../models/random';
import { BenchDocument } from '../../cli/bench/benchDocument';
import { benchText } from '../../cli/bench/benchText';
import { memoryOf } from '../../cli/terminal/processMemory';
import { StdioClient } from '../../cli/start/stdioClient';
import { summarize, type Summary } from '../../cli/bench/summary';
import { retrain } from '../../server/protocol/retraining';
import { root } from '../shared';

const GENES = ['velA', 'krs3', 'Nub2', 'Hobl1', 'tolC', 'pacR'];
/** Milliseconds between edits: a fast typist. */
const PAUSE = 100;
const TEXTS = ['wing-veins.txt', 'frost.txt', 'night-fish.txt'];

/** A workspace with a layer of genes, labelled by their words. */
function makeWorkspace(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'glossator-typing-'));
  const annotations = path.join(folder, '.glossator', 'annotations');
  mkdirSync(annotations, { recursive: true });
  const project = { layers: [{ name: 'gene', kind: 'span', labels: [{ name: 'GENE' }] }] };
  writeFileSync(path.join(folder, '.glossator', 'project.json'), JSON.stringify(project));
  for (const name of TEXTS) {
    const text = readFileSync(path.join(root, 'samples', 'genes', name), 'utf8');
    writeFileSync(path.join(folder, name), text);
    const labels = [...text.matchAll(new RegExp(`\\b(?:${GENES.join('|')})\\b`, 'g'))].map((found, i) => ({
      id: String(i).padStart(10, '0'),
      ...{ layer: 'gene', label: 'GENE', start: found.index, end: found.index + found[0].length },
      quote: found[0],
      before: text.slice(Math.max(0, found.index - 32), found.index),
      after: text.slice(found.index + found[0].length, found.index + found[0].length + 32),
      ...{ state: 'confirmed', annotator: 'Ada', time: '2026-01-31T12:00:00.000Z' },
    }));
    const lines = [{ format: 'glossator-annotations', version: 1 }, ...labels];
    const content = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
    writeFileSync(path.join(annotations, `${name}.jsonl`), content);
  }
  return folder;
}

/** From the moment the trainer is done, in milliseconds since the process began; undefined while it has not happened. */
interface Swap {
  trained?: number;
  firstTags?: number;
  allTags?: number;
}

/** Follows the new model into use: trained, first tags by it, whole text tagged by it. */
function followSwap(client: StdioClient, uri: string): Swap {
  const swap: Swap = {};
  const old = client.status?.modelId;
  let isTraining = false;
  client.statusChanged.on(({ training }) => {
    if (isTraining && training === undefined) swap.trained ??= performance.now();
    isTraining = training !== undefined;
  });
  client.didTag.on((params) => {
    if (params.uri !== uri || params.modelId === old) return;
    const isNew = params.edits.some(({ sentences }) => sentences.some(({ layers }) => layers?.gene));
    if (isNew) swap.firstTags ??= performance.now();
    if (swap.firstTags !== undefined && params.pending === 0) swap.allTags ??= performance.now();
  });
  return swap;
}

interface Edit {
  readonly begun: number;
  readonly took: number;
}

async function main(edits: number, backend: string): Promise<void> {
  const folder = makeWorkspace();
  const client = new StdioClient({
    command: [process.execPath, path.join(root, 'dist', 'server.js'), '--stdio'],
  });
  try {
    await client.initialize({
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'genes' }],
      initializationOptions: { trusted: true, glossator: { backend } },
    });
    await client.nextStatus(({ state }) => state === 'idle');
    const document = new BenchDocument(client, 'untitled:typing', benchText([], 5000, 1));
    await document.open();
    const random = new Random(1);
    const type = async (): Promise<Edit> => {
      await pause(PAUSE);
      const begun = performance.now();
      return { begun, took: await document.edit(random, false) };
    };
    const times = (made: readonly Edit[]): Summary => summarize(made.map(({ took }) => took));
    const memory = async (): Promise<number> =>
      Math.round(((await memoryOf(client.process.pid))?.resident ?? NaN) / 1e6);
    for (let i = 0; i < 20; i++) await type(); // the compiler of the engine has seen all of it then
    const idle: Edit[] = [];
    while (idle.length < edits) idle.push(await type());
    const before = await memory();
    const swap = followSwap(client, document.uri);
    let peak = 0;
    const watch = setInterval(() => void memory().then((now) => (peak = Math.max(peak, now))), 200);
    const begun = performance.now();
    const training = client.connection.sendRequest(retrain);
    const busy: Edit[] = [];
    while (swap.allTags === undefined) busy.push(await type());
    const { message } = await training;
    clearInterval(watch);
    const later: Edit[] = [];
    while (later.length < edits) later.push(await type());
    const trained = swap.trained ?? swap.allTags;
    const atSwap = busy.filter((edit) => edit.begun + edit.took >= trained);
    const [alone, beside] = [times(idle), times(busy)];
    const seconds = (from: number, to = Infinity): number => Number(((to - from) / 1000).toFixed(2));
    const result = {
      backend: client.status?.backend,
      alone,
      trainingAndSwap: { ...beside, ratio: beside.p95 / alone.p95 },
      training: times(busy.filter((edit) => !atSwap.includes(edit))),
      swap: times(atSwap),
      afterwards: times(later),
      seconds: {
        training: seconds(begun, trained),
        trainedToFirstTags: seconds(trained, swap.firstTags),
        trainedToAllTags: seconds(trained, swap.allTags),
      },
      residentMB: { before, peak, after: await memory() },
      message,
    };
    console.log(JSON.stringify(result, null, 2));
  } finally {
    await client.stop().catch(() => null);
    rmSync(folder, { recursive: true, force: true });
  }
}

void main(Number(process.argv[2] ?? 200), process.argv[3] ?? 'auto');
