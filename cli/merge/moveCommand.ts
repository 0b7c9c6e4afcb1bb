import { existsSync, realpathSync } from 'node:fs';
import * as path from 'node:path';
import { Command } from 'commander';
import { InputError } from '../../models/errors';
import { projectRoot } from '../../server/convert/projectRoot';
import { LabelStore } from '../../server/labelStore/labelStore';

const HELP = `
Editors that speak to Glossator take labels along when you rename a text or a folder. After a move by other means,
such as mv, this does it. Both names are paths.

Example:
  mv letters archive/letters && glossator move letters archive/letters`;

/** `glossator move`: attaches the labels of texts that were moved. */
export function moveCommand(): Command {
  return new Command('move')
    .description('Attach the labels of a text, or of a folder of texts, to where it has been moved.')
    .argument('<FROM>', 'where it was')
    .argument('<TO>', 'where it is now')
    .addHelpText('after', HELP)
    .action(move);
}

async function move(from: string, to: string): Promise<void> {
  if (!existsSync(to))
    throw new InputError('There is no such text or folder.', { file: to }, 'Move it there first.');
  if (existsSync(from))
    throw new InputError(
      'The text is still in its place, with its labels.',
      { file: from },
      'Move it first.',
    );
  const now = realpathSync(to);
  const root = projectRoot(now, path.dirname(now));
  const store = new LabelStore(root, { annotator: () => '' });
  const [old, name] = [store.name(path.resolve(from)), store.name(now)];
  const isOfIt = (text: string): boolean => text === old || text.startsWith(`${old}/`);
  const texts = (await store.texts()).filter(isOfIt);
  if (texts.length === 0) throw new InputError('Nothing here has labels.', { file: from }, 'Check the name.');
  await store.rename(old, name);
  const what = texts.length === 1 ? 'The labels of 1 text are' : `The labels of ${texts.length} texts are`;
  process.stderr.write(`${what} attached to ${name}.\n`);
}
