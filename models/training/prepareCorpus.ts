import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { once } from 'node:events';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeFileAtomically } from '../data/atomicFile';
import { Random } from '../random';
import { splitSentences } from '../text/sentenceSplitter';
import { tokenize } from '../text/tokenizer';
import { type CorpusFiles, readLines } from './corpusFiles';

export interface PreparationOptions {
  /** Share of the lines to take, in (0, 1]. */
  readonly sample: number;
  /** Another share for the lines of some files, by file name: more of the text that counts most. */
  readonly shares: Readonly<Record<string, number>>;
  /** Words the language model can predict, the three marks included. */
  readonly vocabularySize: number;
  /** Longer sentences are left out. */
  readonly longestSentence: number;
  readonly seed: number;
}

/** What a prepared corpus holds; written last, so that its presence means the preparation was finished. */
export interface PreparedCorpus extends PreparationOptions {
  readonly buckets: number;
  readonly sentences: number;
  readonly tokens: number;
}

/** Classes of the language model that are no words: sentence end, sentence begin, any rare word. */
export const lmMarks = ['</S>', '<S>', '<UNK>'] as const;

const tokensPerBucket = 1_000_000;
const charactersPerToken = 5.5;
const separator = '\t';

export const bucketFile = (directory: string, index: number): string =>
  path.join(directory, `bucket-${index}.txt`);
const indexFile = (directory: string): string => path.join(directory, 'prepared.json');
const vocabularyFile = (directory: string): string => path.join(directory, 'vocabulary.txt');

/** Splits a paragraph on one line into sentences of word forms; what is too long is left out whole, not cut. */
export function sentencesOf(line: string, longest: number): string[][] {
  return splitSentences(tokenize(line))
    .map((tokens) => tokens.map((token) => token.form))
    .filter((forms) => forms.length <= longest && !forms.some((form) => form.includes(separator)));
}

async function write(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

/**
 * Tokenizes a corpus, spreads its lines at random over files of about a million tokens (an external shuffle: the
 * corpus is never in memory at once, and every file is a mix of all sources), and counts the vocabulary.
 * Finished work is found again.
 * @returns after yielding the lines read so far, now and then
 */
export async function* prepareCorpus(
  files: CorpusFiles,
  directory: string,
  options: PreparationOptions,
): AsyncGenerator<number, PreparedCorpus> {
  const found = await readPreparedCorpus(directory);
  if (found) {
    const keys = ['sample', 'shares', 'vocabularySize', 'longestSentence', 'seed'] as const;
    if (keys.every((key) => isDeepStrictEqual(found[key], options[key]))) return found;
  }
  await mkdir(directory, { recursive: true });
  const random = new Random(options.seed);
  const shareOf = (file: string): number => options.shares[path.basename(file)] ?? options.sample;
  let characters = 0;
  for (const file of files.training) characters += (await countCharacters(file)) * shareOf(file);
  const buckets = Math.max(1, Math.round(characters / charactersPerToken / tokensPerBucket));
  const streams = Array.from({ length: buckets }, (_, k) => createWriteStream(bucketFile(directory, k)));
  const counts = new Map<string, number>();
  let [lines, sentences, tokens] = [0, 0, 0];
  for (const file of files.training) {
    const share = shareOf(file);
    for await (const line of readLines(file)) {
      if (++lines % 1000 === 0) yield lines;
      if (random.uniform() >= share) continue;
      const stream = streams[random.below(buckets)];
      for (const forms of sentencesOf(line, options.longestSentence)) {
        sentences++;
        tokens += forms.length;
        for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
        await write(stream, `${forms.join(separator)}\n`);
      }
    }
  }
  for (const stream of streams) {
    stream.end();
    await once(stream, 'finish');
  }
  const frequent = [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, options.vocabularySize - lmMarks.length)
    .map(([form]) => form);
  await writeFileAtomically(vocabularyFile(directory), `${[...lmMarks, ...frequent].join('\n')}\n`);
  const prepared: PreparedCorpus = { ...options, buckets, sentences, tokens };
  await writeFileAtomically(indexFile(directory), `${JSON.stringify(prepared, null, 2)}\n`);
  return prepared;
}

/** Characters of a file; the number of buckets follows from it. */
async function countCharacters(file: string): Promise<number> {
  let characters = 0;
  for await (const line of readLines(file)) characters += line.length;
  return characters;
}

/** What an earlier preparation made, or null where there is none. */
export async function readPreparedCorpus(directory: string): Promise<PreparedCorpus | null> {
  const text = await readFile(indexFile(directory), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as PreparedCorpus);
}

/** Words of the vocabulary in the order of their classes, the most frequent first. */
export async function readVocabulary(directory: string): Promise<string[]> {
  return (await readFile(vocabularyFile(directory), 'utf8')).trimEnd().split('\n');
}

/** The sentences of one bucket. */
export async function readBucket(directory: string, index: number): Promise<string[][]> {
  const text = await readFile(bucketFile(directory, index), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(separator));
}
