// Writes an ELMo with random weights in the published format (options.json and weights.hdf5), to measure with:
//   node scripts/makeElmo.mjs DIR [small|medium|original]
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as hdf5 from 'h5wasm/node';

/** Sizes of the models of Peters et al. 2018: cells, projection, highway layers. */
const SIZES = { small: [1024, 128, 1], medium: [2048, 256, 1], original: [4096, 512, 2] };

const filters = [32, 32, 64, 128, 256, 512, 1024].map((count, k) => [k + 1, count]);

/** The options of a published ELMo of these sizes. */
export function elmoOptions([dim, projection, highways]) {
  return {
    lstm: {
      use_skip_connections: true,
      projection_dim: projection,
      cell_clip: 3,
      proj_clip: 3,
      dim,
      n_layers: 2,
    },
    char_cnn: {
      activation: 'relu',
      filters,
      n_highway: highways,
      embedding: { dim: 16 },
      n_characters: 262,
      max_characters_per_token: 50,
    },
  };
}

/** Uniform numbers in ±√(3 / inputs), the same in every run (xorshift32). */
function drawn(size, inputs, state) {
  const scale = Math.sqrt(3 / inputs) / 2 ** 31;
  const data = new Float32Array(size);
  for (let k = 0; k < size; k++) {
    state.x ^= state.x << 13;
    state.x ^= state.x >>> 17;
    state.x ^= state.x << 5;
    data[k] = state.x * scale;
  }
  return data;
}

/** Writes both files into `folder`. */
export async function makeElmo(folder, options) {
  await hdf5.ready;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'options.json'), `${JSON.stringify(options)}\n`);
  const file = new hdf5.File(path.join(folder, 'weights.hdf5'), 'w');
  const groups = new Set(['']);
  const state = { x: 2463534242 };
  const add = (name, shape, inputs) => {
    const steps = name.split('/').slice(0, -1);
    steps.forEach((_, k) => {
      const group = steps.slice(0, k + 1).join('/');
      if (!groups.has(group)) file.create_group(group);
      groups.add(group);
    });
    const data = drawn(
      shape.reduce((a, b) => a * b),
      inputs,
      state,
    );
    file.create_dataset({ name, data, shape, dtype: '<f4' });
  };
  const { lstm, char_cnn: characters } = options;
  const size = characters.embedding.dim;
  add('char_embed', [261, size], 3);
  characters.filters.forEach(([width, count], k) => {
    add(`CNN/W_cnn_${k}`, [1, width, size, count], width * size);
    add(`CNN/b_cnn_${k}`, [count], 300);
  });
  const words = characters.filters.reduce((sum, [, count]) => sum + count, 0);
  for (let k = 0; k < characters.n_highway; k++)
    for (const gate of ['carry', 'transform']) {
      add(`CNN_high_${k}/W_${gate}`, [words, words], words);
      add(`CNN_high_${k}/b_${gate}`, [words], 300);
    }
  // bilm-tf leaves projections out that would not change the size.
  if (words !== lstm.projection_dim) {
    add('CNN_proj/W_proj', [words, lstm.projection_dim], words);
    add('CNN_proj/b_proj', [lstm.projection_dim], 300);
  }
  for (let direction = 0; direction < 2; direction++)
    for (let k = 0; k < lstm.n_layers; k++) {
      const cell = `RNN_${direction}/RNN/MultiRNNCell/Cell${k}/LSTMCell`;
      add(`${cell}/W_0`, [2 * lstm.projection_dim, 4 * lstm.dim], 2 * lstm.projection_dim);
      add(`${cell}/B`, [4 * lstm.dim], 300);
      if (lstm.dim !== lstm.projection_dim) add(`${cell}/W_P_0`, [lstm.dim, lstm.projection_dim], lstm.dim);
    }
  file.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder, size = 'original'] = process.argv.slice(2);
  if (folder === undefined || !Object.hasOwn(SIZES, size)) {
    console.error('Usage: node scripts/makeElmo.mjs DIR [small|medium|original]');
    process.exitCode = 2;
  } else {
    await makeElmo(folder, elmoOptions(SIZES[size]));
    console.error(`Wrote ${path.join(folder, 'options.json')} and weights.hdf5.`);
  }
}
