import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { mergeLabels } from '../../models/annotations/mergeLabels';
import { writeFileAtomically } from '../../models/data/atomicFile';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import { formatSidecar, mergeUnread, parseSidecar } from '../../server/labelStore/sidecarText';
import { NegativeAnswer } from '../terminal/runProgram';

const HELP = `
Set it up once:
  echo '.glossator/annotations/** merge=glossator' >> .gitattributes
  git config merge.glossator.name 'Glossator annotations'
  git config merge.glossator.driver 'glossator merge-driver %O %A %B %P'

Where a side cannot be read as annotations, the file is merged line by line, as git would, with conflict markers.`;

/** `glossator merge-driver`: what git calls to merge an annotation file (gitattributes(5), "Defining a custom merge driver"). */
export function mergeDriverCommand(): Command {
  return new Command('merge-driver')
    .description('Merge annotations for git, label by label.')
    .argument('<BASE>', 'the common ancestor: %O')
    .argument('<OURS>', 'this side, which the result replaces: %A')
    .argument('<THEIRS>', 'the other side: %B')
    .argument('[PATH]', 'the name for messages: %P')
    .addHelpText('after', HELP)
    .action(mergeForGit);
}

async function mergeForGit(base: string, ours: string, theirs: string, name = ours): Promise<void> {
  try {
    const read = async (file: string) => parseSidecar(await readTextFile(file), name);
    const [old, mine, others] = [await read(base), await read(ours), await read(theirs)];
    const { labels, conflicts } = mergeLabels(old.labels, mine.labels, others.labels);
    const unread = mergeUnread(old.unread, mine.unread, others.unread);
    await writeFileAtomically(ours, formatSidecar(labels, undefined, unread));
    if (conflicts.length > 0)
      process.stderr.write(
        `${name}: ${conflicts.length} ${conflicts.length === 1 ? 'label was' : 'labels were'} changed on both sides; both versions are kept, choose in the editor.\n`,
      );
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${error.format()}\n`);
    await mergeByLine(base, ours, theirs);
  }
}

/** What git would have done: markers in the file where both sides changed the same lines. */
async function mergeByLine(base: string, ours: string, theirs: string): Promise<void> {
  const labels = ['-L', 'ours', '-L', 'base', '-L', 'theirs'];
  const merging = promisify(execFile)('git', ['merge-file', '--diff3', ...labels, ours, base, theirs]);
  await merging.catch(() => {
    throw new NegativeAnswer();
  });
}
