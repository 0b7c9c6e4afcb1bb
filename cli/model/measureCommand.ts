import { Command } from 'commander';
import { readTokenLayer } from '../../models/data/taggedExample';
import { openTagger } from '../tag/openTagger';
import { memoryOf, type ProcessMemory } from '../terminal/processMemory';
import { writeStandardOutput } from '../../server/standardStreams';

interface MeasureFlags {
  readonly data: string;
  readonly model?: string;
  readonly embedder?: string;
}

/** What one fresh process took to load a model and to tag a file with all its layers. Times in milliseconds. */
export interface Measures {
  readonly backend: 'native' | 'wasm';
  /** From the start of the process until the backend and the model were loaded. */
  readonly loaded: number;
  /** Of that, reading and building the model. */
  readonly model: number;
  /** From the start of the process until the first sentence was tagged. */
  readonly firstSentence: number;
  readonly words: number;
  /** In bulk: all sentences handed over at once. */
  readonly wordsPerSecond: number;
  /** Null where the system does not tell. */
  readonly memory: ProcessMemory | null;
}

/** `glossator measure`: what `eval --all` runs in a process of its own for each backend. */
export function measureCommand(): Command {
  return new Command('measure')
    .description('Measure loading and tagging in this fresh process; prints one JSON object.')
    .requiredOption('--data <file>', 'CoNLL-U file to tag')
    .option('--model <directory>', 'a model of your own in place of the embedded one')
    .option('--embedder <source>', 'the embedder of a model that does not hold it')
    .action(async (flags: MeasureFlags) =>
      writeStandardOutput([`${JSON.stringify(await measure(flags))}\n`]),
    );
}

async function measure({ data, model: directory, embedder }: MeasureFlags): Promise<Measures> {
  // performance.now() counts from the start of the process.
  const { tagger, backend, modelMilliseconds } = await openTagger(directory, embedder);
  const loaded = performance.now();
  await tagger.tag([['Glossator', 'reads', 'along', '.']]);
  const firstSentence = performance.now();
  const examples = await readTokenLayer(data, { layer: 'pos', kind: 'token' });
  const sentences = examples.map(({ forms }) => forms);
  const words = sentences.reduce((sum, forms) => sum + forms.length, 0);
  const begun = performance.now();
  await tagger.tag(sentences);
  const seconds = (performance.now() - begun) / 1000;
  const memory = await memoryOf(process.pid);
  tagger.dispose();
  const wordsPerSecond = Math.round(words / seconds);
  return { backend, loaded, model: modelMilliseconds, firstSentence, words, wordsPerSecond, memory };
}
