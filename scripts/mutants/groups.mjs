import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';

const ANNOTATIONS = 'models/annotations';
const LABEL_STORE = 'server/labelStore';

/** Where a fault costs a user work, and the tests that should notice it: files, or folders with all that they hold. */
export const GROUPS = {
  anchors: {
    sources: [ANNOTATIONS],
    tests: [
      ANNOTATIONS,
      'server/labelStore/labelOperation',
      'server/labelStore/labelStore',
      'server/labelStore/twoWindows',
      'server/labels/labels',
      'server/labels/labelActions',
      'server/labels/labelFindings',
    ],
  },
  labelStore: {
    sources: [LABEL_STORE],
    tests: [
      LABEL_STORE,
      'server/labels/labels',
      'server/labels/labelActions',
      'server/labels/movedTexts',
      'server/labels/workspaceLabels',
      'server/project/projectEdits',
    ],
  },
  locks: {
    sources: ['models/data/fileLock', 'models/data/processIdentity'],
    tests: ['models/data/fileLock', 'models/data/processIdentity', 'server/labelStore/twoWindows'],
  },
  files: {
    sources: ['atomicFile', 'workspaceFiles', 'workspaceWalls', 'regularFile'].map(
      (name) => `models/data/${name}`,
    ),
    tests: [
      'models/data/atomicFile',
      'models/data/exchangedFiles',
      'models/data/regularFile',
      'models/data/workspaceFiles',
      'server/labelStore/hostileWorkspace',
      'server/labelStore/history',
    ],
  },
  tagging: {
    sources: ['server/tagging/taggingQueue', 'server/tagging/taggingService'],
    tests: ['taggingQueue', 'taggingService', 'taggingPriority', 'batchCost'].map(
      (name) => `server/tagging/${name}`,
    ),
  },
  modelSwap: {
    sources: ['server/tagging/modelLoader', 'models/retraining/modelChoice'],
    tests: [
      'server/tagging/modelLoader',
      'server/tagging/servingModel',
      'server/tagging/servingModelCommands',
      'server/tagging/loadedModel',
      'models/retraining/modelChoice',
      'models/retraining/modelHistory',
    ],
  },
};

/** Too slow to be asked for every fault. */
const TOO_SLOW = ['randomEdits', 'killedServer', 'killedWriter', 'fullDisk'];

/** The files under `folder` that a name of the table stands for, relative to it, without their ending. */
function expand(folder, name, ending) {
  const file = `${name}${ending}`;
  if (existsSync(path.join(root, folder, file))) return [name];
  return readdirSync(path.join(root, folder, name), { recursive: true })
    .map((entry) => `${name}/${entry.split(path.sep).join('/')}`)
    .filter((entry) => entry.endsWith(ending))
    .map((entry) => entry.slice(0, -ending.length))
    .sort();
}

export const sourcesOf = (group) => GROUPS[group].sources.flatMap((name) => expand('.', name, '.ts'));

/** Names of tests under test/, as `models/data/fileLock`. */
export const testsOf = (group) =>
  GROUPS[group].tests
    .flatMap((name) => expand('test', name, '.test.ts'))
    .filter((name) => !TOO_SLOW.includes(path.basename(name)));
