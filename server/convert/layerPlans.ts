import type { AnnotatedText, TextLabel } from '../../models/formats/annotatedText';
import { isLayerName, type LayerKind } from '../../models/tags/layer';
import type { ProjectLayer } from '../project/projectSchema';
import type { LayerPlan } from './importPlan';
import { ownText } from './ownText';

/** What is counted of a layer. */
interface LayerCount {
  readonly labels: Map<string, number>;
  overlaps: boolean;
}

/** The layers of documents with their labels, counted one document after the other. */
export class LayerTally {
  readonly #layers = new Map<string, LayerCount>();
  readonly #kinds = new Map<string, LayerKind>();

  /** In the order in which they come. */
  get layers(): ReadonlyMap<string, Readonly<LayerCount>> {
    return this.#layers;
  }

  /** Of all layers that documents have, with labels or without. */
  get kinds(): ReadonlyMap<string, LayerKind> {
    return this.#kinds;
  }

  add({ layers, labels }: AnnotatedText): void {
    for (const { name, kind } of layers) this.#kinds.set(this.#kinds.has(name) ? name : ownText(name), kind);
    const byLayer = new Map<string, TextLabel[]>();
    for (const label of labels) {
      const { labels: counts } = this.#layer(label.layer);
      const count = counts.get(label.label);
      counts.set(count === undefined ? ownText(label.label) : label.label, (count ?? 0) + 1);
      const own = byLayer.get(label.layer);
      if (own) own.push(label);
      else byLayer.set(label.layer, [label]);
    }
    for (const [layer, own] of byLayer) this.#layer(layer).overlaps ||= overlap(own);
  }

  /** Adds what another has counted. */
  merge(other: LayerTally): void {
    for (const [layer, { labels, overlaps }] of other.layers) {
      const own = this.#layer(layer);
      for (const [label, count] of labels) own.labels.set(label, (own.labels.get(label) ?? 0) + count);
      own.overlaps ||= overlaps;
    }
    for (const [layer, kind] of other.kinds) this.#kinds.set(layer, kind);
  }

  #layer(name: string): LayerCount {
    const known = this.#layers.get(name);
    if (known) return known;
    const begun = { labels: new Map<string, number>(), overlaps: false };
    this.#layers.set(ownText(name), begun);
    return begun;
  }
}

/**
 * The layers that labels stand in, in the order in which they come.
 * @param chosen layers to take; all by default
 * @param project the layers of the project that the labels go into, if they go into one
 */
export function planLayers(
  { layers, kinds }: LayerTally,
  chosen: readonly string[] | undefined,
  project?: readonly ProjectLayer[],
): LayerPlan[] {
  const taken = [...layers].filter(([layer]) => !layer.startsWith('@') && (chosen?.includes(layer) ?? true));
  return taken.map(([layer, { labels: counts, overlaps }]): LayerPlan => {
    const known = project?.find(({ name }) => name === layer);
    const labels = [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
    return {
      ...{ layer, kind: known?.kind ?? kinds.get(layer) ?? 'span', labels, overlaps },
      isNew: project !== undefined && known === undefined && canBeMade(layer),
      unknown: known
        ? labels.map(({ name }) => name).filter((name) => !known.labels.some((one) => one.name === name))
        : [],
    };
  });
}

/** The layers to make in a project, each with the labels that it gets. */
export function newLayers(plans: readonly LayerPlan[]): ProjectLayer[] {
  return plans
    .filter(({ isNew }) => isNew)
    .map(({ layer, kind, labels, overlaps }) => ({
      ...{ name: layer, kind, labels: labels.map(({ name }) => ({ name })) },
      ...(kind === 'span' && { overlap: overlaps }),
    }));
}

const canBeMade = (layer: string): boolean => /^[\w-]+$/.test(layer) && isLayerName(layer);

function overlap(labels: readonly TextLabel[]): boolean {
  const sorted = [...labels].sort((a, b) => a.start - b.start);
  let end = 0;
  return sorted.some((label) => {
    const before = end;
    end = Math.max(end, label.end);
    return label.start < before;
  });
}
