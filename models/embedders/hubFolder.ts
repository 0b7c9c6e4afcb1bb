import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { unpackArchive } from '../data/unpackArchive';
import { InputError } from '../errors';
import { idLength } from './biLmId';

/** Where archives are unpacked when nobody says where: the user's cache folder, as each system has it. */
export function defaultHubCache(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  const caches =
    process.platform === 'win32'
      ? local || path.join(homedir(), 'AppData', 'Local')
      : process.platform === 'darwin'
        ? path.join(homedir(), 'Library', 'Caches')
        : xdg || path.join(homedir(), '.cache');
  return path.join(caches, 'glossator', 'hub');
}

/** Where the SavedModel lies in what was unpacked: at the top, or in the only folder there. */
async function findSavedModel(folder: string): Promise<string> {
  const isHere = await access(path.join(folder, 'saved_model.pb')).then(
    () => true,
    () => false,
  );
  const names = isHere ? [] : await readdir(folder);
  return names.length === 1 ? path.join(folder, names[0]) : folder;
}

/**
 * The folder of a module's SavedModel.
 * @param source such a folder, or the archive that TensorFlow Hub gives out, which is unpacked under `cache` once
 * @throws InputError where there is nothing, or the archive is damaged or unsafe
 */
export async function hubFolder(source: string, cache: string): Promise<string> {
  const found = await stat(source).catch(() => {
    throw new InputError('There is no such file or folder.', { file: source }, 'Check its name.');
  });
  return found.isDirectory() ? source : findSavedModel(await unpackArchive(source, cache));
}

/** The id of a module: a hash of its program and of its variables, which are streamed. */
export async function hubId(folder: string): Promise<string> {
  const names = await readdir(path.join(folder, 'variables')).catch(() => []);
  const files = ['saved_model.pb', ...names.sort().map((name) => path.join('variables', name))];
  const hash = createHash('sha256');
  for (const name of files) {
    const file = path.join(folder, name);
    const { size } = await stat(file).catch(() => {
      throw new InputError(
        'This is not the folder of a SavedModel: it holds no readable saved_model.pb.',
        { file: folder },
        'Choose the folder of an unpacked module, or its .tar.gz.',
      );
    });
    hash.update(`${path.basename(name)} ${size}\n`);
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  }
  return hash.digest('hex').slice(0, idLength);
}
