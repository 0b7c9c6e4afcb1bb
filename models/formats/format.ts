import type { AnnotatedText, FormatName } from './annotatedText';
import type { OffsetUnit } from './offsets';
import type { Choices, Loss, Problem } from './lossReport';

/** A file to read: its name for messages and for the names of documents, its text, and a file beside it. */
export interface InputFile {
  readonly name: string;
  readonly text: string;
  /** The text that a brat `.ann` file speaks of. */
  readonly companion?: string;
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

/** A reader and a writer of one format. */
export interface AnnotationFormat {
  readonly name: FormatName;
  /** For people, in help and menus. */
  readonly title: string;
  /** Of its files, with the dot; the first is written. */
  readonly extensions: readonly string[];
  /** @throws InputError at the first broken place, with its line. */
  read(file: InputFile, options?: ReadOptions): AnnotatedText[];
  /** @param stem name of the file, without extension, where all documents go into one */
  write(documents: readonly AnnotatedText[], stem: string, choices?: WriteOptions): Written;
}

export interface WriteOptions extends Choices {
  readonly unit?: OffsetUnit;
}
