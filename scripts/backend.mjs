// Gets the native TensorFlow for @tensorflow/tfjs-node and says in one line which way it went:
//   already there -> the package's own prebuilt library -> a build against the TensorFlow of the pip wheel
//   -> none, and the WebAssembly backend does the work.
// It never fails an installation, unless GLOSSATOR_BACKEND=native asks for the native library and nothing else.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { bindingFile, removeBinding, whyBindingFails } from './native/binding.mjs';
import { whyPrebuiltFails } from './native/prebuilt.mjs';
import { whyWheelBuildFails } from './native/wheelBuild.mjs';
import { cacheDir, tfjsNodeDir } from './paths.mjs';

// Beside what it describes: a new node_modules folder starts without it.
const stampFile = path.join(tfjsNodeDir, '.glossator-backend.json');

const ROUTES = [
  { name: 'the prebuilt library of tfjs-node', whyItFails: whyPrebuiltFails },
  { name: "built against the Python package's TensorFlow", whyItFails: whyWheelBuildFails },
];

/** What identifies a finished installation: the machine and the very file that was checked. */
function fingerprint() {
  const file = bindingFile();
  const binding =
    file === undefined ? 'none' : `${statSync(file).size}@${Math.round(statSync(file).mtimeMs)}`;
  return `${process.platform}-${process.arch} ${binding}`;
}

function readStamp() {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    return stamp.fingerprint === fingerprint() ? stamp : undefined;
  } catch {
    return undefined;
  }
}

function writeStamp(stamp) {
  const finished = { ...stamp, fingerprint: fingerprint() };
  writeFileSync(stampFile, `${JSON.stringify(finished, undefined, 2)}\n`);
  return finished;
}

/** Walks the chain to its first success. */
async function install() {
  if ((await whyBindingFails()) === undefined)
    return writeStamp({ backend: 'native', route: 'already there' });
  process.stderr.write('Getting the native TensorFlow (once; a download of 110 to 270 MB) …\n');
  const reasons = [];
  for (const { name, whyItFails } of ROUTES) {
    removeBinding();
    const reason = (await whyItFails()) ?? (await whyBindingFails());
    if (reason === undefined) return writeStamp({ backend: 'native', route: name });
    reasons.push(reason);
  }
  removeBinding();
  return writeStamp({ backend: 'wasm', reasons });
}

/** The line for the user. */
function describe(stamp) {
  if (stamp.backend === 'native') return `Backend: native TensorFlow (${stamp.route}).`;
  return `Backend: WebAssembly, because the native one could not be had: ${stamp.reasons.join('; ')}. Try again with: npm run backend`;
}

/**
 * Supplies the backend that GLOSSATOR_BACKEND asks for, or the best there is.
 * `retry` looks for a native library again where an earlier run found none.
 * Answers `{ line, fresh, failed }`: what to tell, whether anything was done, whether the wish could not be met.
 */
export async function supplyBackend({ retry = false } = {}) {
  const wish = process.env.GLOSSATOR_BACKEND ?? '';
  if (!['', 'native', 'wasm'].includes(wish)) {
    const line = `GLOSSATOR_BACKEND is "${wish}"; it has to be native, wasm, or unset.`;
    return { line, fresh: false, failed: true };
  }
  if (wish === 'wasm')
    return { line: 'Backend: WebAssembly (GLOSSATOR_BACKEND=wasm).', fresh: false, failed: false };
  if (!existsSync(tfjsNodeDir)) {
    const line = 'Backend: WebAssembly, because the package @tensorflow/tfjs-node is not installed.';
    return { line, fresh: false, failed: wish === 'native' };
  }
  const isEnough = (stamp) =>
    stamp?.backend === 'native' || (stamp !== undefined && wish !== 'native' && !retry);
  let stamp = readStamp();
  const fresh = !isEnough(stamp);
  if (fresh) {
    stamp = await withLock(path.join(cacheDir, 'backend.lock'), async () => {
      const byAnother = readStamp();
      return isEnough(byAnother) ? byAnother : await install();
    });
  }
  return { line: describe(stamp), fresh, failed: wish === 'native' && stamp.backend !== 'native' };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { line, failed } = await supplyBackend({ retry: true });
  console.log(line);
  if (failed) process.exitCode = 1;
}
