// `npm run package [-- --native]`: makes the .vsix from a folder of exactly the files it ships.
// Without --native it runs everywhere, on WebAssembly; with it, it carries this platform's TensorFlow.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { bindingFile } from './native/binding.mjs';
import { cacheDir, root } from './paths.mjs';
import { setUpOrExit } from './setup.mjs';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

const staging = path.join(cacheDir, 'vsix');

/** Beside the bundles, because vsce leaves a top-level node_modules folder out. */
const shippedModules = path.join(staging, 'dist', 'node_modules');

export const SHIPPED = [
  'dist',
  'models/pretrained',
  'models/rehearsal',
  'samples',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'media',
  'package.nls.json',
  'schemas',
  'docs/checks.md', // what diagnostics link to
  '.vscodeignore',
];

/** What the bundles require by name: each package's file for Node, and what that file opens. */
export const RUNTIME_PACKAGES = {
  '@tensorflow/tfjs-core': ['dist/tf-core.node.js'],
  '@tensorflow/tfjs-backend-wasm': [
    'dist/tf-backend-wasm.node.js',
    'dist/tfjs-backend-wasm.wasm',
    'dist/tfjs-backend-wasm-simd.wasm',
    'dist/tfjs-backend-wasm-threaded-simd.wasm',
  ],
  '@tensorflow/tfjs-layers': ['dist/tf-layers.node.js'],
  h5wasm: ['dist/node', 'LICENSE.txt'],
};

const NATIVE_PACKAGE = '@tensorflow/tfjs-node';

/** The fields of package.json by which Node finds and loads a package. */
function withoutInstallation({ name, version, license, main, type, exports, binary }) {
  return { name, version, license, main, type, exports, binary };
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function writeJson(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

function stageManifest() {
  const {
    scripts: _scripts,
    dependencies: _dependencies,
    devDependencies: _tools,
    exports: _library,
    ...manifest
  } = readJson(path.join(root, 'package.json'));
  writeJson(path.join(staging, 'package.json'), manifest);
}

function stagePackages() {
  for (const [name, files] of Object.entries(RUNTIME_PACKAGES)) {
    const source = path.join(root, 'node_modules', name);
    const target = path.join(shippedModules, name);
    writeJson(
      path.join(target, 'package.json'),
      withoutInstallation(readJson(path.join(source, 'package.json'))),
    );
    for (const file of files) cpSync(path.join(source, file), path.join(target, file), { recursive: true });
  }
}

/** The libraries under the names that the loader looks for; the other names are links, which a .vsix cannot hold. */
function tensorFlowLibraries(folder) {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => ({
    file: path.join(folder, name),
    soname: name.replace(/(\.so\.\d+).*$/, '$1'),
  }));
}

/** The TensorFlow libraries, and tfjs-node with all it requires in one file. Answers what went into that file. */
async function stageNative() {
  if (process.platform !== 'linux')
    throw new Error('Packing the native TensorFlow is prepared for Linux only.');
  if (bindingFile() === undefined)
    throw new Error('There is no native TensorFlow here; get it with: npm run backend');
  const { build: bundle } = await import('esbuild');
  const source = path.join(root, 'node_modules', NATIVE_PACKAGE);
  const target = path.join(shippedModules, NATIVE_PACKAGE);
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: [path.join(source, 'dist', 'index.js')],
    outfile: path.join(target, 'dist', 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    minify: true,
    // It must be the one that the rest of the product uses.
    external: ['@tensorflow/tfjs-core'],
    alias: { '@mapbox/node-pre-gyp': path.join(root, 'scripts', 'native', 'findBinding.cjs') },
    mainFields: ['main'],
    logLevel: 'error',
    metafile: true,
  });
  writeJson(
    path.join(target, 'package.json'),
    withoutInstallation(readJson(path.join(source, 'package.json'))),
  );
  cpSync(path.join(source, 'lib'), path.join(target, 'lib'), { recursive: true });
  for (const { file, soname } of tensorFlowLibraries(path.join(source, 'deps', 'lib'))) {
    cpSync(file, path.join(target, 'deps', 'lib', soname));
  }
  return Object.keys(metafile.inputs);
}

/** Fails where a bundle requires a package that would not be shipped. The native one may be absent. */
function checkExternals(externals) {
  const shipped = [...Object.keys(RUNTIME_PACKAGES), NATIVE_PACKAGE];
  const missing = externals
    .filter((name) => name !== 'vscode')
    .filter((name) => !shipped.some((known) => name === known || name.startsWith(`${known}/`)));
  if (missing.length > 0)
    throw new Error(`RUNTIME_PACKAGES in scripts/package.mjs lacks ${missing.join(', ')}.`);
}

/** Fills the staging folder. */
async function stage({ native }) {
  const { inputs, externals } = await build();
  checkExternals(externals);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  for (const name of SHIPPED) {
    const source = path.join(root, name);
    if (existsSync(source)) cpSync(source, path.join(staging, name), { recursive: true });
  }
  stageManifest();
  stagePackages();
  if (native) inputs.push(...(await stageNative()));
  const packages = Object.keys(RUNTIME_PACKAGES).concat(native ? NATIVE_PACKAGE : []);
  writeFileSync(path.join(staging, 'ThirdPartyNotices.txt'), thirdPartyNotices(inputs, packages));
}

/**
 * Builds and packs the extension.
 * @returns the path of the .vsix
 */
export async function packExtension({ native = false } = {}) {
  await stage({ native });
  const { name, version } = readJson(path.join(root, 'package.json'));
  const target = native ? `${process.platform}-${process.arch}` : undefined;
  const packagePath = path.join(root, `${[name, target, version].filter(Boolean).join('-')}.vsix`);
  const { createVSIX } = await import('@vscode/vsce');
  await createVSIX({
    cwd: staging,
    packagePath,
    target,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  rmSync(staging, { recursive: true, force: true });
  return packagePath;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await setUpOrExit();
  const file = await packExtension({ native: process.argv.includes('--native') });
  console.log(`${path.relative(root, file)}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
}
