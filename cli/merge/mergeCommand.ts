import { existsSync, realpathSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { Command } from 'commander';
import { InputError } from '../../models/errors';
import { projectRoot } from '../../server/convert/projectRoot';
import { LabelStore } from '../../server/labelStore/labelStore';
import { textNameOfSidecar } from '../../server/workspace/workspacePaths';
import { NegativeAnswer } from '../terminal/runProgram';

const HELP = `
Labels are merged by id, by the rules of docs/annotation-format.md; nothing is dropped. Of a label that both sides
changed in different ways both versions are kept, and you choose in the editor. Exit status: 0 where everything is
merged, 1 where there was nothing to merge, 2 where a file cannot be read.

To have git merge annotations without conflicts, see docs/annotation-format.md, "Two programs, two branches".

Examples:
  glossator merge
  glossator merge letters/1763.txt && git add .glossator`;

/** `glossator merge`: annotation files that git left with conflict markers. */
export function mergeCommand(): Command {
  return new Command('merge')
    .description('Resolve git merge conflicts in annotations.')
    .argument('[PATH...]', 'texts, annotation files, or folders of a project (default: this folder)')
    .addHelpText('after', HELP)
    .action((places: string[]) => merge(places.length ? places : ['.']));
}

async function merge(places: readonly string[]): Promise<void> {
  let merged = 0;
  const failures: InputError[] = [];
  for (const { root, names } of await conflictedIn(places)) {
    const store = new LabelStore(root, { annotator: () => '' });
    for (const name of names ?? (await store.texts())) {
      try {
        const resolved = await store.resolveConflict(name);
        if (resolved === undefined) continue;
        merged++;
        const { labels, conflicts } = resolved;
        const rest = conflicts.length
          ? `; ${conflicts.length} changed on both sides, choose in the editor`
          : '';
        process.stdout.write(`${name}: ${labels.length} labels merged${rest}\n`);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        failures.push(error);
      }
    }
  }
  for (const error of failures.slice(1)) process.stderr.write(`${error.format()}\n`);
  if (failures.length > 0) throw failures[0];
  if (merged > 0) return;
  process.stderr.write('No annotations have merge conflicts.\n');
  throw new NegativeAnswer();
}

interface Conflicted {
  readonly root: string;
  /** All of the project where left out. */
  readonly names?: readonly string[];
}

async function conflictedIn(places: readonly string[]): Promise<Conflicted[]> {
  return Promise.all(
    places.map(async (place): Promise<Conflicted> => {
      const file = existsSync(place) ? realpathSync(place) : path.resolve(place);
      const root = projectRoot(file, path.dirname(file));
      if (file === root || (existsSync(file) && statSync(file).isDirectory())) {
        const below = path.relative(root, file).split(path.sep).join('/');
        if (below === '' || below.startsWith('.glossator')) return { root };
        const texts = await new LabelStore(root, { annotator: () => '' }).texts();
        return { root, names: texts.filter((name) => name.startsWith(`${below}/`)) };
      }
      const name = textNameOfSidecar(root, file);
      return { root, names: [name ?? path.relative(root, file).split(path.sep).join('/')] };
    }),
  );
}
