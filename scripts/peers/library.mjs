import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../paths.mjs';
import { peersDir } from './installPeers.mjs';

const EXPORTS = {
  'models/backend': ['loadBackend'],
  'models/data/conllu': ['sentenceText'],
  'models/data/readConllu': ['readConllu'],
  'models/data/taggedExample': ['readTokenLayer'],
  'models/data/textFile': ['readTextFile'],
  'models/evaluation/evaluateLayer': ['evaluateLayer'],
  'models/evaluation/scoreRawText': ['scoreRawText'],
  'models/evaluation/segmentedText': ['segmentedConllu', 'segmentedTokens'],
  'models/evaluation/spanScorer': ['SpanScorer'],
  'models/taggers/loadTagger': ['loadTagger'],
  'models/tags/bio': ['spansOfTags'],
  'models/text/segmenter': ['segment'],
  'cli/terminal/markedSection': ['writeSection', 'requireSection'],
  'cli/terminal/processMemory': ['memoryOf'],
  'cli/terminal/textTable': ['markdownTable', 'textTable'],
};

const file = path.join(peersDir, 'library.cjs');

/** Bundles what the benchmark uses of our own sources. */
export async function buildLibrary() {
  const { build } = await import('esbuild');
  const lines = Object.entries(EXPORTS).map(
    ([source, names]) => `export { ${names.join(', ')} } from './${source}';`,
  );
  await build({
    absWorkingDir: root,
    stdin: { contents: lines.join('\n'), resolveDir: root, loader: 'ts' },
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['@tensorflow/*', 'h5wasm', 'h5wasm/*'],
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
}

/** What `buildLibrary` bundled. */
export function library() {
  return createRequire(file)(file);
}
