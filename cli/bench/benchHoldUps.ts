import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
} from 'vscode-languageserver-protocol/node';
import { newLabelId } from '../../models/annotations/newLabelId';
import { quoteAt } from '../../models/annotations/quoteLabel';
import { formatSidecar } from '../../server/labelStore/sidecarText';
import { sidecarOf } from '../../server/workspace/workspacePaths';
import { type HoldUps, holdUpsDuring, untilQuiet } from './holdUps';
import { RawClient } from './rawClient';
import { HOLD_UP_SCENARIOS, type HoldUpScenario, type SendEdits } from './holdUpScenarios';

export interface HoldUpBenchmark extends HoldUps {
  readonly scenario: string;
  /** What the server ran on; null where it was not ready in time. */
  readonly backend: 'native' | 'wasm' | null;
}

/** Milliseconds that a scenario may take, its preparation included: all of them stay under two minutes. */
const MOST = 15_000;
/** Milliseconds that are measured at least after something happened: work goes on behind it. */
const LEAST = 3000;

/**
 * Measures for how long the server is held up by what happens in long texts. Each scenario has a server and a folder
 * of its own, so that one that is slow says nothing about the next.
 * @param model directory of a model in place of the embedded one; empty for that
 */
export async function benchHoldUps(model: string): Promise<HoldUpBenchmark[]> {
  const results: HoldUpBenchmark[] = [];
  for (const scenario of HOLD_UP_SCENARIOS) results.push(await benchScenario(scenario, model));
  return results;
}

async function benchScenario(scenario: HoldUpScenario, model: string): Promise<HoldUpBenchmark> {
  const end = performance.now() + MOST;
  const left = (): number => Math.max(0, end - performance.now());
  const folder = await mkdtemp(path.join(tmpdir(), 'glossator-bench-'));
  const client = new RawClient();
  try {
    const text = scenario.text();
    const name = scenario.languageId === 'markdown' ? 'text.md' : 'text.txt';
    const uri = pathToFileURL(path.join(folder, name)).href;
    await prepare(folder, name, text, scenario);
    await client.request(InitializeRequest.method, {
      ...{ processId: process.pid, rootUri: null, capabilities: {}, initializationOptions: { model } },
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'benchmark' }],
    });
    client.notify(InitializedNotification.method, {});
    while (left() > 0 && !['idle', 'failed'].includes(client.status?.state ?? '')) await pause(20);
    client.notify(DidOpenTextDocumentNotification.method, {
      textDocument: { uri, languageId: scenario.languageId, version: 1, text },
    });
    await untilQuiet(client, left() / 2);
    let version = 1;
    const send: SendEdits = (messages) =>
      client.notify(
        DidChangeTextDocumentNotification.method,
        ...messages.map((contentChanges) => ({ textDocument: { uri, version: ++version }, contentChanges })),
      );
    const holdUps = await holdUpsDuring(client, left(), async () => {
      await scenario.act(text, send);
      await pause(LEAST);
    });
    return { scenario: scenario.name, backend: client.status?.backend ?? null, ...holdUps };
  } finally {
    client.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepare(
  folder: string,
  name: string,
  text: string,
  { labels }: HoldUpScenario,
): Promise<void> {
  await writeFile(path.join(folder, name), text);
  const sidecar = sidecarOf(folder, name);
  await mkdir(path.dirname(sidecar), { recursive: true });
  const given = labels(text).map(({ label, start, end }) => {
    const decided = { annotator: 'benchmark', time: '2026-01-01T00:00:00.000Z', state: 'confirmed' as const };
    return { id: newLabelId(), layer: 'ner', label, start, end, ...quoteAt(text, start, end), ...decided };
  });
  if (given.length > 0) await writeFile(sidecar, formatSidecar(given));
}
