import { InputError } from '../../models/errors';
import type { Project, ProjectLabel, ProjectLayer } from './projectSchema';
import { projectSchema } from './projectSchema';
import { layersOf } from './projectText';

/** What is to be done to the labels in all texts: `from` becomes `to`, or is removed without `to`. */
export interface LabelRewrite {
  readonly layer: string;
  readonly from: readonly string[];
  readonly to?: string;
}

/** A project after an edit, and what follows for the labels. */
export interface ProjectEdit {
  /** For a person: "Rename PER to PERSON". */
  readonly title: string;
  readonly project: Project;
  readonly rewrite?: LabelRewrite;
}

/** @throws InputError where the layer is wrong or its name is taken */
export function addLayer(project: Project, layer: ProjectLayer): ProjectEdit {
  return { title: `Add layer ${layer.name}`, project: withLayers(project, [...layersOf(project), layer]) };
}

/** @throws InputError where there is no such layer, or the label's name or key is taken */
export function addLabel(project: Project, layer: string, label: ProjectLabel): ProjectEdit {
  return {
    title: `Add label ${label.name}`,
    project: withLabels(project, layer, (labels) => [...labels, label]),
  };
}

/** @throws InputError where there is no such label, or the new name is taken: that is a merge */
export function renameLabel(project: Project, layer: string, from: string, to: string): ProjectEdit {
  requireLabel(project, layer, from);
  return {
    title: `Rename ${from} to ${to}`,
    project: withLabels(project, layer, (labels) =>
      labels.map((label) => (label.name === from ? { ...label, name: to } : label)),
    ),
    rewrite: { layer, from: [from], to },
  };
}

/** Makes several labels one of them. */
export function mergeLabelsInto(
  project: Project,
  layer: string,
  from: readonly string[],
  to: string,
): ProjectEdit {
  const others = from.filter((name) => name !== to);
  for (const name of [to, ...others]) requireLabel(project, layer, name);
  return {
    title: `Merge ${others.join(', ')} into ${to}`,
    project: withLabels(project, layer, (labels) => labels.filter(({ name }) => !others.includes(name))),
    rewrite: { layer, from: others, to },
  };
}

/** Deletes a label and what was labelled with it. */
export function deleteLabel(project: Project, layer: string, name: string): ProjectEdit {
  requireLabel(project, layer, name);
  return {
    title: `Delete label ${name}`,
    project: withLabels(project, layer, (labels) => labels.filter((label) => label.name !== name)),
    rewrite: { layer, from: [name] },
  };
}

function requireLayer(project: Project, name: string): ProjectLayer {
  const layer = layersOf(project).find((one) => one.name === name);
  if (layer !== undefined) return layer;
  const names = layersOf(project).map((one) => one.name);
  throw new InputError(`There is no layer ${name}.`, {}, `The layers are ${names.join(', ')}.`);
}

function requireLabel(project: Project, layer: string, name: string): void {
  const { labels } = requireLayer(project, layer);
  if (labels.some((label) => label.name === name)) return;
  const names = labels.map((label) => label.name).join(', ') || 'none';
  throw new InputError(`The layer ${layer} has no label ${name}.`, {}, `Its labels are ${names}.`);
}

function withLabels(
  project: Project,
  name: string,
  edit: (labels: readonly ProjectLabel[]) => ProjectLabel[],
): Project {
  const layer = requireLayer(project, name);
  const edited = { ...layer, labels: edit(layer.labels) };
  return withLayers(
    project,
    layersOf(project).map((one) => (one === layer ? edited : one)),
  );
}

function withLayers(project: Project, layers: readonly ProjectLayer[]): Project {
  const edited = { ...project, layers: [...layers] };
  const parsed = projectSchema.safeParse(edited);
  if (parsed.success) return edited;
  const [issue] = parsed.error.issues;
  const [, at, , label] = issue.path;
  const layer = layers[Number(at)];
  const what = typeof label === 'number' ? `label ${layer.labels[label].name}` : `layer ${layer.name}`;
  throw new InputError(`The ${what} cannot be taken: ${issue.message}.`, {}, 'Choose another.');
}
