import type { FileColumn } from '../../models/formats/columnLayout';
import { annotationFormat } from '../../models/formats/formats';
import type { FilePlan, ImportPlan, LayerPlan, UnitPlan } from './importPlan';

/** Labels of a layer that are named. */
const MOST_NAMED = 12;

/** What a conversion will do, in lines: file by file, then layer by layer. */
export function planReport({ files, layers, gold, offered }: ImportPlan): string[] {
  return [
    ...files.flatMap((file) => fileLines(file, layers)),
    ...layers.map(layerLine),
    ...(gold.length > 0 ? [`Gold: every sentence becomes reviewed for ${gold.join(', ')}.`] : []),
    ...offerLines({ files, offered }),
  ];
}

/** How to take the layers that nobody asked for; nothing where there are none. */
export function offerLines({ files, offered }: Pick<ImportPlan, 'files' | 'offered'>): string[] {
  if (offered.length === 0) return [];
  const roles = files.flatMap(({ columns }) => columns.map(({ role }) => role));
  const taken = roles.flatMap((role) => (role.is === 'layer' && role.isTaken ? [role.layer] : []));
  const columns = offered.length === 1 ? 'The column' : 'The columns';
  return [
    `${columns} ${offered.join(', ')} can be taken${offered.length === 1 ? ' as a layer' : ' as layers'}: --layer ${[...new Set([...taken, ...offered])].join(',')}.`,
  ];
}

function fileLines(
  { file, format, why, texts, labels, columns, unit }: FilePlan,
  layers: readonly LayerPlan[],
): string[] {
  const title = format === 'glossator' ? 'Text' : annotationFormat(format).title;
  return [
    `${file}: ${title}, recognized ${why}. ${number(texts, 'text')}, ${number(labels, 'label')}.`,
    ...columns.map((column) => columnLine(column, layers)),
    ...(unit ? [`  offsets: ${unitWords(unit)}`] : []),
  ];
}

function columnLine(
  { number: place, name, samples, role }: FileColumn,
  layers: readonly LayerPlan[],
): string {
  const shown = samples.map((sample) => (sample === '' ? '""' : sample)).join(', ');
  return `  column ${place}${name === undefined ? '' : ` ${name}`} (${shown}): ${roleWords()}`;

  function roleWords(): string {
    if (role.is === 'token') return 'the words';
    if (role.is === 'left')
      return {
        number: 'numbers of the words',
        empty: 'nothing in it',
        unknown: 'not taken',
        chosen: 'not taken, as you said',
      }[role.because];
    if (!role.isTaken) return `not taken; it could be the layer ${role.layer}`;
    const renamed = layers.some(({ layer }) => layer === role.layer) || layers.length !== 1;
    return `layer ${renamed ? role.layer : layers[0].layer}`;
  }
}

function unitWords({ unit, because }: UnitPlan): string {
  const words = unit === 'utf16' ? 'UTF-16 code units' : 'code points';
  return {
    chosen: `${words}, as you said`,
    quotes: `${words}, as the quoted words show`,
    format: `${words}, as the format has it; nothing in the file proves it (--unit)`,
    same: 'the same in every unit, since no character has two',
  }[because];
}

function layerLine({ layer, kind, labels, isNew, unknown }: LayerPlan): string {
  const named = labels.slice(0, MOST_NAMED).map(({ name, count }) => `${name} ${count.toLocaleString('en')}`);
  const rest = labels.length > MOST_NAMED ? `, and ${labels.length - MOST_NAMED} more` : '';
  const made = isNew ? ` New in the project, as a ${kind} layer with these labels.` : '';
  const missing =
    unknown.length === 0
      ? ''
      : ` The project has no ${unknown.slice(0, MOST_NAMED).join(', ')} in it: add ${unknown.length === 1 ? 'it' : 'them'}, or relabel.`;
  return `Layer ${layer}: ${named.join(', ')}${rest}.${made}${missing}`;
}

function number(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
