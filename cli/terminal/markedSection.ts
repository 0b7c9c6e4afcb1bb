import { readFile } from 'node:fs/promises';
import { writeFileAtomically } from '../../models/data/atomicFile';
import { InputError } from '../../models/errors';

const begin = (name: string): string => `<!-- begin ${name} -->`;
const end = (name: string): string => `<!-- end ${name} -->`;

/**
 * Puts a new text between `<!-- begin NAME -->` and `<!-- end NAME -->`; all else stays.
 * @throws InputError where the file has no such pair of marks
 */
export function replaceSection(text: string, name: string, content: string, file?: string): string {
  const [from, to] = [text.indexOf(begin(name)), text.indexOf(end(name))];
  if (from < 0 || to < from)
    throw new InputError(
      `There is no place for the ${name}.`,
      { file },
      `Write "${begin(name)}" and "${end(name)}" where they should stand.`,
    );
  return `${text.slice(0, from + begin(name).length)}\n\n${content.trim()}\n\n${text.slice(to)}`;
}

/** Replaces a section of a file; see `replaceSection`. */
export async function writeSection(file: string, name: string, content: string): Promise<void> {
  await writeFileAtomically(file, replaceSection(await textOf(file), name, content, file));
}

/** Throws just what `writeSection` would: for a look before long work. */
export async function requireSection(file: string, name: string): Promise<void> {
  replaceSection(await textOf(file), name, '', file);
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new InputError('There is no such file.', { file }, 'Name a Markdown file.');
  });
}
