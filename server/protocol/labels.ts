import { NotificationType, RequestType, RequestType0 } from 'vscode-languageserver-protocol';
import type { DocumentParams } from './messages';
import type { OpenVersion, TextVersion } from './versions';

/**
 * Messages about what people labelled. Plain JSON only; every offset counts UTF-16 code units of the named document
 * version.
 */

/** A label as the editor shows it; see docs/annotation-format.md for its fields. */
export interface WireLabel {
  readonly id: string;
  readonly layer: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly state: 'confirmed' | 'rejected';
  /** Present where the words are not as they were labelled: changed, or lost (then `start` equals `end`). */
  readonly review?: 'changed' | 'lost';
  /** The words as they were labelled. */
  readonly quote: string;
  readonly annotator: string;
  readonly time: string;
  readonly note?: string;
  readonly confidence?: number;
  /** The id of a label that another program changed in another way: a person chooses between the two. */
  readonly rivalOf?: string;
}

export interface DidLabelParams {
  readonly uri: string;
  /** The document version that the offsets belong to. */
  readonly version: number;
  /** True: forget what was held for this document and start from no labels. */
  readonly reset: boolean;
  /**
   * New or changed labels. After an edit of the text the labels that it touched are sent; both sides move all others
   * by the same rule: where a change replaces [from, to), a label that begins at `to` or later moves by the length of
   * the change, except a lost one at the place of an insertion; a label that ends at `from` or earlier stays. Whatever
   * a client does with the labels between, this message corrects it.
   */
  readonly put: readonly WireLabel[];
  /** Ids of labels that are gone. */
  readonly removed: readonly string[];
  /** True where something is not on disk yet; `problem` says why if it could not be saved or read. */
  readonly unsaved: boolean;
  readonly problem?: string;
}

/** Server to client, whenever labels of an open document changed. */
export const didLabel = new NotificationType<DidLabelParams>('glossator/didLabel');

/** Client to server, when the client has lost its list of labels: answers with a full one. */
export const labels = new RequestType<DocumentParams, DidLabelParams | null, void>('glossator/labels');

export type WireLabelOperation =
  | {
      readonly kind: 'add';
      readonly layer: string;
      readonly label: string;
      readonly start: number;
      readonly end: number;
      readonly state?: 'confirmed' | 'rejected';
      readonly note?: string;
      readonly confidence?: number;
    }
  | {
      readonly kind: 'change';
      readonly id: string;
      readonly layer?: string;
      readonly label?: string;
      readonly start?: number;
      readonly end?: number;
      readonly state?: 'confirmed' | 'rejected';
      /** Empty takes it away. */
      readonly note?: string;
      /** Probability of the suggestion that was decided on. */
      readonly confidence?: number;
    }
  | { readonly kind: 'remove'; readonly id: string };

export interface LabelParams {
  readonly uri: string;
  readonly version: number;
  /** What the user did, for undo: `Label “Ada” as PER`. */
  readonly title: string;
  readonly operations: readonly WireLabelOperation[];
}

/** Client to server: one step of undo. Answers when it is on disk; fails with one sentence for the user. */
export const label = new RequestType<LabelParams, null, void>('glossator/label');

/** Every place of some words, as one step of undo over several files. */
export interface LabelAllParams {
  readonly title: string;
  readonly texts: readonly {
    readonly uri: string;
    /** What the offsets belong to; may be left out for a text that is not open. */
    readonly version?: TextVersion;
    readonly operations: readonly WireLabelOperation[];
  }[];
}
/** Fails with `ContentModified`, and labels nothing, where one of the texts has another version. */
export const labelAll = new RequestType<LabelAllParams, null, void>('glossator/labelAll');

export interface UndoneLabels {
  readonly title: string;
  /** Steps left out because their labels were changed since. */
  readonly skipped: number;
}
/** Takes back the last change of labels; null where nothing is left. */
export const undoLabels = new RequestType<DocumentParams, UndoneLabels | null, void>('glossator/undoLabels');
export const redoLabels = new RequestType<DocumentParams, UndoneLabels | null, void>('glossator/redoLabels');

/** Tries again to save what is not on disk; fails with one sentence for the user. */
export const saveLabels = new RequestType0<null, void>('glossator/saveLabels');

