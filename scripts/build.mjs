// Bundles the product into dist/: extension, server, inference thread, command line, library.
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

const outFolder = path.join(root, 'dist');

const ENTRIES = [
  { source: 'client/extension.ts', bundle: 'extension.js' },
  { source: 'server/main.ts', bundle: 'server.js' },
  { source: 'server/tagging/worker.ts', bundle: 'worker.js' },
  { source: 'server/retraining/trainer.ts', bundle: 'trainer.js' },
  { source: 'server/retraining/report.ts', bundle: 'report.js', minify: true },
  { source: 'cli/main.ts', bundle: 'cli.js', banner: '#!/usr/bin/env node' },
  { source: 'models/index.ts', bundle: 'index.js' },
];

/** What the bundles are made from; a change to any of it makes them stale. */
const SOURCES = ['cli', 'client', 'server', 'models', 'scripts/build.mjs', 'package-lock.json'];

function* filesUnder(file) {
  if (!statSync(file).isDirectory()) {
    yield file;
    return;
  }
  for (const entry of readdirSync(file)) yield* filesUnder(path.join(file, entry));
}

/** Names, sizes and times of all sources in one string. */
export function sourcesFingerprint() {
  const files = SOURCES.flatMap((source) => [...filesUnder(path.join(root, source))]);
  return files
    .filter((file) => !file.includes('pretrained'))
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${path.relative(root, file)} ${size} ${mtimeMs}`;
    })
    .join('\n');
}

/** True if every bundle that has a source is there. */
export function bundlesExist() {
  return ENTRIES.every(
    ({ source, bundle }) => !existsSync(path.join(root, source)) || existsSync(path.join(outFolder, bundle)),
  );
}

/**
 * Writes all bundles, with source maps. Packages with native or WebAssembly parts stay outside.
 * @returns `inputs`, the files that went into them, relative to the repository; and `externals`, the names
 * that they require at run time
 */
export async function build() {
  // Loaded here because the set-up script imports this file before there is a node_modules folder.
  const esbuild = await import('esbuild');
  const entries = ENTRIES.filter(({ source }) => existsSync(path.join(root, source)));
  const results = await Promise.allSettled(
    entries.map(({ source, bundle, banner, minify = false }) =>
      esbuild.build({
        absWorkingDir: root,
        entryPoints: [source],
        outfile: path.join('dist', bundle),
        bundle: true,
        platform: 'node',
        target: 'node20',
        format: 'cjs',
        external: ['vscode', '@tensorflow/*', 'h5wasm', 'h5wasm/*'],
        mainFields: ['module', 'main'],
        // Its file for Node waits for the package canvas before anything else; pictures here are SVG.
        alias: { 'vega-canvas': './node_modules/vega-canvas/build/vega-canvas.browser.js' },
        minify,
        banner: banner === undefined ? undefined : { js: banner },
        sourcemap: true,
        sourcesContent: false,
        logLevel: 'warning',
        metafile: true,
      }),
    ),
  );
  const failure = results.find(({ status }) => status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  for (const { bundle, banner } of entries) {
    if (banner !== undefined) chmodSync(path.join(outFolder, bundle), 0o755);
  }
  const metafiles = results.map(({ value }) => value.metafile);
  const imports = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => output.imports),
  );
  const externals = imports.filter(({ external, path: name }) => external && !isBuiltin(name));
  return {
    inputs: metafiles.flatMap(({ inputs }) => Object.keys(inputs)),
    externals: [...new Set(externals.map(({ path: name }) => name))],
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const begun = performance.now();
  await build();
  console.error(`Built dist/ in ${Math.round(performance.now() - begun)} ms.`);
}
