import type { LayerKind, LayerSpec } from './layer';

/** The tag outside every span. */
export const OUTSIDE = 'O';

/**
 * The tags a head chooses from, numbered from 0. For token and sentence layers these are the layer's labels
 * in their order; for span layers the BIO tags (Ramshaw and Marcus 1995, as IOB2 of Tjong Kim Sang and
 * Veenstra 1999): `O`, then `B-x`, `I-x` for each label x, so that B-x of label k is 1 + 2k.
 */
export class TagSet {
  readonly kind: LayerKind;
  readonly tags: readonly string[];
  readonly #indices: ReadonlyMap<string, number>;

  /** @throws RangeError where a label is empty, given twice, or collides with `O` of a span layer. */
  constructor(layer: Pick<LayerSpec, 'kind' | 'labels'>) {
    this.kind = layer.kind;
    this.tags =
      layer.kind === 'span'
        ? [OUTSIDE, ...layer.labels.flatMap((label) => [`B-${label}`, `I-${label}`])]
        : [...layer.labels];
    this.#indices = new Map(this.tags.map((tag, index) => [tag, index]));
    if (this.#indices.size !== this.tags.length) throw new RangeError('A label stands twice in the layer.');
    if (layer.labels.includes('')) throw new RangeError('A label of the layer is empty.');
  }

  /** The number of tags, K. */
  get size(): number {
    return this.tags.length;
  }

  has(tag: string): boolean {
    return this.#indices.has(tag);
  }

  /** @throws RangeError for a tag that is not in the set. */
  indexOf(tag: string): number {
    const index = this.#indices.get(tag);
    if (index === undefined) throw new RangeError(`The tag "${tag}" is not one of ${this.tags.join(', ')}.`);
    return index;
  }

  /** @throws RangeError outside [0, size). */
  tagOf(index: number): string {
    const tag = this.tags[index];
    if (tag === undefined) throw new RangeError(`There is no tag ${index} of ${this.size}.`);
    return tag;
  }

  indicesOf(tags: readonly string[]): number[] {
    return tags.map((tag) => this.indexOf(tag));
  }

  tagsOf(indices: Iterable<number>): string[] {
    return Array.from(indices, (index) => this.tagOf(index));
  }
}
