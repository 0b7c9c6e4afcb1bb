import { Command } from 'commander';
import picocolors from 'picocolors';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import type { Use, VectorChoice } from '../../models/similarity/nearestUses';
import { segment, type PlacedSentence } from '../../models/text/segmenter';
import { formatOfFile } from '../../models/text/textFormat';
import { pretrainedModel } from '../../server/packageRoot';
import { nearestReport, type NearestText } from './nearestReport';
import { progressLine } from '../terminal/progressLine';
import { readStandardInput, writeStandardOutput } from '../../server/standardStreams';
import { terminalStyle } from '../terminal/terminalStyle';
import { offsetOf } from '../../server/textPosition';

interface NearestFlags {
  readonly in: string;
  readonly at?: string;
  readonly same?: boolean;
  readonly layer: string;
  readonly count: string;
  readonly model?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
}

const HELP = `
The vector of a word in its sentence says how it is used there. This command takes one use of WORD, the first in
the file or the one at LINE:COLUMN, and lists the other words of the file in the order of the cosine of their
vectors to it. With --same only other uses of WORD are listed: those in the same sense come first.

Layers: "top" (the default) is the last LSTM layer and knows most of the context; 0 is the word without its
context; "mix" is the mean of all.

Examples:
  glossator nearest bank --in letters.txt --same
  glossator nearest bank --in letters.txt --at 12:31 --count 20
  glossator nearest seal --in notes.md --weights elmo --json`;

/** `glossator nearest`: words in similar contexts. */
export function nearestCommand(): Command {
  return new Command('nearest')
    .description('List the words of a text that are used as one word is, nearest first.')
    .argument('<word>', 'the word, in lower or upper case')
    .requiredOption('--in <file>', 'UTF-8 text, .gz allowed; "-" reads standard input')
    .option('--at <line:column>', 'the use to start from (default: the first of the word)')
    .option('--same', 'list only uses of the same word')
    .option('--layer <layer>', 'top, mix, or the number of a layer', 'top')
    .option('--count <number>', 'how many to list', '10')
    .option('--weights, --model <source>', 'a biLM or a model in place of the embedded one')
    .option('--markdown', 'read the file as Markdown (one named .md is anyway)')
    .option('--json', 'print a line of JSON for each')
    .addHelpText('after', HELP)
    .action((word: string, flags: NearestFlags) => run(word, flags));
}

async function run(word: string, flags: NearestFlags): Promise<void> {
  const count = Number(flags.count);
  if (!Number.isInteger(count) || count < 1)
    throw new InputError(`--count is "${flags.count}".`, {}, 'Give a whole number above 0.');
  const text = flags.in === '-' ? await readStandardInput() : await readTextFile(flags.in);
  const format = flags.markdown ? 'markdown' : formatOfFile(flags.in);
  const sentences = segment(text, format);
  const query = queryOf(word, sentences, text, flags);
  const { loadBackend } = await import('../../models/backend.js');
  await loadBackend('auto');
  const { openEmbedder } = await import('../../models/embedders/openEmbedder.js');
  const { nearestUses } = await import('../../models/similarity/nearestUses.js');
  const embedder = await openEmbedder(flags.model ?? pretrainedModel(), { trusted: true });
  const line = progressLine();
  try {
    const forms = sentences.map(({ content }) => content.forms);
    const uses = await nearestUses(forms, query, embedder, {
      layer: layerOf(flags.layer, embedder.layers),
      accepts: flags.same ? (form) => isSame(form, word) : isWord,
      onProgress: (done, total) => line.show(`${done} of ${total} sentences`),
    });
    const found: NearestText = { text, sentences, query, uses: uses.slice(0, count), total: uses.length };
    line.stop();
    await writeStandardOutput(nearestReport(found, terminalStyle(process.stdout, picocolors), flags.json));
  } finally {
    line.stop();
    embedder.dispose();
  }
}

const isSame = (form: string, word: string): boolean => form.toLowerCase() === word.toLowerCase();

/** Punctuation is left out. */
const isWord = (form: string): boolean => /[\p{L}\p{N}]/u.test(form);

function layerOf(name: string, layers: number): VectorChoice {
  if (name === 'mix') return 'mix';
  const layer = name === 'top' ? layers - 1 : Number(name);
  if (name !== '' && Number.isInteger(layer) && layer >= 0 && layer < layers) return layer;
  throw new InputError(
    `There is no layer "${name}".`,
    {},
    `Write top, mix, or a number from 0 to ${layers - 1}.`,
  );
}

function queryOf(
  word: string,
  sentences: readonly PlacedSentence[],
  text: string,
  { at, in: file }: NearestFlags,
): Use {
  const offset = at === undefined ? null : offsetOf(at, text);
  for (const [sentence, { tokens }] of sentences.entries()) {
    const found = tokens.findIndex(
      ({ form, start, end }) => isSame(form, word) && (offset === null || (start <= offset && offset < end)),
    );
    if (found >= 0) return { sentence, word: found };
  }
  throw new InputError(
    at === undefined
      ? `The word "${word}" is not in the text.`
      : `The word "${word}" does not stand at ${at}.`,
    { file },
    'Words are those that `glossator tag` lists: "don’t" is two, "do" and "n’t".',
  );
}
