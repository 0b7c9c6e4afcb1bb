import { readExamples } from '../data/readExamples';
import type { TaggedExample } from '../data/taggedExample';
import { InputError } from '../errors';
import { parseBioTag } from '../tags/bio';
import type { LayerSpec } from '../tags/layer';
import { holdOut, type Split } from './heldOut';
import type { LayerConfig } from './trainConfig';

/** What one layer is trained on and judged by. */
export interface LayerExamples extends Split {
  readonly layer: LayerSpec;
}

/**
 * Reads the examples of a layer. Where the configuration names no dev file, a part of the others is held out.
 * @throws InputError where a file is missing or broken, or holds too little to learn from
 */
export async function readLayerExamples(config: LayerConfig): Promise<LayerExamples> {
  const { name, kind, dev } = config;
  const read = (file: string): Promise<TaggedExample[]> => readExamples(file, config);
  const all = await read(config.train);
  const split = dev === undefined ? holdOut(all, config.heldOut) : { train: all, dev: await read(dev) };
  if (split.train.length === 0 || split.dev.length === 0)
    throw new InputError(
      `The file holds too few examples, ${all.length}, to hold some out.`,
      { file: config.train },
      'Add examples, or name a file for "dev".',
    );
  const labels = labelsOf(split.train, kind);
  if (kind === 'sentence' && labels.length < 2)
    throw new InputError(
      'All texts have the same label.',
      { file: config.train },
      'Give texts of two labels at least.',
    );
  return { ...split, layer: { name, kind, labels } };
}

/** The labels of some examples in alphabetical order, without the marks of BIO. */
export function labelsOf(examples: readonly TaggedExample[], kind: LayerSpec['kind']): string[] {
  const labels = new Set<string>();
  for (const { labels: tags } of examples)
    for (const tag of tags) {
      const label = kind === 'span' ? (parseBioTag(tag)?.label ?? '') : tag;
      if (label) labels.add(label);
    }
  return [...labels].sort();
}
