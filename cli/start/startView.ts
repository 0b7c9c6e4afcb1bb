import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pc from 'picocolors';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import { languageOfFile } from '../../models/text/textFormat';
import type { StatusParams } from '../../server/protocol/messages';
import { alignedTable } from '../terminal/alignedTable';
import { HeldSentences } from './heldSentences';
import { writeStandardOutput } from '../../server/standardStreams';
import { startSummary } from './startSummary';
import { StdioClient } from './stdioClient';
import { terminalStyle, type TerminalStyle } from '../terminal/terminalStyle';
import type { TableSentence } from '../terminal/alignedTable';
import type { HeldSentence } from './heldSentences';

interface OpenText {
  readonly file: string;
  readonly uri: string;
  readonly text: string;
  readonly held: HeldSentences;
}

/**
 * Opens texts in the language server over stdio, prints every sentence with its tags, then counts and speed.
 * @throws InputError for a file that cannot be read, or when the server cannot tag
 */
export async function startView(files: readonly string[], model?: string): Promise<void> {
  // Every file is read before anything starts: a mistyped name costs no waiting.
  const texts: OpenText[] = [];
  for (const file of files) {
    const uri = pathToFileURL(path.resolve(file)).href;
    texts.push({ file, uri, text: await readTextFile(file), held: new HeldSentences() });
  }
  const style = terminalStyle(process.stdout, pc);
  const client = new StdioClient();
  const begun = performance.now();
  try {
    const directory = model === undefined ? '' : path.resolve(model);
    await client.initialize({ initializationOptions: { model: directory } });
    for (const text of texts) await writeStandardOutput(tableOf(await tagged(client, text), style));
    const idle = await client.nextStatus(({ state }) => state === 'idle' || state === 'failed');
    const seconds = (performance.now() - begun) / 1000;
    await writeStandardOutput([startSummary(texts, idle, seconds, style)]);
  } finally {
    await client.stop().catch(() => null); // what went wrong is thrown already
  }
}

/** Opens the text and waits until all of it is tagged. */
async function tagged(client: StdioClient, text: OpenText): Promise<OpenText> {
  const subscription = client.didTag.on((params) => {
    if (params.uri === text.uri) text.held.apply(params);
  });
  const done = client.nextTags(({ uri, pending }) => uri === text.uri && pending === 0);
  const failed = client.nextStatus(({ state }) => state === 'failed');
  await client.open(text.uri, text.text, languageOfFile(text.file) ?? 'plaintext');
  const answer = await Promise.race([done, failed]);
  subscription.dispose();
  if ('state' in answer) throw new InputError(messageOf(answer));
  if (answer.untagged !== undefined) throw new InputError(answer.untagged);
  return text;
}

function messageOf({ message }: StatusParams): string {
  return message ?? 'The language server cannot tag.';
}

function* tableOf({ file, text, held }: OpenText, { colors, width }: TerminalStyle): Generator<string> {
  yield `${colors.bold(colors.underline(file))}\n\n`;
  for (const sentence of held.placed()) {
    yield `${alignedTable(wireTable(text, sentence), { colors, width }).join('\n')}\n\n`;
  }
}

/** What the table shows of a sentence that came over the wire, with its words from the text. */
function wireTable(text: string, { start, wire }: HeldSentence): TableSentence {
  const { tokens } = wire;
  const byName = Object.entries(wire.layers ?? {});
  const layers = byName.map(([, layer]) => layer);
  const count = tokens.length / 2;
  return {
    forms: Array.from({ length: count }, (_, i) =>
      text.slice(start + tokens[2 * i], start + tokens[2 * i + 1]),
    ),
    tokenLayers: layers.flatMap((layer) => (layer.kind === 'token' ? [layer.labels] : [])),
    spanLayers: layers.flatMap((layer) => (layer.kind === 'span' ? [layer.spans] : [])),
    sentenceLayers: byName.flatMap(([name, layer]) =>
      layer.kind === 'sentence' ? [{ name, ...layer }] : [],
    ),
  };
}
