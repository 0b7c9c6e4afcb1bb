import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import { InputError } from '../../models/errors';
import { mayHoldText } from '../../models/formats/recognizeFormat';

/** A file to read. */
export interface InputPlace {
  readonly file: string;
  /** The folder below the one that was named, in which it was found; empty for a file that was named itself. */
  readonly under: string;
  /** It was found in a folder, so that it need not be one of ours. */
  readonly isFound: boolean;
}

/**
 * The files that a person named, and those of known kinds in the folders named. Links, hidden folders (the labels of
 * projects among them), `node_modules`, and the folder that is written to are passed over; so is the text beside a file
 * of brat, which is read with it. A file that is named twice, or named beside its folder, is there once.
 * @param out where the outputs go
 * @throws InputError where a folder holds none
 */
export async function inputFiles(places: readonly string[], out?: string): Promise<InputPlace[]> {
  const found: InputPlace[] = [];
  for (const place of places) {
    const isFolder = place !== '-' && (await stat(place).catch(() => undefined))?.isDirectory();
    if (isFolder) found.push(...(await filesIn(place, out)));
    else found.push({ file: place, under: '', isFound: false });
  }
  const named = new Set(found.filter(({ isFound }) => !isFound).map(({ file }) => path.resolve(file)));
  const seen = new Set<string>();
  return found.filter(({ file, isFound }) => {
    const place = path.resolve(file);
    if (file === '-') return true;
    if (seen.has(place) || (isFound && named.has(place))) return false;
    seen.add(place);
    return true;
  });
}

async function filesIn(folder: string, out: string | undefined): Promise<InputPlace[]> {
  const output = out === undefined || out === '-' ? undefined : path.resolve(out);
  const enters = (below: string): boolean => {
    const name = below.slice(below.lastIndexOf('/') + 1);
    if (below !== '' && (name.startsWith('.') || name === 'node_modules')) return false;
    return below === '' || path.resolve(folder, below) !== output;
  };
  const names: string[] = [];
  for await (const name of new WorkspaceFiles(folder).walk('.', enters))
    if (mayHoldText(name) && path.resolve(folder, name) !== output) names.push(name);
  const annotated = new Set(names.filter((name) => name.endsWith('.ann')).map((name) => name.slice(0, -4)));
  const own = names.filter((name) => !(name.endsWith('.txt') && annotated.has(name.slice(0, -4))));
  if (own.length === 0)
    throw new InputError(
      'The folder holds no files of a format that is read here.',
      { file: folder },
      'Name the files, and their format with --from.',
    );
  return own.map((name) => ({
    file: path.join(folder, name),
    under: path.posix.dirname(name) === '.' ? '' : path.posix.dirname(name),
    isFound: true,
  }));
}
