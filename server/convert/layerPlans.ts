import type { AnnotatedText, TextLabel, TextLayer } from '../../models/formats/annotatedText';
import { isLayerName } from '../../models/tags/layer';
import type { ProjectLayer } from '../project/projectSchema';
import type { LayerPlan } from './importPlan';

/**
 * The layers that the labels of documents stand in, in the order in which they come.
 * @param chosen layers to take; all by default
 * @param project the layers of the project that the labels go into, if they go into one
 */
export function planLayers(
  documents: readonly AnnotatedText[],
  chosen: readonly string[] | undefined,
  project?: readonly ProjectLayer[],
): LayerPlan[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { labels } of documents)
    for (const { layer, label } of labels) {
      if (layer.startsWith('@') || !(chosen?.includes(layer) ?? true)) continue;
      const own = counts.get(layer) ?? new Map<string, number>();
      counts.set(layer, own.set(label, (own.get(label) ?? 0) + 1));
    }
  const kinds = new Map(
    documents.flatMap(({ layers }) =>
      layers.map(({ name, kind }): [string, TextLayer['kind']] => [name, kind]),
    ),
  );
  return [...counts].map(([layer, own]): LayerPlan => {
    const known = project?.find(({ name }) => name === layer);
    const labels = [...own].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
    return {
      ...{ layer, kind: known?.kind ?? kinds.get(layer) ?? 'span', labels },
      overlaps: documents.some((document) => overlap(document.labels.filter((one) => one.layer === layer))),
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
