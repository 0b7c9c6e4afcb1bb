import { fileError } from '../../models/data/fileError';
import { FileRefused } from '../../models/data/workspaceWalls';
import { InputError } from '../../models/errors';
import { ChangedMeanwhile } from './sidecarFile';
import { SidecarError } from './sidecarText';

const KEPT = 'Your labels are kept in memory';

/** What the user can mend where labels could not be written; the error itself where it is none of the file system. */
export function savingError(error: unknown, file: string): unknown {
  if (error instanceof FileRefused || (error instanceof SidecarError && error.fault === 'unreadable'))
    return new InputError(
      `The labels could not be saved: ${error.message}`,
      error.place,
      `${KEPT}. ${error.remedy}`,
    );
  if (error instanceof InputError) return error;
  if (error instanceof ChangedMeanwhile)
    return new InputError(
      'The labels could not be saved: another program keeps changing the annotation file.',
      { file },
      `${KEPT}; save again when that program is done.`,
    );
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new InputError(
        'The disk is full, so the labels could not be saved.',
        { file },
        `${KEPT}; free some space and save again.`,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new InputError(
        'The labels could not be saved: no permission to write to the folder.',
        { file },
        `${KEPT}; change its permissions and save again.`,
      );
    case undefined:
      return error;
    default:
      return new InputError(
        `The labels could not be saved: ${reasonOf(error)}`,
        { file },
        `${KEPT}; save again when that is fixed.`,
      );
  }
}

function reasonOf(error: unknown): string {
  const said = fileError(error)?.message ?? `${(error as Error).message}.`;
  return `${said[0].toLowerCase()}${said.slice(1)}`;
}
