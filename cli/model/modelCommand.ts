import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Command } from 'commander';
import { pretrainedModel } from '../../server/packageRoot';
import { factsAsText, modelFacts } from './modelFacts';
import { writeStandardOutput } from '../../server/standardStreams';

const HELP = `
The facts come from the directory's config.json and its weights, and every file is checked against its
checksum. After them follows the model card, the README.md of the directory, if it has one: data and
licences, scores, known weaknesses.

"reads 0.40 of layer 0" is the share that the head's mix gives to a layer of the biLM; 0 is the layer of
the words' own vectors.

Examples:
  glossator model
  glossator model my-model --json`;

/** `glossator model`: what a model is, from its directory. */
export function modelCommand(): Command {
  return new Command('model')
    .description('Print what a model is and its model card.')
    .argument('[directory]', 'a model directory; by default the embedded model')
    .option('--json', 'print one JSON object of the facts, without the card')
    .addHelpText('after', HELP)
    .action((directory: string | undefined, flags: { readonly json?: boolean }) => run(directory, flags));
}

async function run(directory = pretrainedModel(), { json }: { readonly json?: boolean }): Promise<void> {
  const facts = await modelFacts(directory);
  if (json) return writeStandardOutput([`${JSON.stringify(facts)}\n`]);
  const card = await readFile(path.join(directory, 'README.md'), 'utf8').catch(() => null);
  const ending = card ?? 'The directory has no model card (README.md).\n';
  return writeStandardOutput([`${factsAsText(facts)}\n\n${ending}`]);
}
