import type { DidLabelParams, WireLabel } from '../../server/protocol/labels';
import { type SideBySide, sideBySide } from '../../server/protocol/sideBySide';
import type { DocumentChange } from '../drawnRanges';
import type { Window } from '../marks';
import { wholeDocument } from '../marks';
import { moveLabel, shiftLabel } from './shiftLabel';

/** The layer of the marks of reviewed sentences; docs/annotation-format.md. */
export const REVIEWED_LAYER = '@reviewed';

/** How many edits of a document are kept for messages about the text before them. */
const LOG_LENGTH = 2000;

interface Edit {
  /** The document version after it. */
  readonly version: number;
  readonly groups: readonly SideBySide[];
}

interface HeldLabels {
  readonly labels: Map<string, WireLabel>;
  sorted: readonly WireLabel[] | undefined;
  isUnsaved: boolean;
  problem: string | undefined;
}

interface EditLog {
  edits: Edit[];
  /** The version before the oldest edit that is kept. */
  from: number;
}

/** `lost`: the message cannot be placed in the text as it is now; only a full list helps. */
export type LabelUpdate = 'applied' | 'lost';

/**
 * What people labelled in every open document. Labels follow the edits of their text at once; the server tells of
 * those that an edit touched, and what it says about an older version is brought through the edits since.
 */
export class ShownLabels {
  readonly #documents = new Map<string, HeldLabels>();
  readonly #logs = new Map<string, EditLog>();

  /** All labels of a document in the order of the text, rejected ones and marks of reviewed sentences too. */
  labels(uri: string): readonly WireLabel[] {
    const held = this.#documents.get(uri);
    if (held === undefined) return [];
    held.sorted ??= [...held.labels.values()].sort(compare);
    return held.sorted;
  }

  /** The labels that touch `window`; lost ones have no width and count where they would stand. */
  labelsIn(uri: string, window: Window = wholeDocument): WireLabel[] {
    return this.labels(uri).filter(({ start, end }) => end >= window.start && start <= window.end);
  }

  get(uri: string, id: string): WireLabel | undefined {
    return this.#documents.get(uri)?.labels.get(id);
  }

  /** True where a decision of the user is not on disk yet, and why where it could not be saved. */
  saving(uri: string): { readonly isUnsaved: boolean; readonly problem: string | undefined } {
    const { isUnsaved = false, problem } = this.#documents.get(uri) ?? {};
    return { isUnsaved, problem };
  }

  /**
   * Follows an edit of a document.
   * @param version the version after it
   * @param changes in the order of the editor: each in the text that the ones before it left
   */
  follow(uri: string, version: number, changes: readonly DocumentChange[]): void {
    const log = this.#logs.get(uri) ?? { edits: [], from: version - 1 };
    this.#logs.set(uri, log);
    const groups = sideBySide(changes);
    log.edits.push({ version, groups });
    if (log.edits.length > LOG_LENGTH) log.from = log.edits.shift()?.version ?? version;
    const held = this.#documents.get(uri);
    if (held === undefined) return;
    for (const [id, label] of held.labels) held.labels.set(id, shifted(label, groups));
    held.sorted = undefined;
  }

  /** Brings one document up to date. */
  apply({ uri, version, reset, put, removed, unsaved, problem }: DidLabelParams): LabelUpdate {
    let held = this.#documents.get(uri);
    const log = this.#logs.get(uri);
    if ((held === undefined && !reset) || (log !== undefined && version < log.from)) {
      this.#documents.delete(uri);
      return 'lost';
    }
    if (held === undefined || reset) {
      held = { labels: new Map(), sorted: undefined, isUnsaved: unsaved, problem };
      this.#documents.set(uri, held);
    }
    // Messages come in the order of their versions: edits before this one have served.
    const since = log?.edits.filter((edit) => edit.version > version) ?? [];
    if (log !== undefined) {
      log.edits = since;
      log.from = Math.max(log.from, version);
    }
    for (const id of removed) held.labels.delete(id);
    const groups = since.flatMap((edit) => edit.groups);
    for (const label of put) held.labels.set(label.id, shifted(label, groups));
    held.sorted = undefined;
    held.isUnsaved = unsaved;
    held.problem = problem;
    return 'applied';
  }

  /** Forgets a document that was closed. */
  delete(uri: string): void {
    this.#documents.delete(uri);
    this.#logs.delete(uri);
  }

  clear(): void {
    this.#documents.clear();
    this.#logs.clear();
  }
}

function shifted(label: WireLabel, groups: readonly SideBySide[]): WireLabel {
  return groups.reduce((now, group) => group.follow(now, shiftLabel, moveLabel), label);
}

function compare(a: WireLabel, b: WireLabel): number {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1);
}
