import { alphabetSize } from './characters';
import type { ElmoOptions } from './elmoOptions';

/**
 * Name and shape of every weight of a biLM, in the order in which it reads them: files can be checked and
 * converted without building one.
 */
export function biLmShapes({ lstm, char_cnn: characters }: ElmoOptions): [string, readonly number[]][] {
  const { dim: cells, projection_dim: projection, n_layers: layers } = lstm;
  const size = characters.embedding.dim;
  const filters = characters.filters.reduce((sum, [, count]) => sum + count, 0);
  const shapes: [string, readonly number[]][] = [['char_embed', [alphabetSize - 1, size]]];
  characters.filters.forEach(([width, count], k) => shapes.push([`CNN/W_cnn_${k}`, [1, width, size, count]]));
  characters.filters.forEach(([, count], k) => shapes.push([`CNN/b_cnn_${k}`, [count]]));
  for (let k = 0; k < characters.n_highway; k++)
    for (const gate of ['carry', 'transform'])
      shapes.push([`CNN_high_${k}/W_${gate}`, [filters, filters]], [`CNN_high_${k}/b_${gate}`, [filters]]);
  shapes.push(['CNN_proj/W_proj', [filters, projection]], ['CNN_proj/b_proj', [projection]]);
  for (let k = 0; k < layers; k++)
    shapes.push(
      [`Layer${k}/input`, [2, projection, 4 * cells]],
      [`Layer${k}/recurrent`, [2, projection, 4 * cells]],
      [`Layer${k}/bias`, [2, 4 * cells]],
      [`Layer${k}/projection`, [2, cells, projection]],
    );
  return shapes;
}

/** How many numbers a shape holds. */
export const numbersIn = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** How many weights a biLM has. */
export const biLmSize = (options: ElmoOptions): number =>
  biLmShapes(options).reduce((sum, [, shape]) => sum + numbersIn(shape), 0);
