import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../../server/packageRoot';

const dist = path.join(packageRoot(), 'dist');
const model = path.join(packageRoot(), 'models', 'pretrained', 'config.json');

/** Command lines of the built product. */
export const serverCommand = [process.execPath, path.join(dist, 'server.js'), '--stdio'];
export const cliCommand = [process.execPath, path.join(dist, 'cli.js')];

/** Why a test of the built server cannot run, or false. */
export const skipWithoutBuild = existsSync(path.join(dist, 'server.js'))
  ? false
  : 'dist/server.js is not built (npm run build)';

/** Why a test of the embedded model cannot run, or false. */
export const skipWithoutModel =
  skipWithoutBuild || (existsSync(model) ? false : 'models/pretrained/config.json is not there');
