import { type Label, reviewedLayer } from '../../models/annotations/label';
import { InputError } from '../../models/errors';
import type { LabelOperation } from '../labelStore/labelOperation';
import type { ProjectLayer } from '../project/projectSchema';
import type { WireLabelOperation } from '../protocol/labels';

/**
 * The operations of a client as the store takes them. To add a label where the layer has one on the same words
 * changes that one: nobody means to label the same words twice. Of several such in one list the last is meant.
 * @throws InputError for a layer or a label that the project does not have
 */
export function adoptOperations(
  operations: readonly WireLabelOperation[],
  labels: readonly Label[],
  layers: readonly ProjectLayer[],
): LabelOperation[] {
  const taken = new Set<string>();
  return withoutEarlier(operations, layers).map((operation): LabelOperation => {
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

/** The operations without labels in whose place a later one of them would stand. */
function withoutEarlier(
  operations: readonly WireLabelOperation[],
  layers: readonly ProjectLayer[],
): WireLabelOperation[] {
  const later = new Map<string, Added[]>();
  const kept = [...operations].reverse().filter((operation) => {
    if (operation.kind !== 'add') return true;
    const { layer, start, end } = operation;
    const place = JSON.stringify([layer, start, end]);
    const there = later.get(place) ?? [];
    if (there.some((added) => takesPlace(added, operation, layers))) return false;
    later.set(place, [...there, operation]);
    return true;
  });
  return kept.reverse();
}

/** The labels that `added` would say again, or take the place of. */
function sameWords(
  added: Omit<Added, 'kind'>,
  labels: readonly Label[],
  layers: readonly ProjectLayer[],
): Label[] {
  const here = labels.filter(
    ({ layer, start, end }) => layer === added.layer && start === added.start && end === added.end,
  );
  const taken = here.filter((label) => takesPlace(added, label, layers));
  return [
    ...taken.filter(({ label }) => label === added.label),
    ...taken.filter(({ label }) => label !== added.label),
  ];
}

type Said = Pick<Added, 'label' | 'state'>;

/** True where a label would say again what one on the same words of its layer says, or contradict it. */
function takesPlace(
  added: Said & Pick<Added, 'layer'>,
  there: Said,
  layers: readonly ProjectLayer[],
): boolean {
  if (added.label === there.label) return true;
  const layer = layers.find(({ name }) => name === added.layer);
  // A sentence is reviewed in one layer beside another.
  const isFree = added.layer === reviewedLayer || (layer?.kind === 'span' && layer.overlap === true);
  // Several rejected suggestions may stand on the same words; one confirmed label may.
  return !isFree && added.state !== 'rejected' && there.state !== 'rejected';
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
