import path from 'node:path';
import { installRecipe } from '../installRecipe.mjs';
import { cacheDir } from '../paths.mjs';

/** Where the peers are installed. */
export const peersDir = path.join(cacheDir, 'peers');

/** Installs wink-nlp and compromise into .cache/peers, in the versions of package-lock.json here. */
export async function installPeers() {
  await installRecipe('peers', 'wink-nlp and compromise');
}
