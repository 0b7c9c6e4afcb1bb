import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where the scripts keep their stamps and what they install beside node_modules; ignored by git. */
export const cacheDir = path.join(root, '.cache');

/** The package whose native half `backend.mjs` supplies. */
export const tfjsNodeDir = path.join(root, 'node_modules', '@tensorflow', 'tfjs-node');
