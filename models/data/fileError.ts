import { InputError } from '../errors';

/** What happened, and what to do about it, by the code that the system gives. */
const FAULTS: Readonly<Record<string, readonly [sentence: string, remedy: string]>> = {
  ENOENT: ['There is no such file.', 'Check its name and folder.'],
  EISDIR: ['This is a folder, not a file.', 'Name a file in it.'],
  ENOTDIR: ['A part of this path is a file, not a folder.', 'Check the path.'],
  EACCES: ['The file may not be read or written.', 'Change its permissions.'],
  EPERM: ['The file may not be read or written.', 'Change its permissions.'],
  EROFS: ['The disk is read-only.', 'Work on a copy in a folder that may be written.'],
  ENOSPC: ['The disk is full.', 'Free some space and try again.'],
  EDQUOT: ['Your share of the disk is used up.', 'Free some space and try again.'],
  ELOOP: ['The link leads back to itself.', 'Replace it by the file.'],
  ENAMETOOLONG: ['The name of the file is too long.', 'Rename the file or move it to a shorter path.'],
  EMFILE: ['Too many files are open.', 'Close some programs and try again.'],
  ENFILE: ['Too many files are open.', 'Close some programs and try again.'],
  EBUSY: ['Another program is using the file.', 'Close it there and try again.'],
  ETXTBSY: ['Another program is using the file.', 'Close it there and try again.'],
  EEXIST: ['The file is there already.', 'Choose another name.'],
  ENOTEMPTY: ['The folder is not empty.', 'Choose another name.'],
  EFBIG: ['The file is too large for this disk.', 'Work on another disk.'],
  EIO: ['The disk has a fault.', 'Check the disk, or work on another one.'],
  ENXIO: ['This is a device, not a file.', 'Name a file.'],
  ENODEV: ['This is a device, not a file.', 'Name a file.'],
  ESTALE: ['The network folder is not there any more.', 'Connect to it again.'],
  EXDEV: ['The file would have to move to another disk.', 'Copy it there.'],
};

/**
 * What the user can mend where a file could not be read, written or moved; undefined for an error that is none of the
 * file system.
 * @param file where the error does not name it
 */
export function fileError(error: unknown, file?: string): InputError | undefined {
  if (!(error instanceof Object) || !('code' in error) || typeof error.code !== 'string') return undefined;
  if (!Object.hasOwn(FAULTS, error.code)) return undefined;
  const [sentence, remedy] = FAULTS[error.code];
  const path = file ?? ('path' in error && typeof error.path === 'string' ? error.path : undefined);
  return new InputError(sentence, path === undefined ? {} : { file: path }, remedy);
}
