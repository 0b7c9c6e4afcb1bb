import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HoverRequest } from 'vscode-languageserver-protocol/node';
import { InputError } from '../../models/errors';
import { Random } from '../../models/random';
import { visible } from '../../server/protocol/messages';
import { BenchDocument } from './benchDocument';
import { benchText } from './benchText';
import { memoryOf, type ProcessMemory } from '../terminal/processMemory';
import { StdioClient } from '../start/stdioClient';
import { summarize, type Summary } from './summary';

export interface BenchmarkOptions {
  /** Texts that the document begins with. */
  readonly samples: readonly string[];
  readonly words: number;
  readonly edits: number;
  readonly seed: number;
  /** Directory of a model in place of the embedded one. */
  readonly model?: string;
}

/** Times in milliseconds, measured at the client. */
export interface BenchmarkResult {
  readonly words: number;
  readonly sentences: number;
  readonly backend: 'native' | 'wasm' | null;
  readonly modelId: string | null;
  /** From the start of the process until the model is loaded. */
  readonly loaded: number;
  /** From didOpen until a screen of text in the middle of the document, said to be visible, is tagged. */
  readonly visiblePart: number;
  /** From didOpen until the whole document is tagged. */
  readonly wholeDocument: number;
  /** Of the whole document. */
  readonly wordsPerSecond: number;
  /** Hovers while the document was being tagged. */
  readonly hover: Summary;
  /** From didChange until the edited sentence came back tagged at that version, nothing else waiting. */
  readonly edit: Summary;
  /** The same while another document of that size was being tagged. */
  readonly editWhileTagging: Summary;
  /** Of the server process; null where the system does not tell. */
  readonly memory: ProcessMemory | null;
}

/** UTF-16 code units on screen: 50 rows of 100 columns. */
const SCREEN = 5000;
/** Milliseconds between hovers: a hand that moves over the text. */
const HOVER_PAUSE = 20;

/** Measures the built language server over stdio, as an editor would see it. */
export async function benchmark(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const begun = performance.now();
  const client = new StdioClient();
  try {
    const model = options.model === undefined ? '' : path.resolve(options.model);
    await client.initialize({ initializationOptions: { model } });
    const { state, message } = await client.nextStatus(({ state }) => state === 'idle' || state === 'failed');
    if (state === 'failed') throw new InputError(message ?? 'The language server cannot tag.');
    const loaded = performance.now() - begun;
    return { loaded, ...(await measure(client, options)) };
  } finally {
    await client.stop().catch(() => null); // what went wrong is thrown already
  }
}

async function measure(
  client: StdioClient,
  { samples, words, edits, seed }: BenchmarkOptions,
): Promise<Omit<BenchmarkResult, 'loaded'>> {
  const random = new Random(seed);
  const text = new BenchDocument(client, 'file:///benchmark.txt', benchText(samples, words, seed));
  const opened = await openDocument(client, text, random);
  const sentences = text.sentences();
  const edit = await timeEdits(text, edits, random, () => true);
  const other = new BenchDocument(client, 'file:///other.txt', benchText([], words, seed + 1));
  const tagging = other.open();
  let isTagging = true;
  void tagging.then(() => (isTagging = false));
  const editWhileTagging = await timeEdits(text, edits, random, () => isTagging);
  await tagging;
  const count = sentences.reduce((sum, { wire }) => sum + wire.tokens.length / 2, 0);
  return {
    words: count,
    sentences: sentences.length,
    backend: client.status?.backend ?? null,
    modelId: client.status?.modelId ?? null,
    ...opened,
    wordsPerSecond: Math.round((1000 * count) / opened.wholeDocument),
    edit,
    editWhileTagging,
    memory: await memoryOf(client.process.pid),
  };
}

async function openDocument(
  client: StdioClient,
  document: BenchDocument,
  random: Random,
): Promise<Pick<BenchmarkResult, 'visiblePart' | 'wholeDocument' | 'hover'>> {
  const start = performance.now();
  let isTagging = true;
  const whole = document.open().then(() => {
    isTagging = false;
    return performance.now() - start;
  });
  const middle = document.text.getText().length / 2;
  const lines = {
    start: document.text.positionAt(middle - SCREEN / 2).line,
    end: document.text.positionAt(middle + SCREEN / 2).line + 1,
  };
  await client.connection.sendNotification(visible, { uri: document.uri, lines: [lines] });
  const seen = document.untilTagged(lines).then(() => performance.now() - start);
  const hovers: number[] = [];
  while (isTagging) {
    const asked = performance.now();
    const position = document.text.positionAt(random.below(document.text.getText().length));
    await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: document.uri }, position });
    hovers.push(performance.now() - asked);
    await pause(HOVER_PAUSE);
  }
  return { visiblePart: await seen, wholeDocument: await whole, hover: summarize(hovers) };
}

/** Replaces sentence after sentence, waiting for the tags of each. */
async function timeEdits(
  document: BenchDocument,
  edits: number,
  random: Random,
  goesOn: () => boolean,
): Promise<Summary> {
  const times: number[] = [];
  while (times.length < edits && goesOn()) times.push(await document.edit(random));
  return summarize(times);
}
