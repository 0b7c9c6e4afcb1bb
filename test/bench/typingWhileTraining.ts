// From a keystroke to tags, alone and while a model is retrained, in one run: the server over stdio, 43 labels of genes
// in samples/genes, and edits in a text of 5,000 words, the next 100 ms after the tags of the one before.
//   npx tsc -b && node scripts/build.mjs && node out/test/bench/typingWhileTraining.js [EDITS] [native|wasm]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Random } from '../../models/random';
import { BenchDocument } from '../../server/cli/benchDocument';
import { benchText } from '../../server/cli/benchText';
import { StdioClient } from '../../server/cli/stdioClient';
import { summarize } from '../../server/cli/summary';
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
    const type = async (): Promise<number> => {
      await pause(PAUSE);
      return document.edit(random);
    };
    const idle: number[] = [];
    while (idle.length < edits) idle.push(await type());
    let isTraining = true;
    const begun = performance.now();
    const training = client.connection.sendRequest(retrain).finally(() => (isTraining = false));
    const busy: number[] = [];
    while (isTraining) busy.push(await type());
    const { message } = await training;
    const seconds = (performance.now() - begun) / 1000;
    const [alone, beside] = [summarize(idle), summarize(busy)];
    const ratio = beside.p95 / alone.p95;
    console.log(
      JSON.stringify({ backend: client.status?.backend, alone, beside, ratio, seconds, message }, null, 2),
    );
  } finally {
    await client.stop().catch(() => null);
    rmSync(folder, { recursive: true, force: true });
  }
}

void main(Number(process.argv[2] ?? 200), process.argv[3] ?? 'auto');
