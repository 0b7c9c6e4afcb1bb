import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  DocumentSymbolRequest,
  HoverRequest,
  SemanticTokensRequest,
  type MarkupContent,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Random } from '../../../models/random';
import { segment } from '../../../models/text/segmenter';
import { HeldSentences } from '../../../cli/start/heldSentences';
import { StdioClient } from '../../../cli/start/stdioClient';
import { packageRoot } from '../../../server/packageRoot';
import { retag, tags, visible } from '../../../server/protocol/messages';
import { randomEdit } from '../documents/randomEdit';
import { serverCommand, skipWithoutModel } from './builtServer';

const uri = 'file:///report.txt';
const sample = (): string => readFileSync(path.join(packageRoot(), 'samples', 'report.txt'), 'utf8');

/** A client of the built server with the embedded model; stopped after `use`. */
async function withClient(use: (client: StdioClient) => Promise<void>): Promise<void> {
  const client = new StdioClient({ command: serverCommand });
  try {
    await client.initialize();
    await use(client);
    assert.equal(await client.stop(), 0);
  } finally {
    client.process.kill('SIGKILL');
  }
}

test('the embedded model tags a sample, and every feature shows it', { skip: skipWithoutModel }, () =>
  withClient(async (client) => {
    const tagged = client.nextTags(({ pending }) => pending === 0);
    const text = sample();
    await client.open(uri, text);
    const { version, modelId } = await tagged;
    assert.equal(version, 1);
    const { backend, words, milliseconds, ...status } = await client.nextStatus(
      ({ state }) => state === 'idle',
    );
    assert.equal(status.modelId, modelId);
    assert.ok(backend !== null && words > 0 && milliseconds > 0);
    const forced = process.env['GLOSSATOR_BACKEND'];
    if (forced) assert.equal(backend, forced);

    const textDocument = { uri };
    const position = TextDocument.create(uri, '', 1, text).positionAt(text.indexOf('European Union') + 2);
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument, position });
    assert.match((hover?.contents as MarkupContent).value, /Part of speech: .*\d%[^]*Named entity: /);
    const tokens = await client.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    assert.ok((tokens?.data.length ?? 0) > 500);
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    assert.ok((symbols?.length ?? 0) > 5, 'a report full of names has some');
  }),
);

test('random edits end as a full tagging, through the real server', { skip: skipWithoutModel }, () =>
  withClient(async (client) => {
    const random = new Random(21);
    const held = new HeldSentences();
    client.didTag.on((params) => held.apply(params));
    let document = TextDocument.create(uri, 'plaintext', 1, sample());
    await client.open(uri, document.getText());
    for (let version = 2; version <= 120; version++) {
      const { start, end, text } = randomEdit(document.getText().length, random);
      const change = { range: { start: document.positionAt(start), end: document.positionAt(end) }, text };
      document = TextDocument.update(document, [change], version);
      // Mostly the next edit comes at once, as from fast fingers; now and then everything settles.
      const settles = version % 20 === 0;
      const settled = settles && client.nextTags((tags) => tags.version === version && tags.pending === 0);
      await client.change(uri, version, [change]);
      if (settled) await settled;
    }
    const expected = segment(document.getText(), 'plain').map(({ start, end }) => ({ start, end }));
    assert.deepEqual(
      held.placed().map(({ start, end }) => ({ start, end })),
      expected,
    );
    const whole = await client.connection.sendRequest(tags, { uri });
    const fresh = new HeldSentences();
    assert.ok(whole);
    fresh.apply(whole);
    assert.deepEqual(held.placed(), fresh.placed());

    // The same text in a new document and past the cache: the tags of a model do not depend on history.
    const other = 'file:///other.txt';
    const first = client.nextTags((params) => params.uri === other && params.pending === 0);
    await client.open(other, document.getText());
    await first;
    const again = client.nextTags((params) => params.uri === other && params.pending === 0);
    await client.connection.sendRequest(retag, { uri: other });
    await again;
    const full = await client.connection.sendRequest(tags, { uri: other });
    assert.ok(full);
    assertAlike(whole.edits[0].sentences, full.edits[0].sentences);
  }),
);

test('what is visible is tagged before the rest', { skip: skipWithoutModel }, () =>
  withClient(async (client) => {
    const text = Array.from({ length: 400 }, (_, i) => `Line number ${i} names Ada of Leeds.`).join('\n\n');
    await client.nextStatus(({ state }) => state === 'idle');
    const held = new HeldSentences();
    client.didTag.on((params) => held.apply(params));
    const tagged = (i: number): boolean => held.placed()[i]?.wire.layers !== null;
    const seen = client.nextTags(() => held.placed().length === 400 && tagged(300) && tagged(309));
    await client.open(uri, text);
    await client.connection.sendNotification(visible, { uri, lines: [{ start: 600, end: 620 }] });
    await seen;
    const waiting = held.placed().filter(({ wire }) => wire.layers === null).length;
    assert.ok(waiting > 100, `${waiting} of 400 still wait`);
    await client.nextTags(({ pending }) => pending === 0);
  }),
);

/** Labels are equal; probabilities are not compared, since the size of a batch moves their last digits. */
function assertAlike(actual: unknown, expected: unknown): void {
  const labels = (value: unknown): string =>
    JSON.stringify(value, (key, part: unknown) => (key.startsWith('probabilit') ? undefined : part));
  assert.equal(labels(actual), labels(expected));
}
