import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { InputError } from '../../models/errors';
import { type BenchmarkSets, findBenchmarkSets } from '../../models/evaluation/benchmarkSets';
import type { AllScores } from '../../models/evaluation/evaluateAll';
import { pretrainedModel } from '../../server/packageRoot';
import { requireSection, writeSection } from '../terminal/markedSection';
import type { Measures } from '../model/measureCommand';
import { progressLine } from '../terminal/progressLine';
import { type Section, scoreSections, sectionsAsMarkdown, sectionsAsText } from './scoreSections';
import { writeStandardOutput } from '../../server/standardStreams';

export interface EvalAllFlags {
  readonly dataRoot: string;
  readonly model?: string;
  readonly embedder?: string;
  readonly json?: boolean;
  readonly write?: string;
}

/** All figures of the model card. */
export interface ModelFigures extends AllScores {
  readonly modelId: string;
  readonly backend: 'native' | 'wasm';
  /** Of the biLM on held-out text, as its training recorded it; null where it did not. */
  readonly perplexity: { readonly forward: number; readonly backward: number } | null;
  /** One for each backend that loads here. */
  readonly measures: readonly Measures[];
}

/** `glossator eval --all`: scores a model on all benchmark data and measures it. */
export async function evalAll(flags: EvalAllFlags): Promise<void> {
  // Mistyped names are said before the model is loaded.
  const sets = await findBenchmarkSets(flags.dataRoot);
  if (flags.write !== undefined) await requireSection(flags.write, 'scores');
  const figures = await modelFigures(flags, sets);
  const sections: Section[] = scoreSections(figures);
  if (flags.write !== undefined) {
    await writeSection(flags.write, 'scores', sectionsAsMarkdown(sections));
    process.stderr.write(`The scores in ${flags.write} are now those of model ${figures.modelId}.\n`);
  }
  const output = flags.json ? JSON.stringify(figures) : sectionsAsText(sections);
  await writeStandardOutput([`${output}\n`]);
}

async function modelFigures(flags: EvalAllFlags, sets: BenchmarkSets): Promise<ModelFigures> {
  const { openTagger } = await import('../tag/openTagger.js');
  const { evaluateAll } = await import('../../models/evaluation/evaluateAll.js');
  const { openModelDirectory } = await import('../../models/taggers/modelDirectory.js');
  const line = progressLine();
  try {
    const speedSet = sets.pos.at(-1);
    const measures: Measures[] = [];
    for (const backend of speedSet ? (['native', 'wasm'] as const) : []) {
      line.show(`Measuring the ${backend} backend`);
      const found = await measured(backend, speedSet!.file, flags);
      if (found) measures.push(found);
    }
    const directory = flags.model ?? pretrainedModel();
    const { training } = (await openModelDirectory(directory)).config;
    const { tagger, backend } = await openTagger(flags.model, flags.embedder);
    const scores = await evaluateAll(tagger, sets, (name, done, total) =>
      line.show(`${name} (${done + 1} of ${total})`),
    );
    tagger.dispose();
    const { perplexity = null } = (training.biLm ?? {}) as Partial<ModelFigures>;
    return { modelId: tagger.modelId, backend, perplexity, ...scores, measures };
  } finally {
    line.stop();
  }
}

/** Measures in a process of its own, so that nothing else is in its memory; null where the backend does not load. */
async function measured(
  backend: 'native' | 'wasm',
  data: string,
  { model, embedder }: EvalAllFlags,
): Promise<Measures | null> {
  const options = { model, embedder };
  const given = Object.entries(options).flatMap(([name, value]) => (value ? [`--${name}`, value] : []));
  const args = [process.argv[1], 'measure', '--data', data, ...given];
  const env = { ...process.env, GLOSSATOR_BACKEND: backend };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    return JSON.parse(stdout) as Measures;
  } catch (error) {
    if (backend === 'native') return null; // it need not be installed
    throw new InputError(`The model could not be measured: ${String((error as Error).message)}`);
  }
}
