import { RequestType } from 'vscode-languageserver-protocol';
import type { OpenVersion } from './versions';

/** Messages about annotated texts in other formats: what people call import and export. */

/** A format as a person chooses it. */
export interface WireFormat {
  readonly name: string;
  readonly title: string;
  /** Of its files, with the dot; the first is written. */
  readonly extensions: readonly string[];
  /** True where each text is a file, or two, of its own: they go into a folder. */
  readonly perText: boolean;
}

/** All formats but the project's own, which is named `glossator`. */
export const wireFormats: readonly WireFormat[] = [
  { name: 'conllu', title: 'CoNLL-U', extensions: ['.conllu', '.conllup'], perText: false },
  {
    ...{ name: 'conll2003', title: 'CoNLL-2003, IOB2', perText: false },
    extensions: ['.conll', '.iob2', '.iob', '.bio'],
  },
  { name: 'bilou', title: 'BILOU', extensions: ['.bilou'], perText: false },
  { name: 'bioes', title: 'BIOES', extensions: ['.bioes'], perText: false },
  { name: 'brat', title: 'brat standoff', extensions: ['.ann'], perText: true },
  { name: 'doccano', title: 'doccano JSON', extensions: ['.jsonl'], perText: false },
  { name: 'prodigy', title: 'Prodigy JSON Lines', extensions: ['.jsonl'], perText: false },
  { name: 'label-studio', title: 'Label Studio JSON', extensions: ['.json'], perText: false },
  { name: 'webanno-tsv', title: 'WebAnno TSV 3', extensions: ['.tsv'], perText: true },
  { name: 'tei', title: 'TEI P5', extensions: ['.xml', '.tei'], perText: true },
  { name: 'spacy', title: 'spaCy JSON', extensions: ['.json'], perText: false },
];

/** What a person decided about labels that do not fit; see docs/formats.md. */
export interface ConversionChoices {
  readonly layers?: readonly string[];
  readonly misaligned?: 'out' | 'in' | 'split' | 'skip';
  readonly overlaps?: 'longest' | 'shortest';
  readonly discontinuous?: 'cover' | 'split' | 'skip';
}

export interface ConvertParams {
  /** URIs of files: texts of the project, or files of another format. */
  readonly files: readonly string[];
  /** Told by name and content of each file where it is left out. */
  readonly from?: string;
  /** Formats that the person chose for single files. */
  readonly formats?: readonly { readonly uri: string; readonly format: string }[];
  readonly to: string;
  /** URI of the file or folder to write; for `glossator` a folder of the workspace. */
  readonly out: string;
  readonly isFolder: boolean;
  readonly choices: ConversionChoices;
  /** The person has seen what is left out. */
  readonly lossy: boolean;
  /** The person has seen which files are replaced. */
  readonly replace: boolean;
  /** The person has seen that an import brings texts without any label. */
  readonly textOnly?: boolean;
  /** All of every text was looked at: its sentences become reviewed for the layers that are taken. Into the project. */
  readonly gold?: boolean;
  /** What offsets count, where a file differs from its format. */
  readonly unit?: 'utf16' | 'codepoints';
  /** What the columns of column files are: `token,pos,_,ner`. */
  readonly columns?: string;
  /** Nothing is written: the answer says in `plan` what would be. */
  readonly planOnly?: boolean;
  /** Of the open documents; where one has another, it fails with `ContentModified` and writes nothing. */
  readonly versions?: readonly OpenVersion[];
}

/** Labels of one kind that do not fit, and what could become of them. */
export interface ConversionQuestion {
  /** The choice that settles it. */
  readonly choice: keyof ConversionChoices;
  readonly count: number;
  /** The values of the choice; for `layers` the names of layers, of which one is to be chosen. */
  readonly values: readonly string[];
  /** A line for each label: its place, and why it does not fit. */
  readonly lines: readonly string[];
}

/** What will be done, to be shown before it is. */
export interface ConversionPlan {
  /** File by file and layer by layer, in lines for a person. */
  readonly lines: readonly string[];
  /** Names of the formats of the files. */
  readonly formats: readonly string[];
  /** Layers that labels go into, each with the labels by name, the most frequent first. */
  readonly layers: readonly {
    readonly layer: string;
    readonly labels: readonly { readonly name: string; readonly count: number }[];
    /** The project does not have it, so that it is made. */
    readonly isNew: boolean;
  }[];
  /** Layers that the files have and that nobody asked for, such as parts of speech. */
  readonly offered: readonly string[];
  /** What offsets count, where the files have any and it matters. */
  readonly unit?: 'utf16' | 'codepoints';
  /** True where the files are columns. */
  readonly hasColumns: boolean;
}

/** What was written; or why nothing was, and what to ask the person. */
export interface ConvertAnswer {
  readonly isWritten: boolean;
  /** Files whose format a person must say, with those that are possible; all are where none is named. */
  readonly unclear: readonly { readonly uri: string; readonly candidates: readonly string[] }[];
  /** A file whose offsets may count either: nothing is written until `unit` says which. */
  readonly unclearUnit?: {
    readonly uri: string;
    /** The words of a label under each, and how many labels would cover whole words. */
    readonly fits: readonly {
      readonly unit: 'utf16' | 'codepoints';
      readonly wholeWords: number;
      readonly example: string;
    }[];
  };
  /** To be asked first, one after the other: an answer may settle another. */
  readonly questions: readonly ConversionQuestion[];
  /** What the format has no place for, in words that follow the number. `isContent`: a person wrote or decided it. */
  readonly losses: readonly { readonly what: string; readonly count: number; readonly isContent: boolean }[];
  /** URIs of files that exist with other content. */
  readonly existing: readonly string[];
  readonly texts: number;
  readonly labels: number;
  /** Files that cannot be read, each with one sentence that says why, and the line where that is one. */
  readonly skipped: readonly { readonly uri: string; readonly reason: string; readonly line?: number }[];
  /** URIs of the files that were or would be written. */
  readonly outputs: readonly string[];
  /** Missing while the format of a file is unclear. */
  readonly plan?: ConversionPlan;
}

/** Client to server. Nothing is written while something is to be asked. Fails with one sentence for the user. */
export const convert = new RequestType<ConvertParams, ConvertAnswer, void>('glossator/convert');
