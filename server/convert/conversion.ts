import type { AnnotatedText, FormatName } from '../../models/formats/annotatedText';
import type { Choices, Loss, Problem } from '../../models/formats/lossReport';
import type { OffsetUnit } from '../../models/formats/offsets';
import type { LabelStore } from '../labelStore/labelStore';
import type { ImportPlan } from './importPlan';
import type { WriteChoices } from './outputPlaces';
import type { ReadInputs } from './readInputs';

export interface ConversionOptions {
  /** Told by name and content of each file where it is left out. */
  readonly from?: FormatName;
  /** Formats of single files, by their paths. */
  readonly formats?: ReadonlyMap<string, FormatName>;
  readonly to: FormatName;
  /** A file, a folder (one that exists, or ends in a slash), or "-" and nothing for standard output. */
  readonly out?: string;
  readonly unit?: OffsetUnit;
  /** What the columns of column files are; see `declaredColumns`. */
  readonly columns?: string;
  /** Elements of TEI files that are labels besides names and dates. */
  readonly elements?: readonly string[];
  /** All of every text was looked at: its sentences become reviewed for the layers that it has. */
  readonly gold?: boolean;
  /** Who stands for imported labels that name nobody. */
  readonly annotator: string;
  readonly choices: Choices;
  /** The labels of the project that a folder belongs to; the folder may be new. */
  readonly storeFor: (folder: string) => LabelStore | Promise<LabelStore>;
}

/** What is to be written, and what stands against it. */
export interface PreparedOutputs {
  /** While there are any, there are no outputs. */
  readonly problems: readonly Problem[];
  readonly losses: readonly Loss[];
  readonly outputs: readonly { readonly place: string; readonly content: string }[];
  /**
   * Writes the outputs.
   * @returns what goes to standard output, if anything does
   * @throws InputError where a file exists with other content, before anything is written
   */
  write(choices: WriteChoices): Promise<string | undefined>;
}

/** A conversion that has read everything and written nothing. */
export interface Conversion extends ReadInputs, PreparedOutputs {
  readonly documents: readonly AnnotatedText[];
  readonly plan: ImportPlan;
}
