import { RequestType, RequestType0 } from 'vscode-languageserver-protocol';

/** Messages about annotation files as a whole: merges that git could not finish, and texts that were moved. */

/** Whose annotations to merge: a text, or an annotation file; left out, all of the workspace. */
export interface ResolveConflictsParams {
  readonly uri?: string;
}
export interface ResolvedConflict {
  /** Of the text. */
  readonly uri: string;
  readonly name: string;
  readonly labels: number;
  /** Labels that the two sides changed in different ways: both are kept, and a person chooses. */
  readonly undecided: number;
}
/**
 * Merges by id annotation files that git left with conflict markers: the one asked for where it has any, else all.
 * Fails with one sentence where a side cannot be read; that file stays as it is.
 */
export const resolveConflicts = new RequestType<ResolveConflictsParams, ResolvedConflict[], void>(
  'glossator/resolveConflicts',
);

/** Labels whose text is no longer in its place. */
export interface MovedAnnotations {
  /** Where the text was. */
  readonly uri: string;
  readonly name: string;
  readonly labels: number;
  /** Where it seems to be now: its labels stand there. */
  readonly found?: { readonly uri: string; readonly name: string };
}
/** Labels of texts that were moved or deleted by other programs, in all folders of the workspace. */
export const movedAnnotations = new RequestType0<MovedAnnotations[], void>('glossator/movedAnnotations');

export interface AttachAnnotationsParams {
  /** The text as its annotations know it. */
  readonly from: string;
  /** The text as it is now. */
  readonly to: string;
}
/** Gives the labels of a text that is gone to the text that it has become. Fails with one sentence for the user. */
export const attachAnnotations = new RequestType<AttachAnnotationsParams, null, void>(
  'glossator/attachAnnotations',
);
