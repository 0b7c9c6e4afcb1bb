import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Random } from '../../models/random';
import { segment } from '../../models/text/segmenter';
import { LabelStore } from '../../server/labelStore/labelStore';
import type { NewLabel } from '../../server/labelStore/labelOperation';
import { didLabel, label, type DidLabelParams } from '../../server/protocol/labels';
import { benchText } from './benchText';
import { StdioClient } from '../start/stdioClient';
import { summarize, type Summary } from './summary';

/** Times in milliseconds, measured at the client. */
export interface LabelBenchmark {
  readonly labels: number;
  readonly words: number;
  /** From didOpen until all labels of the text came. */
  readonly opened: number;
  /** From the request for one more label until it came back to be shown. */
  readonly shown: Summary;
  /** The same until it is on disk. */
  readonly saved: Summary;
  /** Both while the text was being tagged. */
  readonly shownWhileTagging: Summary;
  readonly savedWhileTagging: Summary;
}

/** Size of the document that is labelled. */
const [WORDS, LABELS] = [50_000, 5000];

/**
 * Measures labelling in a long text with many labels, in a folder of its own: while the text is being tagged, and
 * after.
 * @param model directory of a model in place of the embedded one; empty for that
 */
export async function benchLabels(model: string, rounds: number, seed: number): Promise<LabelBenchmark> {
  const folder = await mkdtemp(path.join(tmpdir(), 'glossator-bench-'));
  const client = new StdioClient();
  try {
    const random = new Random(seed);
    const text = benchText([], WORDS, seed);
    const words = segment(text, 'plain').flatMap(({ tokens }) => tokens);
    const some = (): NewLabel => {
      const { start, end } = words[random.below(words.length)];
      return { layer: 'ner', label: 'PER', start, end };
    };
    await prepare(folder, text, some);
    await client.initialize({
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'benchmark' }],
      initializationOptions: { model },
    });
    await client.nextStatus(({ state }) => state === 'idle' || state === 'failed');
    const uri = pathToFileURL(path.join(folder, 'text.txt')).href;
    const begun = performance.now();
    const all = nextLabels(client);
    let isTagged = false;
    const tagged = client
      .nextTags((params) => params.uri === uri && params.pending === 0)
      .then(() => (isTagged = true));
    await client.open(uri, text);
    await all;
    const opened = performance.now() - begun;
    const give = async (goesOn: () => boolean): Promise<{ shown: Summary; saved: Summary }> => {
      const [shown, saved]: [number[], number[]] = [[], []];
      while (shown.length < rounds && goesOn()) {
        const operations = [{ kind: 'add' as const, ...some() }];
        const start = performance.now();
        const told = nextLabels(client).then(() => shown.push(performance.now() - start));
        await client.connection.sendRequest(label, { uri, version: 1, title: 'Label', operations });
        saved.push(performance.now() - start);
        await told;
      }
      return { shown: summarize(shown), saved: summarize(saved) };
    };
    const busy = await give(() => !isTagged);
    await tagged;
    const idle = await give(() => true);
    return {
      ...{ labels: LABELS, words: words.length, opened, ...idle },
      ...{ shownWhileTagging: busy.shown, savedWhileTagging: busy.saved },
    };
  } finally {
    await client.stop().catch(() => null); // what went wrong is thrown already
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepare(folder: string, text: string, some: () => NewLabel): Promise<void> {
  const store = new LabelStore(folder, { annotator: () => 'benchmark' });
  await store.open('text.txt', text);
  const operations = Array.from({ length: LABELS }, () => ({ kind: 'add' as const, label: some() }));
  await store.apply('text.txt', 'Label', operations);
  await store.close('text.txt');
}

/** The next message that puts a label. */
function nextLabels(client: StdioClient): Promise<DidLabelParams> {
  return new Promise((resolve) => {
    client.connection.onNotification(didLabel, (params) => {
      if (params.put.length > 0) resolve(params);
    });
  });
}