/** A label that could be given, the most probable first. */
export interface LabelChoice {
  readonly layer: string;
  readonly label: string;
  readonly name?: string;
  readonly description?: string;
  readonly key?: string;
  /** The model's probability, where it has one. */
  readonly probability?: number;
}
export interface LabelChoicesParams {
  readonly uri: string;
  readonly version: number;
  readonly start: number;
  readonly end: number;
  /** Only labels of this layer; the span is what its kind labels: words, a run of words, or the sentence. */
  readonly layer?: string;
}
export interface LabelChoices {
  /** The span that would be labelled: an empty selection becomes the word (or suggested span) under it. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly choices: readonly LabelChoice[];
}
export const labelChoices = new RequestType<LabelChoicesParams, LabelChoices | null, void>(
  'glossator/labelChoices',
);

export interface SentenceParams {
  readonly uri: string;
  readonly version: number;
  readonly offset: number;
}
/**
 * The sentence at a place, whether its tags have come or not; between two sentences the one before. Null before the
 * first, and in a text that is not tagged.
 */
export const sentence = new RequestType<
  SentenceParams,
  { readonly start: number; readonly end: number } | null,
  void
>('glossator/sentence');

/** Which sentence: the one at `offset`, or between two the one before. */
export interface ReviewSentenceParams extends SentenceParams {
  /** The layers that were looked at; left out, those with labels or suggested spans in the sentence, and `asked`. */
  readonly layers?: readonly string[];
  /** A layer that the person was asked about in this sentence. */
  readonly asked?: string;
}
export interface SentenceReview {
  readonly start: number;
  readonly end: number;
  /** `undecided`: nothing was done, since nothing in the sentence tells which layers were looked at; ask. */
  readonly state: 'reviewed' | 'unmarked' | 'undecided';
  /** The layers that are reviewed now, or no longer, or to choose from. */
  readonly layers: readonly string[];
}
/**
 * Marks a sentence as reviewed, so that what is unlabelled there has no label in these layers; takes that back where it
 * is reviewed in all of them. One step of undo, answered when it is on disk. Null where there is no sentence.
 */
export const reviewSentence = new RequestType<ReviewSentenceParams, SentenceReview | null, void>(
  'glossator/reviewSentence',
);

/** Accepts all suggestions in a range whose probability is at least `threshold`, as one step of undo. */
export interface AcceptParams {
  readonly uri: string;
  readonly version: number;
  readonly start: number;
  readonly end: number;
  readonly threshold: number;
  /** By default all span and sentence layers. */
  readonly layers?: readonly string[];
}
export const accept = new RequestType<AcceptParams, { readonly accepted: number }, void>('glossator/accept');

/** Places of the same words, for a preview. */
export interface MatchesParams {
  readonly uri: string;
  readonly text: string;
  readonly layer: string;
  readonly scope: 'document' | 'workspace';
}
export interface Match {
  readonly uri: string;
  /** Of the text, for `glossator/labelAll`. */
  readonly version: TextVersion;
  readonly start: number;
  readonly end: number;
  /** Line from 0, and its text. */
  readonly line: number;
  readonly preview: string;
  /** The label already there in this layer, if any. */
  readonly label?: string;
}
export const matches = new RequestType<MatchesParams, readonly Match[], void>('glossator/matches');

/** Layers and labels of the project, the default ones without a project file. */
export interface ProjectLayer {
  readonly name: string;
  readonly kind: 'token' | 'span' | 'sentence';
  readonly overlap: boolean;
  readonly labels: readonly {
    readonly name: string;
    readonly description?: string;
    /** Theme colour id. */
    readonly color?: string;
    readonly key?: string;
  }[];
}
export interface ProjectParams {
  readonly layers: readonly ProjectLayer[];
  readonly annotator: string;
  /** Why the project file is not used: one sentence. */
  readonly problem?: string;
}
/** Server to client at the start and whenever the project file changed. */
export const didChangeProject = new NotificationType<ProjectParams>('glossator/didChangeProject');

/** Changes of the project file; those that touch labels rewrite them in all texts, as one step of undo. */
export type ProjectEdit =
  | { readonly kind: 'addLayer'; readonly layer: ProjectLayer }
  | { readonly kind: 'addLabel'; readonly layer: string; readonly label: ProjectLayer['labels'][number] }
  | { readonly kind: 'renameLabel'; readonly layer: string; readonly from: string; readonly to: string }
  | {
      readonly kind: 'mergeLabels';
      readonly layer: string;
      readonly from: readonly string[];
      readonly to: string;
    }
  | { readonly kind: 'deleteLabel'; readonly layer: string; readonly label: string };
/** Fails with `ContentModified`, and changes nothing, where an open text has another version than the client says. */
export type EditProjectParams = ProjectEdit & { readonly versions?: readonly OpenVersion[] };
export const editProject = new RequestType<EditProjectParams, { readonly labels: number }, void>(
  'glossator/editProject',
);

/** For the tree view: how often each label is in each file, and how far the review is. */
export interface AnnotationCounts {
  readonly texts: readonly {
    readonly uri: string;
    /** Path in the workspace. */
    readonly name: string;
    readonly counts: readonly {
      readonly layer: string;
      readonly label: string;
      readonly confirmed: number;
      readonly rejected: number;
      readonly review: number;
    }[];
    /** Reviewed sentences, and all; null for a text that is not open. */
    readonly reviewed: { readonly sentences: number; readonly all: number } | null;
    /** Why its annotation file cannot be read. */
    readonly problem?: string;
  }[];
}
export const annotationCounts = new RequestType0<AnnotationCounts, void>('glossator/annotationCounts');
