import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { Position, Range } from 'vscode-languageserver-types';
import type { TextChange } from '../../models/annotations/textChange';
import type { Segmenter } from '../../models/text/segmenter';
import type { Span } from '../../models/text/span';
import { PublishedSentences, type Update } from './publishedSentences';
import { SequentialChanges } from './sequentialChanges';
import { SentenceIndex, type SentenceChange } from './sentenceIndex';
import type { TrackedSentence } from './trackedSentence';
import { untaggedReason } from './untaggedReason';

/** Code units that a screen may hold: a book may be one line. */
const MOST_VISIBLE = 50_000;

/** An open document: its text, its sentences, what the tagger said of them and what the client holds. */
export class TrackedDocument {
  readonly #segmenter: Segmenter;
  readonly #index = new SentenceIndex();
  readonly #published = new PublishedSentences();
  #text: TextDocument;
  #isSegmented = false;
  #untagged: string | undefined;
  /** Ranges now on screen, in lines; a fresh document shows its beginning. */
  #visible: readonly Span[] = [{ start: 0, end: 60 }];

  constructor(text: TextDocument, segmenter: Segmenter) {
    this.#text = text;
    this.#segmenter = segmenter;
  }

  get uri(): string {
    return this.#text.uri;
  }

  get version(): number {
    return this.#text.version;
  }

  get text(): string {
    return this.#text.getText();
  }

  get length(): number {
    return this.#text.getText().length;
  }

  /** The sentences as they were last segmented. */
  get sentences(): readonly TrackedSentence[] {
    return this.#index.sentences;
  }

  /** Why this document is not tagged, or undefined when it is. */
  get untagged(): string | undefined {
    return this.#untagged;
  }

  /**
   * Applies edits of the client; `segmenting` brings the sentences up to date afterwards.
   * @returns the edits by offset, each in the text that the one before it left
   */
  applyChanges(changes: readonly TextDocumentContentChangeEvent[], version: number): TextChange[] {
    this.#isSegmented = false;
    const sequence = new SequentialChanges(this.#text, version);
    const applied = changes.map((change) => sequence.take(change));
    this.#text = sequence.finish();
    return applied;
  }

  /** True while the sentences belong to the present text. */
  get isSegmented(): boolean {
    return this.#isSegmented;
  }

  /** Splits the present text into sentences, in steps; a document that is not to be tagged has none. */
  *segmenting(maxLength: number): Generator<void, SentenceChange, void> {
    const text = this.#text.getText();
    this.#untagged = untaggedReason(this.uri, text, maxLength);
    const sentences = this.#untagged === undefined ? yield* this.#segmenter.steps(text) : [];
    this.#isSegmented = true;
    return this.#index.update(sentences);
  }

  /** The sentence at `offset`; none while the text is being segmented. */
  sentenceAt(offset: number): TrackedSentence | undefined {
    return this.#isSegmented ? this.#index.at(offset) : undefined;
  }

  /** The sentences that share text with [start, end); none while the text is being segmented. */
  sentencesBetween(start: number, end: number): readonly TrackedSentence[] {
    return this.#isSegmented ? this.#index.between(start, end) : [];
  }

  /** Half-open ranges of lines that the user now sees. */
  show(lines: readonly Span[]): void {
    this.#visible = lines;
  }

  /** The sentences that the user now sees; of lines that no screen holds, the first. */
  visibleSentences(): readonly TrackedSentence[] {
    return this.#visible.flatMap(({ start, end }) => {
      const from = this.offsetAt({ line: start, character: 0 });
      const to = Math.min(from + MOST_VISIBLE, this.offsetAt({ line: end, character: 0 }));
      return [...this.sentencesBetween(from, to)];
    });
  }

  /**
   * What brings the client up to date. It counts as sent.
   * @param most words of the sentences that it holds
   */
  takeUpdate(most?: number): Update {
    return this.#published.update(this.sentences, most);
  }

  /** Forgets what the client holds: the next edits hold every sentence. */
  forgetPublished(): void {
    this.#published.reset();
  }

  getText(span: Span): string {
    return this.#text.getText().slice(span.start, span.end);
  }

  /** Offset of the end of the line that `offset` stands in, without its line break. */
  lineEndAfter(offset: number): number {
    const line = this.positionAt(offset).line;
    return this.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
  }

  positionAt(offset: number): Position {
    return this.#text.positionAt(offset);
  }

  offsetAt(position: Position): number {
    return this.#text.offsetAt(position);
  }

  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }
}
