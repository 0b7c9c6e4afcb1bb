import { Command } from 'commander';
import { readTrainConfig } from '../../models/training/trainConfig';
import type { TrainProgress } from '../../models/training/trainTagger';
import { pretrainedModel } from '../../server/packageRoot';
import { mixSentence } from '../model/mixSentence';
import { learningCurve } from './learningCurve';
import { type ProgressLine, progressLine } from '../terminal/progressLine';

const HELP = `
The configuration is JSON; paths in it are relative to it:
  {
    "biLm": "runs/bilm",             (what pretrain made, or a model whose biLM to use; default: the embedded model’s)
    "layers": [
      { "name": "pos", "kind": "token", "train": "train.conllu", "dev": "dev.conllu" },
      { "name": "ner", "kind": "span", "train": "train.tsv", "dev": "dev.tsv", "epochs": 8,
        "head": { "cells": 128, "crf": true, "dropout": 0.4 } },
      { "name": "tone", "kind": "sentence", "train": "texts.tsv",
        "fineTune": { "layers": ["lstm2"], "learningRate": 5e-4, "warmup": 100 } }
    ]
  }
"fineTune" trains parts of the biLM further for one layer (lstm2, lstm1, projection, highway, characters); the
model keeps the difference to the biLM. docs/elmo.md tells when that helps.
Without "dev" a fifth of the training examples is held out, always the same for the same texts.
"biLm" is the folder of a biLM or a model, OPTIONS.json,WEIGHTS.hdf5, or a TensorFlow Hub module. The model gets
a copy of it, but only refers to modules and to more than 20 million weights; "embedder": "inside" or "external"
says otherwise. Who uses a model that refers to its embedder names it, too, with --embedder.

Training stops early where dev no longer gets better, and the best weights are kept. The same configuration,
data and seed give the same model. Use it with --model OUT, or the setting glossator.model.

Example:
  glossator train --config train.json --out my-model`;

/** `glossator train`: heads for labelled layers on a pretrained biLM. */
export function trainCommand(): Command {
  return new Command('train')
    .description('Train a tagger: one head for each layer, on a pretrained biLM.')
    .requiredOption('--config <file>', 'what to train on what (see below)')
    .requiredOption('--out <directory>', 'where the model goes')
    .option('--bilm, --embedder <source>', 'what to build on, in place of the configuration’s "biLm"')
    .addHelpText('after', HELP)
    .action((flags: TrainFlags) => run(flags));
}

interface TrainFlags {
  readonly config: string;
  readonly out: string;
  readonly embedder?: string;
}

async function run({ config: file, out, embedder }: TrainFlags): Promise<void> {
  const read = await readTrainConfig(file, pretrainedModel()); // a mistake in it is said before the backend is loaded
  const config = embedder === undefined ? read : { ...read, biLm: embedder };
  const { loadBackend } = await import('../../models/backend.js');
  const { notice } = await loadBackend('auto');
  const { trainTagger } = await import('../../models/training/trainTagger.js');
  const line = progressLine();
  line.keep(notice);
  try {
    const curves = new Map<string, [number, number][]>();
    for await (const progress of trainTagger(config, out, { trusted: true })) {
      show(progress, out, line);
      if (progress.phase !== 'scored') continue;
      const { layer, epoch, dev } = progress;
      curves.set(layer, [...(curves.get(layer) ?? []), [epoch, 100 * dev]]);
    }
    for (const [layer, curve] of curves)
      if (curve.length > 2) line.keep(learningCurve(`${layer}: dev (%) by epoch`, [curve]));
  } finally {
    line.stop();
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

function show(progress: TrainProgress, out: string, line: ProgressLine): void {
  switch (progress.phase) {
    case 'read':
      line.keep(
        `${progress.layer}: ${progress.train} examples to learn from, ${progress.dev} ${progress.heldOut ? 'held out' : 'of dev'} to judge by`,
      );
      break;
    case 'embedding':
      line.show(`${progress.layer}: embedding the corpus with the biLM, ${percent(progress.share)}`);
      break;
    case 'epoch':
      line.show(
        `${progress.layer}, epoch ${progress.epoch}: ${percent(progress.share)}, loss ${progress.loss.toFixed(4)}`,
      );
      break;
    case 'scored': {
      const losses = `loss ${progress.trainLoss.toFixed(4)} in training, ${progress.devLoss.toFixed(4)} on dev`;
      const score = `dev ${percent(progress.dev)}${progress.best ? ', the best so far' : ''}`;
      line.keep(`${progress.layer}, epoch ${progress.epoch}: ${losses}; ${score}`);
      break;
    }
    case 'warning':
      line.keep(`Warning: ${progress.layer}: ${progress.message}`);
      break;
    case 'done':
      for (const [layer, mix] of Object.entries(progress.mix))
        if (mix) line.keep(`${layer} ${mixSentence(mix)}.`);
      line.keep(`The model ${progress.modelId} is in ${out}.`);
  }
}
