import { RequestType, RequestType0 } from 'vscode-languageserver-protocol';

/**
 * Messages about retraining. A model is named by its run: the name of its folder in `.glossator/models` of the first
 * workspace folder, which is its time; null names the model that it all began with.
 */

/**
 * What came of a retraining. `used`: the new model serves. `kept`: it is in the history and another one serves, by the
 * user's answer, because the settings name that one, or because another one was chosen while it was loading. `cancelled`: nothing was made.
 */
export interface RetrainAnswer {
  readonly outcome: 'used' | 'kept' | 'cancelled';
  /** Null where it was cancelled. */
  readonly run: string | null;
  /** What to tell the user, in a sentence or two. */
  readonly message: string;
}

/** Client to server: learn from all labels of the workspace. Answers when that is done; progress is LSP's own. */
export const retrain = new RequestType0<RetrainAnswer, void>('glossator/retrain');

/** Client to server: end the retraining that runs; false where none does. */
export const cancelRetraining = new RequestType0<boolean, void>('glossator/cancelRetraining');

/** One layer of a retrained model. */
export interface HistoryLayer {
  readonly name: string;
  /** What the scores are: recall where too few sentences were reviewed to know which suggestions are wrong. */
  readonly measure: 'F1' | 'recall' | 'accuracy';
  /** In [0, 1]; null where they could not be measured. */
  readonly before: number | null;
  readonly after: number | null;
}

/** A retrained model. */
export interface HistoryModel {
  readonly run: string;
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly verdict: 'better' | 'same' | 'worse' | 'unmeasured';
  /** Layers that learnt something. */
  readonly layers: readonly HistoryLayer[];
  /** True for the one that was chosen last. */
  readonly isCurrent: boolean;
  readonly isPinned: boolean;
  /** On disk. */
  readonly bytes: number;
}

/** A retrained model with something wrong in its folder. It can be pinned and deleted like every other. */
export interface DamagedModel extends Pick<HistoryModel, 'run' | 'isCurrent' | 'isPinned' | 'bytes'> {
  /** What is wrong, in one sentence. */
  readonly why: string;
}

export interface ModelHistoryAnswer {
  /** The newest first. */
  readonly models: readonly HistoryModel[];
  /** The newest first; absent where there are none. */
  readonly damaged?: readonly DamagedModel[];
  /** Why the current one does not serve, in one sentence; absent where it does. */
  readonly overruled?: string;
}

/** Client to server: the retrained models of the workspace. */
export const modelHistory = new RequestType0<ModelHistoryAnswer, void>('glossator/modelHistory');

export interface UseModelParams {
  readonly run: string | null;
}

/** Client to server: serve with this model. Answers when it serves: why it does not, or null. */
export const useModel = new RequestType<UseModelParams, string | null, void>('glossator/useModel');

export interface PinModelParams {
  readonly run: string;
  /** Pinned models are never deleted to make room. */
  readonly isPinned: boolean;
}

export const pinModel = new RequestType<PinModelParams, null, void>('glossator/pinModel');

export interface RunParams {
  readonly run: string;
}

/** Client to server: delete a retrained model from the disk. One that serves is refused. */
export const removeModel = new RequestType<RunParams, null, void>('glossator/removeModel');

export interface ReportParams {
  /** Null for the newest. */
  readonly run: string | null;
  /** What the page's style and script are to be known by, random. */
  readonly nonce: string;
}

export interface ReportAnswer {
  readonly run: string;
  /** A whole page; its buttons send `{ type: 'open', file, start, end }` and `{ type: 'save', name, data }`. */
  readonly html: string;
  /** The folder that the files of the page lie in. */
  readonly folder: string;
}

/** Client to server: the report on a retraining as a page; null where there is none. */
export const report = new RequestType<ReportParams, ReportAnswer | null, void>('glossator/report');
