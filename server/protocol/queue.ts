import { NotificationType, RequestType } from 'vscode-languageserver-protocol';

/**
 * Messages about the review queue: the sentences of the workspace most worth labelling. Plain JSON only;
 * offsets count UTF-16 code units.
 */

/** A sentence to look at. */
export interface QueueItem {
  /** Stable while the words of the sentence stay the same. */
  readonly id: string;
  readonly uri: string;
  /** Path of its text in the workspace. */
  readonly name: string;
  /** The sentence, in the text as it was when the queue was sent. */
  readonly start: number;
  readonly end: number;
  /** The words in question, within the sentence; all of it where none stand out. */
  readonly focus: { readonly start: number; readonly end: number; readonly quote: string };
  /** The sentence on one line, shortened around the words in question. */
  readonly excerpt: string;
  readonly layer: string;
  /** Why it is worth a look, in one sentence. */
  readonly reason: string;
  /** The same in a few words. */
  readonly brief: string;
}

export interface ReviewQueueParams {
  /** Only doubts in this layer; by default all layers that mark spans or sentences. */
  readonly layer?: string;
}

export interface ReviewQueueState {
  /** The most worthy first. */
  readonly items: readonly QueueItem[];
  /** Sentences of the workspace that nobody has decided on, and how many of them the model still has to look at. */
  readonly sentences: number;
  readonly waiting: number;
  /** Why the queue is empty or not whole, in one sentence. */
  readonly problem?: string;
}

export interface DidChangeReviewQueueParams extends ReviewQueueState {
  /** Ids of the items that a person decided on since the message before. */
  readonly decided: readonly string[];
}

/** Client to server: answers with the queue as it is, and has it kept up to date from now on. */
export const reviewQueue = new RequestType<ReviewQueueParams, ReviewQueueState, void>(
  'glossator/reviewQueue',
);

/** Server to client, once a client has asked for the queue, whenever it changed. */
export const didChangeReviewQueue = new NotificationType<DidChangeReviewQueueParams>(
  'glossator/didChangeReviewQueue',
);
