import { Command } from 'commander';
import { progressLine } from '../terminal/progressLine';

const HELP = `
OPTIONS.json and WEIGHTS.hdf5 are the two files of an ELMo as bilm-tf and AllenNLP publish it. DIR gets
options.json and weights.safetensors, in float32 as they were. Nothing is fetched from anywhere.

Examples:
  glossator import-elmo options.json weights.hdf5 --out elmo
  glossator embed --weights elmo --in sentences.txt --out vectors.jsonl
  glossator train --config train.json --bilm elmo --out my-model`;

/** `glossator import-elmo`: published weights to a biLM folder. */
export function importElmoCommand(): Command {
  return new Command('import-elmo')
    .description('Make a biLM folder of published ELMo weights.')
    .argument('<options>', 'the options.json that came with the weights')
    .argument('<weights>', 'the weights, HDF5')
    .requiredOption('--out <directory>', 'where the biLM goes')
    .addHelpText('after', HELP)
    .action((options: string, weights: string, { out }: { out: string }) => run(options, weights, out));
}

async function run(options: string, weights: string, out: string): Promise<void> {
  const { importElmo } = await import('../../models/embedders/importElmo.js');
  const line = progressLine();
  try {
    const count = await importElmo(options, weights, out, (done, total) =>
      line.show(`Converting ${weights}: ${Math.floor((100 * done) / total)} %`),
    );
    line.keep(`The biLM of ${count.toLocaleString('en')} weights is in ${out}.`);
  } finally {
    line.stop();
  }
}
