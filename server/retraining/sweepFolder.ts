import * as path from 'node:path';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import type { ModelHistory } from '../../models/retraining/modelHistory';
import { VectorCache } from '../../models/retraining/vectorCache';

/** Where vectors of the sentences of a workspace folder are kept. */
export const cacheOf = (folder: string): string => path.join(folder, '.glossator', 'cache');

/**
 * Removes what dead trainers left in a workspace folder, but no model, and nothing that a trainer that lives
 * cannot do without.
 * @returns names of what was removed
 */
export async function sweepDebris(folder: string, history: ModelHistory): Promise<string[]> {
  return [...(await history.sweepDebris()), ...(await sweepCache(folder))];
}

/** Removes that, and models that are too many. @returns names of what was removed */
export async function sweepFolder(folder: string, history: ModelHistory): Promise<string[]> {
  return [...(await history.sweep()), ...(await sweepCache(folder))];
}

const sweepCache = (folder: string): Promise<string[]> =>
  new VectorCache(new WorkspaceFiles(folder), cacheOf(folder)).sweep();
