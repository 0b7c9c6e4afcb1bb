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

/** A model of other labels. */
class OtherExplorer extends HeldExplorer {
  override readonly layers = [{ name: 'gene', kind: 'span', labels: ['GENE'] }] as const;
}

test('what one model said stands in until another has looked, if that knows the same labels', async () => {
  const service = new TaggingService(new PredictionCache(1000));
  service.useModel(new HeldExplorer('one'), []);
  const explorations = new Explorations(service);
  const [first, second, third] = contents;
  await explorations.lookAt(contents);
  explorations.keep([second, third]);
  const isSaid = (): boolean[] => contents.map((content) => explorations.get(content) !== undefined);
  const isKnown = (): boolean[] => contents.map((content) => explorations.isKnown(content));
  assert.deepEqual(isSaid(), [false, true, true]);
  service.useModel(new HeldExplorer('two'), []);
  assert.deepEqual(
    [isSaid(), isKnown()],
    [
      [false, true, true],
      [false, false, false],
    ],
  );
  await explorations.lookAt([first]);
  service.useModel(new HeldExplorer('three'), []);
  assert.deepEqual(isSaid(), [true, true, true]);
  await explorations.lookAt([second]);
  assert.deepEqual(isKnown(), [false, true, false]);
  service.useModel(new OtherExplorer('four'), []);
  assert.deepEqual(isSaid(), [false, false, false]);
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
