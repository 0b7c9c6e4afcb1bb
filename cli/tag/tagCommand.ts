import { Command, Option } from 'commander';
import type { AnnotatedDocument } from '../../models/data/annotatedDocument';
import { readTextFile } from '../../models/data/textFile';
import { writeConll2003 } from '../../models/data/writeConll2003';
import { writeConllu } from '../../models/data/writeConllu';
import { writeJsonl } from '../../models/data/writeJsonl';
import { InputError } from '../../models/errors';
import { tagInChunks } from '../../models/evaluation/tagInChunks';
import type { SentencePrediction } from '../../models/taggers/prediction';
import { segment, type PlacedSentence } from '../../models/text/segmenter';
import { formatOfFile, isDataFile } from '../../models/text/textFormat';
import { layerOf, openTagger, type OpenTagger } from './openTagger';
import { progressBar } from '../terminal/progressBar';
import { readStandardInput, writeStandardOutput } from '../../server/standardStreams';
import { writeTable } from './writeTable';

const FORMATS = ['table', 'conllu', 'conll2003', 'jsonl'] as const;

interface TagFlags {
  readonly layers?: string;
  readonly format: (typeof FORMATS)[number];
  readonly model?: string;
  readonly embedder?: string;
  readonly markdown?: boolean;
}

const HELP = `
Formats:
  table      words over tags, entities in brackets; wraps to the terminal
  conllu     CoNLL-U; MISC holds SpaceAfter=No, TokenRange=start:end and NER=B-PER and so on
  conll2003  form, part of speech, chunk (_), entity as IOB2
  jsonl      one JSON object for each sentence, with probabilities
Offsets are half-open and count UTF-16 code units of the file.

Examples:
  glossator tag letter.txt
  glossator tag --format conllu notes.md > notes.conllu
  echo "Ada Lovelace lived in London." | glossator tag --layers ner -`;

/** `glossator tag`: texts in, tagged sentences out. */
export function tagCommand(): Command {
  return new Command('tag')
    .description('Tag texts, and print their sentences with every layer of the model.')
    .argument('[FILE...]', 'UTF-8 texts, .gz allowed; "-" or none reads standard input')
    .option('--layers <names>', 'layers to print, separated by commas (default: all of the model)')
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .option('--model <directory>', 'a model of your own in place of the embedded one')
    .option('--embedder <source>', 'the embedder of a model that does not hold it (see `train --help`)')
    .option(
      '--markdown',
      'read every file as Markdown (by their names they are read as Markdown, LaTeX, reStructuredText, AsciiDoc or Org)',
    )
    .addHelpText('after', HELP)
    .action((files: string[], flags: TagFlags) => tag(files, flags));
}

interface SegmentedFile {
  readonly id: string;
  readonly source: string;
  readonly sentences: readonly PlacedSentence[];
}

async function tag(files: readonly string[], flags: TagFlags): Promise<void> {
  const names = layerNames(flags.layers);
  // Every file is read before the first line is printed: bad input never leaves half an output.
  const texts: SegmentedFile[] = [];
  for (const file of files.length ? files : ['-']) texts.push(await readText(file, flags.markdown ?? false));
  const open = await openTagger(flags.model, flags.embedder);
  const { tagger } = open;
  const layers = names?.map((name) => layerOf(tagger, name).name);
  const begun = performance.now();
  const documents = await tagTexts(open, texts, layers);
  const seconds = (performance.now() - begun) / 1000;
  tagger.dispose();
  await writeStandardOutput(formatted(documents, flags.format));
  if (flags.format === 'table') process.stderr.write(`${summary(documents, seconds, open.backend)}\n`);
}

async function readText(file: string, markdown: boolean): Promise<SegmentedFile> {
  if (isDataFile(file))
    throw new InputError(
      'The file holds data, not prose.',
      { file },
      `Convert it to a text first: glossator convert "${file}" --to glossator --out texts.`,
    );
  const source = file === '-' ? await readStandardInput() : await readTextFile(file);
  const format = markdown ? 'markdown' : formatOfFile(file);
  return { id: file, source, sentences: segment(source, format) };
}

function layerNames(list: string | undefined): string[] | undefined {
  const names = list?.split(',').map((name) => name.trim());
  if (names?.includes(''))
    throw new InputError('A name in --layers is empty.', {}, 'Write --layers pos,ner.');
  return names;
}

async function tagTexts(
  { tagger }: OpenTagger,
  texts: readonly SegmentedFile[],
  layers?: readonly string[],
): Promise<AnnotatedDocument[]> {
  const forms = texts.flatMap(({ sentences }) => sentences.map(({ content }) => content.forms));
  const predictions: SentencePrediction[] = [];
  const bar = progressBar(forms.length, 'sentences');
  try {
    for await (const chunk of tagInChunks(tagger, forms, { layers })) {
      predictions.push(...chunk);
      bar.update(predictions.length);
    }
  } finally {
    bar.stop();
  }
  let next = 0;
  return texts.map(({ id, source, sentences }) => ({
    id,
    source,
    sentences: sentences.map((sentence) => ({ sentence, layers: predictions[next++] })),
  }));
}

function* formatted(documents: readonly AnnotatedDocument[], format: TagFlags['format']): Generator<string> {
  if (format === 'table') yield* writeTable(documents);
  let sentences = 0;
  for (const document of documents) {
    if (format === 'conllu') yield* writeConllu(document, sentences + 1);
    if (format === 'conll2003') yield* writeConll2003(document);
    if (format === 'jsonl') yield* writeJsonl(document);
    sentences += document.sentences.length;
  }
}

function summary(documents: readonly AnnotatedDocument[], seconds: number, backend: string): string {
  const sentences = documents.flatMap((document) => document.sentences);
  const words = sentences.reduce((sum, { sentence }) => sum + sentence.tokens.length, 0);
  const speed = Math.round(words / Math.max(seconds, 1e-3));
  return `${plural(words, 'word')} in ${plural(sentences.length, 'sentence')}, ${speed} words per second on the ${backend} backend.`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
