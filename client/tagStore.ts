import type { DidTagParams, WireSentence } from '../server/protocol/messages';

/** What the client holds of one document: the server's list of sentences at `version`. */
export interface TaggedDocument {
  readonly uri: string;
  /** The document version that `sentences` belong to. */
  readonly version: number;
  readonly modelId: string;
  /** Sentences that still wait for the tagger. */
  readonly pending: number;
  /** Why the document is not tagged at all: one sentence for the user. */
  readonly untagged: string | undefined;
  readonly sentences: readonly WireSentence[];
}

/**
 * `applied`: the list is in step with the server's. `stale`: older than what is held, ignored.
 * `lost`: the edits do not fit what is held; only a message with `reset` helps.
 */
export type TagUpdate = 'applied' | 'stale' | 'lost';

/** The sentences of every open document with their tags, kept in step with the server by splice edits. */
export class TagStore {
  readonly #documents = new Map<string, TaggedDocument>();

  /** What is held of a document; undefined before its first message and after its list was lost. */
  get(uri: string): TaggedDocument | undefined {
    return this.#documents.get(uri);
  }

  /** Brings one document up to date. Cost: the edits, plus one copy of the list. */
  apply(params: DidTagParams): TagUpdate {
    const held = this.#documents.get(params.uri);
    if (!params.reset) {
      if (held === undefined) return 'lost';
      if (params.version < held.version) return 'stale';
    }
    const sentences = params.reset || held === undefined ? [] : [...held.sentences];
    for (const { index, deleteCount, sentences: inserted } of params.edits) {
      if (index < 0 || deleteCount < 0 || index + deleteCount > sentences.length) {
        this.#documents.delete(params.uri);
        return 'lost';
      }
      splice(sentences, index, deleteCount, inserted);
    }
    const { uri, version, modelId, pending, untagged } = params;
    this.#documents.set(uri, { uri, version, modelId, pending, untagged, sentences });
    return 'applied';
  }

  delete(uri: string): void {
    this.#documents.delete(uri);
  }

  clear(): void {
    this.#documents.clear();
  }
}

/** `Array.splice` without its limit on the number of arguments: a book is one insertion. */
function splice<T>(items: T[], index: number, deleteCount: number, inserted: readonly T[]): void {
  const tail = items.slice(index + deleteCount);
  items.length = index;
  for (const item of inserted) items.push(item);
  for (const item of tail) items.push(item);
}
