import type { tf } from '../backend';
import type { Embedder } from '../embedders/embedder';
import type { TunedEmbedder } from '../embedders/tunedEmbedder';
import { withoutMarks } from '../nn/biLm';

/**
 * The vectors of a batch for each of some heads. Heads without tuned parts share one pass over the embedder, and
 * those with tuned parts go on from what lies below these in the same pass.
 * @param tuned what each head has tuned, on that same embedder; null where nothing
 * @returns for each head L+1 tensors [T, B, size]; heads may share them
 */
export function headVectors(
  embedder: Embedder,
  tuned: readonly (TunedEmbedder | null)[],
  sentences: readonly (readonly string[])[],
): tf.Tensor3D[][] {
  const own = tuned.filter((each) => each !== null);
  const isPlain = own.length < tuned.length;
  if (own.length === 0) {
    const plain = isPlain ? embedder.embed(sentences) : [];
    return tuned.map(() => plain);
  }
  const { base } = own[0];
  const count = isPlain ? base.layers : Math.max(...own.map(({ frozenLayers }) => frozenLayers));
  const marked = count > 0 ? base.marked(sentences, count) : []; // [T+2, B, size] each
  const plain = isPlain ? withoutMarks(marked) : [];
  return tuned.map((each) => each?.embed(sentences, marked.slice(0, each.frozenLayers)) ?? plain);
}
