import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { packageRoot } from '../../server/packageRoot';
import { startView } from './startView';

/** `npm start [-- FILE…]`: shows what the language server makes of texts. Hidden, since `tag` is for daily use. */
export function startCommand(): Command {
  return new Command('start')
    .description('Tag texts through the language server and show them.')
    .argument('[FILE...]', 'UTF-8 texts (default: our own in samples/)')
    .option('--model <directory>', 'a model of your own in place of the embedded one')
    .action((files: string[], { model }: { model?: string }) =>
      startView(files.length > 0 ? files : samples(), model),
    );
}

function samples(): string[] {
  const folder = path.join(packageRoot(), 'samples');
  return readdirSync(folder)
    .filter((name) => /\.(txt|md)$/.test(name))
    .sort()
    .map((name) => path.relative(process.cwd(), path.join(folder, name)));
}
