import type { AnnotatedText, FormatName } from './annotatedText';
import type { OffsetUnit } from './offsets';
import type { Choices, Loss, LossReport, Problem } from './lossReport';

/** A file to read: its name for messages and for the names of documents, its text, and a file beside it. */
export interface InputFile {
  readonly name: string;
  readonly text: string;
  /** The text that a brat `.ann` file speaks of. */
  readonly companion?: string;
}

/** A file that is read in pieces, as often as asked. Every piece but the last ends with a line. */
export interface PiecewiseFile {
  readonly name: string;
  pieces(): AsyncIterable<string>;
}

/** A document whose name depends on those beside it in its file; see `numberedNames`. */
export interface UnnamedDocument {
  readonly id?: string;
  readonly document: AnnotatedText;
}

export interface ReadOptions {
  /** Counts offsets in another unit than the format usually does. */
  readonly unit?: OffsetUnit;
  /** What the columns of a file are, in their order: `token,pos,_,ner`; see `declaredColumns`. */
  readonly columns?: string;
  /** Layers to read even where the format only offers them, such as the parts of speech in CoNLL-2003. */
  readonly layers?: readonly string[];
  /** TEI: elements that are labels besides names and dates. */
  readonly elements?: readonly string[];
}

/** A file to write: a name without folder, and its text. */
export interface OutputFile {
  readonly name: string;
  readonly content: string;
}

/** What a writer gives: files, or problems that need a choice first; and what the files have no place for. */
export interface Written {
  /** Empty while there are problems. */
  readonly files: readonly OutputFile[];
  readonly problems: readonly Problem[];
  readonly losses: readonly Loss[];
}

/** What a writer of document after document has to know of all of them before the first. */
export interface DocumentSet {
  /** Name of the file, without extension, where all documents go into one. */
  readonly stem: string;
  readonly count: number;
  /** True where every document keeps the form that `formOf` tells. */
  readonly keepsForm: boolean;
}

/** Writes document after document; what does not fit goes into the report that it was given. */
export interface DocumentWriter {
  /** Names of the files that documents with these names become. */
  fileNames(documents: readonly string[]): string[];
  /** The next part of each file that a document is part of. */
  add(document: AnnotatedText): OutputFile[];
  /** What is left to be written behind the last document. */
  end?(): OutputFile[];
}

/** Begins to write a set of documents. */
export type BeginDocuments = (set: DocumentSet, options: WriteOptions, report: LossReport) => DocumentWriter;

/** A reader and a writer of one format. */
export interface AnnotationFormat {
  readonly name: FormatName;
  /** For people, in help and menus. */
  readonly title: string;
  /** Of its files, with the dot; the first is written. */
  readonly extensions: readonly string[];
  /** @throws InputError at the first broken place, with its line. */
  read(file: InputFile, options?: ReadOptions): AnnotatedText[];
  /**
   * The same documents one after the other, with no more of the file in memory than one of them where it can be read so.
   * What is given back may be called again and again; it throws an InputError at the first broken place.
   */
  readonly documents?: (file: PiecewiseFile, options?: ReadOptions) => () => AsyncIterable<UnnamedDocument>;
  /** @param stem name of the file, without extension, where all documents go into one */
  write(documents: readonly AnnotatedText[], stem: string, choices?: WriteOptions): Written;
  /** The same, document by document; absent where a file can only be written as a whole. */
  readonly begin?: BeginDocuments;
  /**
   * The form that a document came in and could be written in again, if all others have the same; empty where it cannot,
   * undefined where it has none.
   */
  formOf?(document: AnnotatedText): string | undefined;
}

export interface WriteOptions extends Choices {
  readonly unit?: OffsetUnit;
}
