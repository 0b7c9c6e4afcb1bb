import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { tf } from '../../../models/backend';
import { decodeSafetensors, encodeSafetensors } from '../../../models/data/safetensors';
import { InputError } from '../../../models/errors';
import { loadTagger } from '../../../models/taggers/loadTagger';
import { makeTinyModelFolder } from '../../cli/tinyModel';

interface Config {
  readonly checksums: Record<string, string>;
  readonly heads: { temperature: number }[];
}

describe('a model whose numbers are none', () => {
  let folder: string;
  let model: string;
  const files = ['embedder.safetensors', 'pos.safetensors', 'ner.safetensors'];
  const kept = new Map<string, Buffer>();
  const place = (name: string): string => path.join(model, name);

  before(async () => {
    ({ folder, model } = await makeTinyModelFolder());
    for (const name of ['config.json', ...files]) kept.set(name, readFileSync(place(name)));
  });
  after(() => rmSync(folder, { recursive: true }));

  let tensors = 0;
  beforeEach(() => (tensors = tf.memory().numTensors));
  afterEach(() => {
    assert.equal(tf.memory().numTensors, tensors, 'nothing is left of it');
    for (const [name, bytes] of kept) writeFileSync(place(name), bytes);
  });

  function configure(change: (config: Config) => void): void {
    const config = JSON.parse(readFileSync(place('config.json'), 'utf8')) as Config;
    change(config);
    writeFileSync(place('config.json'), JSON.stringify(config));
  }

  for (const value of [NaN, Infinity, -Infinity])
    for (const precision of ['F16', 'F32'] as const)
      it(`is not loaded: ${value} in ${precision}`, async () => {
        for (const name of files) {
          const weights = decodeSafetensors(readFileSync(place(name)), name);
          const [[weight, { data }]] = [...weights].slice(-1);
          data[data.length - 1] = value;
          const bytes = encodeSafetensors(weights, precision);
          writeFileSync(place(name), bytes);
          configure(({ checksums }) => (checksums[name] = createHash('sha256').update(bytes).digest('hex')));
          await assert.rejects(loadTagger(model), (error: InputError) => {
            assert.ok(error instanceof InputError);
            assert.equal(error.message, `The weight "${weight}" has numbers that are NaN or infinite.`);
            return error.place.file === place(name);
          });
          for (const one of ['config.json', name]) writeFileSync(place(one), kept.get(one) ?? '');
        }
      });

  it('does not tag where its sums overflow', async () => {
    configure(({ heads }) => heads.forEach((head) => (head.temperature = 1e-300)));
    const tagger = await loadTagger(model);
    await assert.rejects(
      tagger.tag([['Ada', 'met', 'Ben']]),
      /scores of the layer \w+ that are NaN or infinite/,
    );
    tagger.dispose();
  });
});
