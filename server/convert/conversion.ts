import type { FormatName } from '../../models/formats/annotatedText';
import type { Choices } from '../../models/formats/lossReport';
import type { OffsetUnit } from '../../models/formats/offsets';
import type { LabelStore } from '../labelStore/labelStore';
import type { ImportPlan } from './importPlan';
import type { WriteChoices } from './outputPlaces';
import type { ReadInputs } from './readInputs';
import type { LossSum, ProblemKind } from './reportLines';

/** Told how much of the files was read, in bytes; they are read more than once. */
export interface ReadingProgress {
  begin(total: number): void;
  read(bytes: number): void;
  end(): void;
}

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
  /** Lines that are kept of each kind of problem; all by default. */
  readonly mostListed?: number;
  readonly progress?: ReadingProgress;
  /** The labels of the project that a folder belongs to; the folder may be new. */
  readonly storeFor: (folder: string) => LabelStore | Promise<LabelStore>;
}

/** What is to be written, and what stands against it. */
export interface PreparedOutputs {
  /** While there are any, there are no outputs. */
  readonly problems: readonly ProblemKind[];
  readonly losses: readonly LossSum[];
  /** Paths of the files, or "-" for standard output. */
  readonly outputs: readonly string[];
  /** The outputs that exist with other content. */
  conflicts(): Promise<string[]>;
  /**
   * Writes the outputs.
   * @throws InputError where a file exists with other content, before anything is written
   */
  write(choices: WriteChoices): Promise<void>;
}

/** A conversion that has read everything and written nothing. */
export interface Conversion extends ReadInputs, PreparedOutputs {
  /** How many documents there are. */
  readonly texts: number;
  readonly plan: ImportPlan;
}
