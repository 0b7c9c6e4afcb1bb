import { type Label, reviewedLayer } from '../../models/annotations/label';
import { InputError } from '../../models/errors';
import type { LabelOperation } from '../labelStore/labelOperation';
import type { ProjectLayer } from '../project/projectSchema';
import type { WireLabelOperation } from '../protocol/labels';

/**
 * The operations of a client as the store takes them. To add a label where the layer has one on the same words
 * changes that one: nobody means to label the same words twice.
 * @throws InputError for a layer or a label that the project does not have
 */
export function adoptOperations(
  operations: readonly WireLabelOperation[],
  labels: readonly Label[],
  layers: readonly ProjectLayer[],
): LabelOperation[] {
  const taken = new Set<string>();
  return operations.map((operation): LabelOperation => {
    if (operation.kind === 'remove') return operation;
    if (operation.kind === 'change') {
      const { kind, id, ...change } = operation;
      const was = labels.find((label) => label.id === id);
      if (change.label !== undefined || change.layer !== undefined)
        checkName(change.layer ?? was?.layer ?? '', change.label ?? was?.label ?? '', layers);
      return { kind, id, change };
    }
    const { kind, ...label } = operation;
    checkName(label.layer, label.label, layers);
    const there = sameWords(label, labels, layers).find(({ id }) => !taken.has(id));
    if (there === undefined) return { kind, label };
    taken.add(there.id);
    const { layer: _layer, start: _start, end: _end, ...change } = label;
    return { kind: 'change', id: there.id, change: { state: 'confirmed', ...change } };
  });
}

type Added = Extract<WireLabelOperation, { kind: 'add' }>;

/** The labels that `added` would say again, or take the place of. */
function sameWords(
  added: Omit<Added, 'kind'>,
  labels: readonly Label[],
  layers: readonly ProjectLayer[],
): Label[] {
  const layer = layers.find(({ name }) => name === added.layer);
  // A sentence is reviewed in one layer beside another.
  const isFree = added.layer === reviewedLayer || (layer?.kind === 'span' && layer.overlap === true);
  const here = labels.filter(
    ({ layer, start, end }) => layer === added.layer && start === added.start && end === added.end,
  );
  const same = here.filter(({ label }) => label === added.label);
  // Several rejected suggestions may stand on the same words; one confirmed label may.
  const others =
    added.state === 'rejected' || isFree ? [] : here.filter(({ state }) => state === 'confirmed');
  return [...same, ...others];
}

function checkName(layerName: string, label: string, layers: readonly ProjectLayer[]): void {
  if (layerName === reviewedLayer) {
    if (label !== '*') requireLayer(label, layers);
    return;
  }
  const layer = requireLayer(layerName, layers);
  if (!layer.labels.some(({ name }) => name === label))
    throw new InputError(
      `The layer ${layerName} has no label “${label}”.`,
      {},
      'Add the label to the project first.',
    );
}

function requireLayer(layerName: string, layers: readonly ProjectLayer[]): ProjectLayer {
  const layer = layers.find(({ name }) => name === layerName);
  if (layer === undefined)
    throw new InputError(
      `The project has no layer “${layerName}”.`,
      {},
      'Add the layer to the project first.',
    );
  return layer;
}
