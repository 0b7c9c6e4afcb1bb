import type { SentenceVectors } from '../embedders/sentenceVectors';

/** Nine digits say a float32 exactly. */
const digits = 9;

/**
 * A sentence's vectors as a line of JSON, `{"tokens": […], "layers": [layer][token][number]}`, in parts of one
 * layer, since a long sentence may be more than a string can hold.
 */
export function* writeVectors({ tokens, layers, size }: SentenceVectors): Generator<string> {
  yield `{"tokens":${JSON.stringify(tokens)},"layers":[`;
  for (const [k, layer] of layers.entries()) {
    const rows: string[] = [];
    for (let t = 0; t < tokens.length; t++) {
      const numbers: string[] = [];
      for (let at = t * size; at < (t + 1) * size; at++) numbers.push(layer[at].toPrecision(digits));
      rows.push(`[${numbers.join(',')}]`);
    }
    yield `${k > 0 ? ',' : ''}[${rows.join(',')}]`;
  }
  yield ']}\n';
}
