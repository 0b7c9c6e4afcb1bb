import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { segment, Segmenter } from '../../../models/text/segmenter';
import { TrackedDocument } from '../../../server/documents/trackedDocument';
import { Explorations } from '../../../server/queue/explorations';
import { PredictionCache } from '../../../server/tagging/predictionCache';
import { TaggingService } from '../../../server/tagging/taggingService';
import { HeldTagger } from '../tagging/heldTagger';
import { explorerTagger } from './explorerTagger';

/** A tagger whose tags wait for the test, and which tells when it is asked what it doubts. */
class HeldExplorer extends HeldTagger {
  readonly asked: string[][] = [];

  explore(sentences: readonly (readonly string[])[]) {
    this.asked.push(sentences.map(([first]) => first));
    return explorerTagger().explore!(sentences);
  }
}

const contents = segment('Ada wrote.\nBob read.\nCarl slept.', 'plain').map(({ content }) => content);

function opened(service: TaggingService, text: string): TrackedDocument {
  const document = new TrackedDocument(
    TextDocument.create('file:///a.txt', 'plaintext', 1, text),
    new Segmenter('plain'),
  );
  const steps = document.segmenting(1000);
  let step = steps.next();
  while (!step.done) step = steps.next();
  service.update(document, step.value, false);
  return document;
}

test('nothing is looked at while an open text waits for its tags', async () => {
  const service = new TaggingService(new PredictionCache(1000));
  const tagger = new HeldExplorer();
  service.useModel(tagger, []);
  opened(service, 'Dora walks.');
  const explorations = new Explorations(service);
  const looked = explorations.lookAt(contents);
  await new Promise<void>((resolve) => (tagger.held > 0 ? resolve() : tagger.called.on(resolve)));
  assert.deepEqual(tagger.asked, []);
  await tagger.answer();
  assert.equal(await looked, 3);
  assert.deepEqual(tagger.asked, [['Ada', 'Bob', 'Carl']]);
  for (const content of contents) assert.ok(explorations.get(content));
});

test('what one model said is forgotten when another serves, and what is gone when it is not kept', async () => {
  const service = new TaggingService(new PredictionCache(1000));
  service.useModel(new HeldExplorer('one'), []);
  const explorations = new Explorations(service);
  await explorations.lookAt(contents);
  explorations.keep(contents.slice(1));
  assert.deepEqual(
    contents.map((content) => explorations.get(content) !== undefined),
    [false, true, true],
  );
  service.useModel(new HeldExplorer('two'), []);
  assert.equal(explorations.get(contents[1]), undefined);
});

test('a few words at a time; null where nobody can tell', async () => {
  const service = new TaggingService(new PredictionCache(1000));
  const explorations = new Explorations(service);
  assert.equal(await explorations.lookAt(contents), null);
  service.useModel(new HeldTagger(), []);
  assert.equal(await explorations.lookAt(contents), null);
  service.useModel(new HeldExplorer(), []);
  const long = segment(
    Array.from({ length: 90 }, (_, k) => `Sentence ${k} is here.`).join('\n'),
    'plain',
  ).map(({ content }) => content);
  assert.equal(await explorations.lookAt(long), 40);
});
