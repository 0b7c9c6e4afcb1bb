import { Command } from 'commander';
import { sentenceExamples } from '../../models/data/sentenceExample';
import { readConllu } from '../../models/data/readConllu';
import { isConllu, textExamples } from '../../models/data/taggedExample';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import { evaluateLayer } from '../../models/evaluation/evaluateLayer';
import { evaluateRawText } from '../../models/evaluation/evaluateRawText';
import type { SentenceTagger } from '../../models/taggers/prediction';
import type { EvalAllFlags } from './evalAll';
import { layerReport, rawTextReport, type ScoreReport } from './evaluationReport';
import { layerOf, openTagger } from '../tag/openTagger';
import { progressBar } from '../terminal/progressBar';
import { writeStandardOutput } from '../../server/standardStreams';

interface EvalFlags extends EvalAllFlags {
  readonly all?: boolean;
  readonly layer?: string;
  readonly data?: string;
  readonly raw?: boolean;
}

/** One layer on one file. */
interface LayerFlags extends EvalFlags {
  readonly layer: string;
  readonly data: string;
}

const HELP = `
Data:
  CoNLL-U (.conllu)   basic words with gold tokens; pos is UPOS, xpos is XPOS, any other
                      layer is read from MISC (NER=B-PER)
  two columns         token, tab, tag; a blank line between sentences; spans as BIO
  texts               for sentence layers: text, tab, label; or JSON Lines (.jsonl) with "text"
                      and "label"
  All may be gzipped (.gz).

Token layers are scored by accuracy, span layers by precision, recall and F1 as conlleval
counts them, sentence layers by accuracy and macro-F1 with a confusion matrix, raw text by the F1
scores of the CoNLL 2018 shared task.

--all scores pos and ner on every dev and test set under --data-root (ud-ewt/, ner/, ner/sources/)
with calibration, and measures loading, speed and memory on every backend: the figures of the
model card. --write replaces what stands between <!-- begin scores --> and <!-- end scores -->.

Examples:
  glossator eval --layer pos --data test.conllu
  glossator eval --layer pos --data test.conllu --raw --json
  glossator eval --layer ner --data test.tsv.gz --json
  glossator eval --all --write models/pretrained/README.md`;

/** `glossator eval`: scores a model on annotated data. */
export function evalCommand(): Command {
  return new Command('eval')
    .description('Score one layer of a model on annotated data.')
    .option('--layer <name>', 'the layer to score')
    .option('--data <file>', 'CoNLL-U or two-column file; TSV or JSON Lines for sentence layers')
    .option(
      '--raw',
      'segment and tag the text of the "# text" lines instead of the gold tokens (CoNLL-U, layer pos)',
    )
    .option('--model <directory>', 'a model of your own in place of the embedded one')
    .option('--embedder <source>', 'the embedder of a model that does not hold it (see `train --help`)')
    .option('--all', 'all figures of the model card, instead of --layer and --data')
    .option('--data-root <folder>', 'where --all finds its data', '../shared/data')
    .option('--write <file>', 'put the tables of --all into this Markdown file, too')
    .option('--json', 'print one JSON object of fractions instead of tables')
    .addHelpText('after', HELP)
    .action((flags: EvalFlags) => run(flags));
}

/** Words tagged and the seconds that took. */
interface Speed {
  readonly words: number;
  readonly seconds: number;
}

async function run(flags: EvalFlags): Promise<void> {
  if (flags.all) {
    const { evalAll } = await import('./evalAll.js');
    return evalAll(flags);
  }
  const { layer, data } = flags;
  if (layer === undefined || data === undefined)
    throw new InputError('Nothing says what to score.', {}, 'Give --layer and --data, or --all.');
  return evaluate({ ...flags, layer, data });
}

async function evaluate(flags: LayerFlags): Promise<void> {
  // A mistyped file name is said before the model is loaded.
  const text = await readTextFile(flags.data);
  const conllu = isConllu(flags.data, text);
  if (flags.raw && !conllu)
    throw new InputError(
      '--raw needs a CoNLL-U file.',
      { file: flags.data },
      'Drop --raw, or name another file.',
    );
  if (flags.raw && flags.layer !== 'pos' && flags.layer !== 'upos')
    throw new InputError('--raw scores parts of speech only.', {}, 'Use --layer pos.');
  const { tagger, backend } = await openTagger(flags.model, flags.embedder);
  const { report, words, seconds } = flags.raw
    ? await evaluateRaw(tagger, text, flags)
    : await evaluateGoldTokens(tagger, text, flags);
  tagger.dispose();
  const wordsPerSecond = Math.round(words / Math.max(seconds, 1e-3));
  const speed = `${words} words, ${wordsPerSecond} words per second on the ${backend} backend.`;
  const json = JSON.stringify({ ...report.fractions, ...report.details, wordsPerSecond });
  await writeStandardOutput([flags.json ? `${json}\n` : `${report.table}\n\n${speed}\n`]);
}

async function evaluateGoldTokens(
  tagger: SentenceTagger,
  text: string,
  { layer, data }: LayerFlags,
): Promise<Speed & { report: ScoreReport }> {
  const { kind } = layerOf(tagger, layer);
  const examples =
    kind === 'sentence' ? sentenceExamples(text, data) : textExamples(text, { layer, kind }, data);
  const words = examples.reduce((sum, { forms }) => sum + forms.length, 0);
  const { result, seconds } = await timed(examples.length, (onProgress) =>
    evaluateLayer(tagger, layer, examples, { onProgress }),
  );
  return { report: layerReport(result), words, seconds };
}

async function evaluateRaw(
  tagger: SentenceTagger,
  text: string,
  { layer, data }: LayerFlags,
): Promise<Speed & { report: ScoreReport }> {
  layerOf(tagger, layer);
  const gold = [...readConllu(text, data)];
  if (!gold.length)
    throw new InputError('The file holds no sentences.', { file: data }, 'Give a corpus file.');
  const { result, seconds } = await timed(gold.length, (onProgress) =>
    evaluateRawText(tagger, layer, gold, { onProgress, file: data }),
  );
  return { report: rawTextReport(result), words: result.words.predicted, seconds };
}

/** Runs the work under a progress bar and takes its time. */
async function timed<T>(
  sentences: number,
  work: (onProgress: (done: number) => void) => Promise<T>,
): Promise<{ result: T; seconds: number }> {
  const bar = progressBar(sentences, 'sentences');
  const begun = performance.now();
  try {
    const result = await work((done) => bar.update(done));
    return { result, seconds: (performance.now() - begun) / 1000 };
  } finally {
    bar.stop();
  }
}
