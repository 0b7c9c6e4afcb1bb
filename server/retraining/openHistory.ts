import { ModelHistory } from '../../models/retraining/modelHistory';
import { withFileLock } from '../labelStore/fileLock';

/**
 * The retrained models of a workspace folder, under a lock that all programs share.
 * @param options.keep unpinned models that stay when others are swept away
 */
export function openHistory(folder: string, options: { readonly keep?: number } = {}): ModelHistory {
  return new ModelHistory(folder, withFileLock, options);
}
