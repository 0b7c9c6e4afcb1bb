/**
 * Which text offsets were counted in: the document version of an open text; of one that is not open what the server
 * gave for it, which changes when the file does.
 */
export type TextVersion = number | string;

/** An open document as the client sees it. */
export interface OpenVersion {
  readonly uri: string;
  readonly version: number;
}
