import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lastLine, run } from '../run.mjs';
import { root, tfjsNodeDir } from '../paths.mjs';

/** The wheel is taken for its C library alone, so one Python's wheel serves whatever Python runs pip. */
const WHEEL = {
  requirement: 'tensorflow-cpu==2.21.0',
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  tags: ['--implementation=cp', '--python-version=3.11', '--platform=manylinux_2_27_x86_64'],
};

const DOWNLOAD_MS = 15 * 60_000;

const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** The names that the linker asks for; the loader does not. */
const LINK_NAMES = new Map([
  ['libtensorflow.so', LIBRARIES[0]],
  ['libtensorflow_framework.so', LIBRARIES[1]],
]);

const UNPACK = `
import os, shutil, sys, zipfile
wheel, target = sys.argv[1:3]
libraries = ['tensorflow/' + name for name in sys.argv[3:]]
headers = tuple('tensorflow/include/' + name + '/' for name in ('tensorflow', 'xla', 'tsl'))
with zipfile.ZipFile(wheel) as archive:
    for member in archive.namelist():
        if member in libraries or member.startswith(headers) and member.endswith('.h'):
            archive.extract(member, target)
`;

function platformRefusal() {
  if (process.platform === 'linux' && process.arch === 'x64') return undefined;
  return `building it is prepared for linux-x64 only, this is ${process.platform}-${process.arch}`;
}

/** Runs one step and throws a sentence that names it when it fails. */
async function step(what, command, args, options) {
  const { status, output } = await run(command, args, options);
  if (status !== 0) throw new Error(`${what} failed: ${lastLine(output)}`);
}

async function downloadWheel(folder) {
  const requirements = path.join(folder, 'requirements.txt');
  writeFileSync(requirements, `${WHEEL.requirement} --hash=sha256:${WHEEL.sha256}\n`);
  const options = [
    '--quiet',
    '--no-deps',
    '--only-binary=:all:',
    '--disable-pip-version-check',
    '--no-cache-dir',
  ];
  const network = ['--retries=1', '--timeout=15'];
  const args = [
    '-m',
    'pip',
    'download',
    ...options,
    ...network,
    ...WHEEL.tags,
    '--dest',
    folder,
    '-r',
    requirements,
  ];
  await step('pip download of TensorFlow', 'python3', args, { cwd: folder, timeoutMs: DOWNLOAD_MS });
  return path.join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.whl')),
  );
}

/** Unpacks the two libraries and the headers, and removes the symbols that only a debugger reads (a quarter). */
async function unpack(wheel, folder) {
  await step('unpacking TensorFlow', 'python3', ['-c', UNPACK, wheel, folder, ...LIBRARIES]);
  rmSync(wheel);
  const lib = path.join(folder, 'deps', 'lib');
  mkdirSync(lib, { recursive: true });
  for (const name of LIBRARIES) renameSync(path.join(folder, 'tensorflow', name), path.join(lib, name));
  await run('strip', ['--strip-all', ...LIBRARIES], { cwd: lib });
  for (const [name, target] of LINK_NAMES) symlinkSync(target, path.join(lib, name));
}

/**
 * Compiles the two source files of the binding. Node-API's headers come from their own npm package:
 * unlike node-gyp's they need no download and fit every Node.
 */
async function compile(folder) {
  const napi = 8;
  const target = path.join(folder, 'lib', `napi-v${napi}`);
  mkdirSync(target, { recursive: true });
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) =>
    path.join(tfjsNodeDir, 'binding', name),
  );
  const include = [
    tfjsNodeDir,
    path.join(root, 'node_modules', 'node-api-headers', 'include'),
    path.join(folder, 'tensorflow', 'include'),
  ];
  await step('compiling the binding', process.env.CXX ?? 'g++', [
    ...['-O2', '-std=c++17', '-fPIC', '-shared', '-fno-exceptions', '-fno-rtti', `-DNAPI_VERSION=${napi}`],
    ...include.map((folder) => `-I${folder}`),
    ...sources,
    ...['-o', path.join(target, 'tfjs_binding.node')],
    ...[`-L${path.join(folder, 'deps', 'lib')}`, '-ltensorflow', '-ltensorflow_framework'],
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
  ]);
}

/**
 * Builds the binding against the TensorFlow inside Google's Python package, which every PyPI mirror has.
 * Everything is made in a folder aside and moved into place last. Answers the reason when it cannot.
 */
export async function whyWheelBuildFails() {
  const refusal = platformRefusal();
  if (refusal !== undefined) return refusal;
  const folder = path.join(tfjsNodeDir, '.glossator-build');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  try {
    await step('looking for a C++ compiler', process.env.CXX ?? 'g++', ['--version']);
    await unpack(await downloadWheel(folder), folder);
    await compile(folder);
    for (const name of LINK_NAMES.keys()) rmSync(path.join(folder, 'deps', 'lib', name));
    for (const name of ['deps', 'lib']) renameSync(path.join(folder, name), path.join(tfjsNodeDir, name));
    return undefined;
  } catch (error) {
    return error.message;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
