import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { RUNTIME_PACKAGES, SHIPPED } from '../package.mjs';
import { root } from '../paths.mjs';
import { peersDir } from './installPeers.mjs';

/** Bytes of a file or of all files in a folder; links and what is absent count nothing. */
function bytesOf(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.size;
  return readdirSync(file, { withFileTypes: true })
    .filter((entry) => !entry.isSymbolicLink())
    .reduce((sum, { name }) => sum + bytesOf(path.join(file, name)), 0);
}

const total = (files) => files.reduce((sum, file) => sum + bytesOf(file), 0);
const modules = (names) => names.map((name) => path.join(peersDir, 'node_modules', name));

/** What the extension unpacks to: see scripts/package.mjs. Source maps are for us. */
function extensionFiles() {
  const dist = path.join(root, 'dist');
  const bundles = existsSync(dist) ? readdirSync(dist).filter((name) => name.endsWith('.js')) : [];
  return [
    ...bundles.map((name) => path.join(dist, name)),
    ...SHIPPED.filter((name) => name !== 'dist').map((name) => path.join(root, name)),
    ...Object.entries(RUNTIME_PACKAGES).flatMap(([name, files]) =>
      files.map((file) => path.join(root, 'node_modules', name, file)),
    ),
  ];
}

const nativeFiles = ['lib', path.join('deps', 'lib')].map((folder) =>
  path.join(root, 'node_modules', '@tensorflow', 'tfjs-node', folder),
);

/** Bytes on disk after installation, dependencies and models included. */
export const INSTALLED = {
  wink: () => total(modules(['wink-nlp', 'wink-eng-lite-web-model'])),
  compromise: () => total(modules(['compromise', 'efrt', 'grad-school', 'suffix-thumb'])),
  wasm: () => total(extensionFiles()),
  native: () => total([...extensionFiles(), ...nativeFiles]),
};
