import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  HoverRequest,
  PublishDiagnosticsNotification,
  type MarkupContent,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import type { SentencePrediction } from '../../../models/taggers/prediction';
import { Event } from '../../../server/event';
import { lexiconTagger, tagByLexicon } from './lexiconTagger';
import { first, MemoryClient, type MemoryClientOptions } from './memoryClient';

const uri = 'file:///notes.txt';

/** Sentences that end in a question mark ask; of others the tagger is not sure. */
function toneOf(forms: readonly string[]): SentencePrediction {
  const isQuestion = forms.at(-1) === '?';
  const labels = isQuestion
    ? [
        { label: 'question', probability: 0.93 },
        { label: 'report', probability: 0.05 },
        { label: 'request', probability: 0.02 },
      ]
    : [
        { label: 'report', probability: 0.45 },
        { label: 'request', probability: 0.4 },
        { label: 'question', probability: 0.15 },
      ];
  return { ...tagByLexicon(forms), tone: { kind: 'sentence', labels } };
}

function start(options: MemoryClientOptions = {}): Promise<MemoryClient> {
  const inner = lexiconTagger();
  const tagger = {
    ...inner,
    layers: [
      ...inner.layers,
      { name: 'tone', kind: 'sentence' as const, labels: ['question', 'report', 'request'] },
    ],
    tag: (sentences: readonly (readonly string[])[]) => Promise.resolve(sentences.map(toneOf)),
  };
  return MemoryClient.start({ ...options, startTagger: () => Promise.resolve(tagger) });
}

test('a sentence carries its label, its place among the labels, and the runner-up', async () => {
  const client = await start();
  const { edits } = await client.open(uri, 'Ada met Bob. Who saw London?');
  assert.deepEqual(
    edits.flatMap(({ sentences }) => sentences.map(({ layers }) => layers?.['tone'])),
    [
      {
        kind: 'sentence',
        label: 'report',
        index: 1,
        probability: 0.45,
        runnerUp: { label: 'request', probability: 0.4 },
      },
      {
        kind: 'sentence',
        label: 'question',
        index: 0,
        probability: 0.93,
        runnerUp: { label: 'report', probability: 0.05 },
      },
    ],
  );
});

test('the hover over any word tells the label of its sentence', async () => {
  const client = await start();
  await client.open(uri, 'Ada met Bob. Who saw London?');
  for (const character of [13, 18, 27]) {
    const params = { textDocument: { uri }, position: { line: 0, character } };
    const answer = await client.connection.sendRequest(HoverRequest.type, params);
    const { value } = answer?.contents as MarkupContent;
    assert.match(value, /Sentence, tone: \*\*question\*\* 93\.0% {2}\nRunner-up: \*\*report\*\* 5\.0%$/);
  }
});

test('a sentence of whose label the tagger is not sure is a doubt as a whole', async () => {
  const diagnostics = { lowConfidence: 'information', threshold: 0.5 };
  const client = await start({ initializationOptions: { glossator: { diagnostics } } });
  const published = new Event<PublishDiagnosticsParams>();
  client.connection.onNotification(PublishDiagnosticsNotification.type, (params) => published.fire(params));
  const told = first(published);
  await client.open(uri, 'Ada met Bob. Who met London?');
  const [doubt, ...others] = (await told).diagnostics;
  assert.deepEqual(others, []);
  assert.equal(doubt.code, 'tone');
  assert.equal(doubt.message, 'Perhaps report at 45.0%, or request at 40.0%.');
  assert.deepEqual(doubt.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 12 } });
});
