import {
  NotificationType,
  NotificationType0,
  RequestType,
  RequestType0,
} from 'vscode-languageserver-protocol';

/**
 * Messages of Glossator beside those of LSP. Plain JSON only; every offset counts UTF-16 code
 * units of the named document version.
 */

/** Tags of a token layer, parallel to the tokens of the sentence. */
export interface TokenLayerTags {
  readonly kind: 'token';
  readonly labels: readonly string[];
  readonly probabilities: readonly number[];
}

/** One labelled span; `start` and `end` count tokens of the sentence, half-open. */
export interface SpanTag {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly probability: number;
}

export interface SpanLayerTags {
  readonly kind: 'span';
  readonly spans: readonly SpanTag[];
}

/** A label with its probability in [0, 1]. */
export interface LabelTag {
  readonly label: string;
  readonly probability: number;
}

/** The label of a whole sentence. */
export interface SentenceLayerTags extends LabelTag {
  readonly kind: 'sentence';
  /** Place of the label among all labels of the layer in alphabetical order, from 0: what a client chooses colours by. */
  readonly index: number;
  readonly runnerUp: LabelTag | null;
}

export type LayerTags = TokenLayerTags | SpanLayerTags | SentenceLayerTags;

/**
 * A sentence on the wire. It is placed relative to the one before it, so that an edit changes
 * the message of the sentences it touches and of no other.
 */
export interface WireSentence {
  /** Code units between the end of the sentence before (or the start of the text) and this one. */
  readonly gap: number;
  readonly length: number;
  /** start, end, start, end, … of the tokens, relative to the start of the sentence. */
  readonly tokens: readonly number[];
  /** Tags by layer name; null while the sentence waits for the tagger. */
  readonly layers: Readonly<Record<string, LayerTags>> | null;
}

/** Replaces `deleteCount` sentences at `index` by `sentences`. */
export interface SentenceEdit {
  readonly index: number;
  readonly deleteCount: number;
  readonly sentences: readonly WireSentence[];
}

export interface DidTagParams {
  readonly uri: string;
  /**
   * The document version that the tags belong to. A client applies the edits of every message in order,
   * so that its list stays in step with the server's, and draws it only while this is its current version.
   */
  readonly version: number;
  readonly modelId: string;
  /** True: forget what was held for this document and start from an empty list. */
  readonly reset: boolean;
  /** Applied in order to the sentences held for this document. */
  readonly edits: readonly SentenceEdit[];
  /** Sentences of this document that still wait for the tagger. */
  readonly pending: number;
  /** Why this document is not tagged at all (too long, not text): one sentence for the user. */
  readonly untagged?: string;
}

/** Server to client, whenever tags of a document changed. Nothing is sent for a stale or cancelled run. */
export const didTag = new NotificationType<DidTagParams>('glossator/didTag');

export type ServerState = 'loading' | 'tagging' | 'idle' | 'training' | 'failed';

export interface StatusParams {
  readonly state: ServerState;
  /** Sentences that wait for the tagger, over all documents. */
  readonly pending: number;
  /** Null until a backend is loaded. */
  readonly backend: 'native' | 'wasm' | null;
  readonly modelId: string | null;
  /** Words tagged since the start, cached sentences not counted. */
  readonly words: number;
  /** Milliseconds the tagger spent on them. */
  readonly milliseconds: number;
  /** One sentence for the user: why the state is `failed`, or why an open document is not tagged. */
  readonly message?: string;
  /** What the training does, in words; absent while none runs. The state may be `tagging` meanwhile. */
  readonly training?: string;
}

/** Server to client, whenever the state changes; clients and tests wait for it instead of sleeping. */
export const status = new NotificationType<StatusParams>('glossator/status');

export interface VisibleParams {
  readonly uri: string;
  /** Half-open line ranges now on screen, counted from 0. */
  readonly lines: readonly { readonly start: number; readonly end: number }[];
}

/** Client to server, when the user scrolls: these sentences are tagged first. */
export const visible = new NotificationType<VisibleParams>('glossator/visible');

export interface DocumentParams {
  readonly uri: string;
}

/** Client to server, when the client has lost its list of sentences: answers with a full one, or null for an unknown document. */
export const tags = new RequestType<DocumentParams, DidTagParams | null, void>('glossator/tags');

/** Client to server: forget the cached tags of a document and tag it again. */
export const retag = new RequestType<DocumentParams, null, void>('glossator/retag');

/** How a head mixes the layers of vectors that the embedder gives for each word. */
export interface LayerMix {
  /** Shares that sum to 1, from layer 0 (the word without its context) up. */
  readonly layers: readonly number[];
  /** The factor of the whole. */
  readonly gamma: number;
}

/** One layer of the model that serves. */
export interface ModelLayer {
  readonly name: string;
  readonly kind: 'token' | 'span' | 'sentence';
  readonly labels: readonly string[];
  /** Null where the layer does not read the embedder. */
  readonly mix: LayerMix | null;
  /** Parts of the embedder that were trained further for this layer. */
  readonly tuned: readonly string[];
}

/** The model that serves. */
export interface ModelDetails {
  readonly modelId: string;
  /** The folder that it was loaded from. */
  readonly directory: string;
  readonly backend: 'native' | 'wasm';
  /** Layers of vectors that the embedder gives for each word, and numbers of a vector. */
  readonly embedder: { readonly layers: number; readonly size: number };
  readonly layers: readonly ModelLayer[];
}

/** Client to server, when the user asks about the model; null while none serves. */
export const model = new RequestType0<ModelDetails | null, void>('glossator/model');

/**
 * Client to server, when the user comes to trust the workspace: its project file counts from now on, and TensorFlow
 * Hub modules may run. Before, the client says so in `initializationOptions`.
 */
export const trusted = new NotificationType0('glossator/trusted');
