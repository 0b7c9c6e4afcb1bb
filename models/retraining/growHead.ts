import { type NamedArray, type ParameterSource, readWeights } from '../nn/parameters';
import { createHead } from '../taggers/createHead';
import type { EmbedderShape, LayerHead } from '../taggers/layerHead';
import type { LayerSpec } from '../tags/layer';
import { OUTSIDE, TagSet } from '../tags/tagSet';

/**
 * How much less a new label is expected at first than the tag it is made from: e⁻⁴ is one word in fifty, so that it has
 * to be learnt and what is known is hardly disturbed.
 */
const newLabelBias = -4;

/**
 * A copy of a head, to be trained further. Where the layer has other labels now, the scores of those it keeps stay as
 * they are, and new ones begin as unlikely copies of `O` (in token and sentence layers: of the mean of all tags).
 * @returns the copy, owned by the caller
 */
export async function growHead(
  old: LayerHead,
  layer: LayerSpec,
  embedder: EmbedderShape,
): Promise<LayerHead> {
  const weights = await readWeights(old.variables());
  const tags = new TagSet(layer);
  const origin = tags.tags.map((tag) => (old.tagSet.has(tag) ? old.tagSet.indexOf(tag) : -1));
  const columns = (array: NamedArray, isBias: boolean): Float32Array => {
    const before = old.tagSet.size;
    const rows = array.data.length / before;
    const grown = new Float32Array(rows * tags.size);
    for (let row = 0; row < rows; row++) {
      const own = array.data.subarray(row * before, (row + 1) * before);
      const outside =
        old.tagSet.has(OUTSIDE) && layer.kind === 'span' ? own[old.tagSet.indexOf(OUTSIDE)] : mean(own);
      origin.forEach((from, to) => {
        grown[row * tags.size + to] = from >= 0 ? own[from] : outside + (isBias ? newLabelBias : 0);
      });
    }
    return grown;
  };
  const moves = ({ data }: NamedArray): Float32Array =>
    Float32Array.from({ length: tags.size ** 2 }, (_, at) => {
      const [from, to] = [origin[Math.floor(at / tags.size)], origin[at % tags.size]];
      return from >= 0 && to >= 0 ? data[from * old.tagSet.size + to] : 0;
    });
  const source: ParameterSource = {
    get(name) {
      const found = weights.get(name)!;
      if (name === 'output') return columns(found, false);
      if (name === 'outputBias') return columns(found, true);
      if (name === 'transitions/between') return moves(found);
      if (name === 'transitions/start' || name === 'transitions/end')
        return Float32Array.from(origin, (from) => (from >= 0 ? found.data[from] : 0));
      return found.data;
    },
  };
  return createHead(layer, old.options, old.vocabulary, embedder, source);
}

const mean = (values: Float32Array): number => values.reduce((a, b) => a + b, 0) / values.length;
