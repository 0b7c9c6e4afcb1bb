import type { FormatName } from '../../models/formats/annotatedText';
import type { FileColumn } from '../../models/formats/columnLayout';
import type { OffsetUnit } from '../../models/formats/offsets';
import type { LayerKind } from '../../models/tags/layer';
import type { ConversionOptions } from './conversion';
import type { ConversionInput } from './readInputs';

/** How the offsets of a file count, and how that is known. */
export interface UnitPlan {
  readonly unit: OffsetUnit;
  /** `same` where no character has two units, so that it does not matter. */
  readonly because: 'chosen' | 'quotes' | 'format' | 'same';
}

/** What a file was found to be, and what becomes of it. */
export interface FilePlan {
  readonly file: string;
  readonly format: FormatName;
  /** What told the format, in words that follow "recognized": `by its name`. */
  readonly why: string;
  readonly texts: number;
  /** Of the chosen layers. */
  readonly labels: number;
  /** With three rows each; empty for formats without columns. */
  readonly columns: readonly FileColumn[];
  /** For formats with offsets. */
  readonly unit?: UnitPlan;
}

/** A layer that labels go into. */
export interface LayerPlan {
  readonly layer: string;
  readonly kind: LayerKind;
  /** The labels by name, the most frequent first. */
  readonly labels: readonly { readonly name: string; readonly count: number }[];
  /** Some of its labels overlap. */
  readonly overlaps: boolean;
  /** The project does not have it, so it is made, with these labels. False where nothing goes into a project. */
  readonly isNew: boolean;
  /** Labels that the layer of the project does not have: they show as problems until somebody adds them. */
  readonly unknown: readonly string[];
}

/** What a conversion will do, to be shown before it does it. */
export interface ImportPlan {
  readonly files: readonly FilePlan[];
  readonly layers: readonly LayerPlan[];
  /** Sentences become reviewed for these layers. */
  readonly gold: readonly string[];
  /** Layers that the files have and that nobody asked for, such as parts of speech. */
  readonly offered: readonly string[];
}

/** What offsets count in each format that has them. */
const UNITS: Readonly<Partial<Record<FormatName, OffsetUnit>>> = {
  ...{ brat: 'codepoints', prodigy: 'codepoints', spacy: 'codepoints', 'label-studio': 'codepoints' },
  ...{ doccano: 'utf16', 'webanno-tsv': 'utf16' },
};

/** What was found in a file. */
export function planFile(
  { file, format, why, survey }: ConversionInput,
  { unit, choices }: ConversionOptions,
): FilePlan {
  const usual = UNITS[format];
  const isCounted = (layer: string): boolean => choices.layers?.includes(layer) ?? !layer.startsWith('@');
  const { ids, columns, provedUnit, hasPairs, tally } = survey;
  const counted = [...tally.layers].filter(([layer]) => isCounted(layer));
  return {
    ...{ file, format, why, columns, texts: ids.length },
    labels: counted.flatMap(([, { labels }]) => [...labels.values()]).reduce((sum, count) => sum + count, 0),
    ...(usual && { unit: unitPlan() }),
  };

  function unitPlan(): UnitPlan {
    if (unit) return { unit, because: 'chosen' };
    if (provedUnit) return { unit: provedUnit, because: 'quotes' };
    return { unit: usual ?? 'utf16', because: hasPairs ? 'format' : 'same' };
  }
}

/** Layers that files have and that were not read. */
export function offeredLayers(inputs: readonly ConversionInput[]): string[] {
  const columns = inputs.flatMap(({ survey }) => survey.columns);
  return [
    ...new Set(columns.flatMap(({ role }) => (role.is === 'layer' && !role.isTaken ? [role.layer] : []))),
  ];
}
