import { Command, Option } from 'commander';
import type { AtomicFile } from '../../models/data/atomicFile';
import type { Line } from '../../models/data/lines';
import { openLines, readLines } from '../../models/data/lineStream';
import { writeVectors } from '../../models/data/writeVectors';
import type { LayerChoice, SentenceVectors } from '../../models/embedders/sentenceVectors';
import { InputError } from '../../models/errors';
import { openOutput } from '../terminal/outputFile';
import { type ProgressLine, progressLine } from '../terminal/progressLine';

const LAYERS: readonly LayerChoice[] = ['all', 'top', 'mix'];

interface EmbedFlags {
  readonly weights: string;
  readonly in: string;
  readonly out: string;
  readonly stateful?: boolean;
  readonly layers: LayerChoice;
}

const HELP = `
Input: a sentence a line, tokens separated by spaces, UTF-8.
Output: a line of JSON for every line of the input, {"tokens": […], "layers": […]}, where layers holds for
each layer a vector for each token: with "all" the token layer and every LSTM layer, with "top" the last one,
with "mix" the mean of all. An empty line gives {"tokens": [], …}, so that lines keep their numbers.

Each sentence is embedded on its own. The original programs carry the state of the LSTMs from one sentence
to the next; --stateful does just that, for the sentences of one running text in their order.

Examples:
  glossator embed --weights elmo --in sentences.txt --out vectors.jsonl
  glossator embed --weights options.json,weights.hdf5 --layers top --in - --out - < sentences.txt
  glossator embed --weights elmo_3.tar.gz --in sentences.txt --out vectors.jsonl`;

/** `glossator embed`: sentences to ELMo vectors. */
export function embedCommand(): Command {
  return new Command('embed')
    .description('Write the ELMo vectors of every word of some sentences.')
    .requiredOption(
      '--weights <source>',
      'a biLM folder, a model, OPTIONS.json,WEIGHTS.hdf5, or a TensorFlow Hub module',
    )
    .requiredOption('--in <file>', 'sentences; "-" reads standard input')
    .requiredOption('--out <file>', 'where the vectors go; "-" writes standard output')
    .option('--stateful', 'carry the state from sentence to sentence')
    .addOption(new Option('--layers <layers>', 'which layers').choices(LAYERS).default('all'))
    .addHelpText('after', HELP)
    .action((flags: EmbedFlags) => run(flags));
}

async function* tokensOf(lines: AsyncIterable<Line>): AsyncGenerator<string[]> {
  for await (const { text } of lines) yield text.split(/[ \t]+/).filter(Boolean);
}

async function run(flags: EmbedFlags): Promise<void> {
  const lines = flags.in === '-' ? readLines(process.stdin, 'standard input') : await openLines(flags.in);
  const out = await openOutput(flags.out);
  const line = progressLine();
  try {
    await embed(flags, lines, out, line);
    await out.commit();
  } finally {
    await out.abandon();
    line.stop();
  }
}

async function embed(
  { weights, layers, stateful }: EmbedFlags,
  lines: AsyncIterable<Line>,
  out: AtomicFile,
  line: ProgressLine,
): Promise<void> {
  const { loadBackend } = await import('../../models/backend.js');
  line.keep((await loadBackend('auto')).notice);
  const { openEmbedder } = await import('../../models/embedders/openEmbedder.js');
  const { embedRunningText, embedSentences } = await import('../../models/embedders/sentenceVectors.js');
  const started = performance.now();
  const embedder = await openEmbedder(weights, {
    trusted: true, // the user typed the path
    progress: (done, total) => line.show(`Loading ${weights}: ${Math.floor((100 * done) / total)} %`),
  });
  const loaded = performance.now();
  try {
    if (stateful && !('biLm' in embedder))
      throw new InputError(
        'A TensorFlow Hub module starts every sentence anew and cannot carry its state.',
        { file: weights },
        'Drop --stateful, or use weights in the published format.',
      );
    const sentencesOf = tokensOf(lines);
    const vectors =
      stateful && 'biLm' in embedder
        ? embedRunningText(sentencesOf, embedder, layers)
        : embedSentences(sentencesOf, embedder, layers);
    const { sentences, tokens } = await writeAll(vectors, out, line);
    const seconds = (performance.now() - loaded) / 1000;
    const speed = tokens > 0 ? `, ${count(tokens / seconds)} tokens/s` : '';
    const loading = ((loaded - started) / 1000).toFixed(1);
    line.keep(`${count(sentences)} sentences, ${count(tokens)} tokens${speed}; loaded in ${loading} s.`);
  } finally {
    embedder.dispose();
  }
}

const count = (value: number): string => Math.round(value).toLocaleString('en');

async function writeAll(
  vectors: AsyncIterable<SentenceVectors>,
  out: AtomicFile,
  line: ProgressLine,
): Promise<{ sentences: number; tokens: number }> {
  let [sentences, tokens] = [0, 0];
  for await (const sentence of vectors) {
    for (const part of writeVectors(sentence)) await out.write(part);
    sentences++;
    tokens += sentence.tokens.length;
    line.show(`${count(sentences)} sentences, ${count(tokens)} tokens`);
  }
  return { sentences, tokens };
}
