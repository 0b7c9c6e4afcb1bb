import { TextDocument } from 'vscode-languageserver-textdocument';
import { Segmenter } from '../../../models/text/segmenter';
import { TrackedDocument } from '../../../server/documents/trackedDocument';
import { PredictionCache } from '../../../server/tagging/predictionCache';
import { TaggingService } from '../../../server/tagging/taggingService';
import { segmentNow } from '../documents/segmentNow';
import { HeldTagger } from './heldTagger';

/** A service with a tagger whose answers wait, and documents to edit. */
export class Bench {
  readonly cache = new PredictionCache(10_000);
  readonly service = new TaggingService(this.cache);
  readonly tagger = new HeldTagger();
  /** uri:version:waiting of everything published. */
  readonly published: string[] = [];

  constructor() {
    this.service.tagged.on((document) => {
      this.published.push(`${document.uri}:${document.version}:${this.service.pendingOf(document)}`);
    });
    this.service.useModel(this.tagger, []);
  }

  open(uri: string, text: string): TrackedDocument {
    const document = new TrackedDocument(TextDocument.create(uri, 'plain', 1, text), new Segmenter('plain'));
    this.service.update(document, segmentNow(document), false);
    return document;
  }

  replace(document: TrackedDocument, old: string, text: string): void {
    const start = document.getText({ start: 0, end: document.length }).indexOf(old);
    this.edit(document, start, start + old.length, text);
  }

  edit(document: TrackedDocument, start: number, end: number, text: string): void {
    document.applyChanges([{ range: document.rangeOf({ start, end }), text }], document.version + 1);
    this.service.update(document, segmentNow(document), true);
  }

  /** Answers call after call until nothing waits. */
  async settle(): Promise<void> {
    while (this.service.pending > 0) await this.answer();
  }

  /** Answers one call and waits until the service has seen the answer. */
  async answer(): Promise<void> {
    await this.tagger.answer();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  labels(document: TrackedDocument): unknown[] {
    return document.sentences.map(({ prediction }) => prediction);
  }
}

/** Sentences S0 to S99. */
export const LINES = Array.from({ length: 100 }, (_, i) => `S${i} is here.`).join('\n\n');

/** Resolves when the tagger has a call that waits. */
export async function nextCall({ tagger }: Bench): Promise<void> {
  while (tagger.held === 0) await new Promise<void>((resolve) => setImmediate(resolve));
}
