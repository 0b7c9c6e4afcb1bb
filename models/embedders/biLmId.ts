import { createHash } from 'node:crypto';
import { encodeHalf } from '../data/halfFloat';
import { biLmShapes } from '../nn/biLmShapes';
import type { ElmoOptions } from '../nn/elmoOptions';
import type { BiLmFile } from './loadProgress';

/** Characters of an id; 64 bits are plenty to tell embedders apart. */
export const idLength = 16;

/** What of the options changes the vectors, in a fixed order and with defaults filled in. */
function settingsOf({ lstm, char_cnn: characters }: ElmoOptions): string {
  return JSON.stringify([
    [lstm.dim, lstm.projection_dim, lstm.n_layers, lstm.use_skip_connections],
    [lstm.cell_clip ?? 0, lstm.proj_clip ?? 0],
    [characters.activation, characters.filters, characters.n_highway, characters.embedding.dim],
    characters.max_characters_per_token,
  ]);
}

/**
 * The id of a biLM: a hash of its options and of its weights rounded to float16, whatever format they are kept in.
 * Reads one weight at a time and needs no backend.
 */
export function biLmId(file: BiLmFile): string {
  const hash = createHash('sha256').update(settingsOf(file.options));
  for (const [name, shape] of biLmShapes(file.options)) hash.update(encodeHalf(file.read(name, shape)));
  return hash.digest('hex').slice(0, idLength);
}
