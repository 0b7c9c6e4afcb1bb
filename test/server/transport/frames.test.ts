import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { Frames } from '../../../server/transport/frames';
import { serverCommand, skipWithoutBuild } from '../smoke/builtServer';

const frame = (body: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`), Buffer.from(body)]);
const request = (id: unknown, method = 'glossator/model', more: object = {}): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, ...more });

interface Answer {
  readonly id: unknown;
  readonly error?: { readonly code: number };
  readonly result?: unknown;
}

/** The built server with what it answers, as it comes. */
class RawServer {
  readonly #process: ChildProcess;
  readonly #frames = new Frames();
  readonly #waiting: { accept: (answer: Answer) => boolean; resolve: (answer: Answer) => void }[] = [];
  readonly ended: Promise<number | null>;
  stderr = '';

  constructor() {
    const [node, ...args] = serverCommand;
    this.#process = spawn(node, args, { stdio: 'pipe' });
    this.ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.stdin?.on('error', () => undefined); // it has ended
    this.#process.stderr?.on('data', (text: Buffer) => (this.stderr += String(text)));
    this.#process.stdout?.on('data', (piece: Buffer) => {
      for (const body of this.#frames.take(piece)) {
        const answer = JSON.parse(String(body)) as Answer;
        const found = this.#waiting.findIndex(({ accept }) => accept(answer));
        if (found >= 0) this.#waiting.splice(found, 1)[0].resolve(answer);
      }
    });
  }

  send(bytes: Buffer): void {
    this.#process.stdin?.write(bytes);
  }

  close(): void {
    this.#process.stdin?.end();
  }

  answer(accept: (answer: Answer) => boolean): Promise<Answer> {
    return new Promise((resolve) => this.#waiting.push({ accept, resolve }));
  }

  async start(): Promise<void> {
    const options = { model: path.join(tmpdir(), 'no-such-model') };
    const params = { processId: null, rootUri: null, capabilities: {}, initializationOptions: options };
    const hello = this.answer(({ id }) => id === 'hello');
    this.send(frame(request('hello', 'initialize', { params })));
    await hello;
  }

  /** Whether it answers, or how it ended. */
  async fate(): Promise<'answers' | number | null> {
    const answers = this.answer(({ id }) => id === 'alive').then(() => 'answers' as const);
    this.send(frame(request('alive')));
    return Promise.race([answers, this.ended]);
  }
}

const PARSE = -32700;
const INVALID = -32600;

/** What is no message, inside of a frame that can be read: the code and id of the answer. */
const BODIES: readonly (readonly [name: string, bytes: Buffer, code: number, id?: unknown])[] = [
  ['no JSON', frame('{{{{{'), PARSE],
  ['an empty body', frame(''), PARSE],
  ['a JSON text cut short', frame('{"jsonrpc":"2.0"'), PARSE],
  ['bytes that are not UTF-8', frame(Buffer.from([0x22, 0xff, 0xc0, 0x22])), PARSE],
  ['null', frame('null'), INVALID],
  ['a number', frame('5'), INVALID],
  ['a string', frame('"a"'), INVALID],
  ['an empty batch', frame('[]'), INVALID],
  ['a batch', frame(`[${request(1)}]`), INVALID],
  ['no version of JSON-RPC', frame('{"id":7,"method":"glossator/model"}'), INVALID, 7],
  ['an old version of JSON-RPC', frame('{"jsonrpc":"1.0","id":7,"method":"x"}'), INVALID, 7],
  ['a number for a method', frame('{"jsonrpc":"2.0","id":7,"method":5}'), INVALID, 7],
  ['no method', frame('{"jsonrpc":"2.0","id":7}'), INVALID, 7],
  ['an object for an id', frame(request({ a: 1 })), INVALID],
  ['an id of null', frame(request(null)), INVALID],
  ['a fraction for an id', frame(request(1.5)), INVALID],
  ['a string for params', frame(request(7, 'textDocument/hover', { params: 'x' })), INVALID, 7],
  ['nothing to cancel', frame('{"jsonrpc":"2.0","method":"$/cancelRequest","params":null}'), INVALID],
  [
    'a deep list',
    frame(request(7, 'x', { params: 0 }).replace('0}', `${'['.repeat(1e5)}${']'.repeat(1e5)}}`)),
    -32601,
    7,
  ],
  [
    'another case and order of headers',
    Buffer.from(`content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:5\r\n\r\n{{{{{`),
    PARSE,
  ],
  ['the same length twice', Buffer.from('Content-Length: 5\r\nContent-Length: 5\r\n\r\n{{{{{'), PARSE],
];

test(
  'what is no message is answered by an error, and the next one is read',
  { skip: skipWithoutBuild },
  async () => {
    const server = new RawServer();
    await server.start();
    for (const [name, bytes, code, id = null] of BODIES) {
      const answered = server.answer(({ error }) => error !== undefined);
      server.send(bytes);
      const answer = await Promise.race([answered, server.ended]);
      assert.ok(typeof answer === 'object' && answer !== null, `${name}: the server ended`);
      assert.deepEqual([answer.error?.code, answer.id], [code, id], name);
      assert.equal(await server.fate(), 'answers', name);
    }
    server.close();
    assert.equal(await server.ended, 1);
  },
);

/** After these nobody knows where the next message begins. */
const HEADERS: readonly (readonly [name: string, bytes: string | Buffer, said: RegExp])[] = [
  ['a negative length', 'Content-Length: -5\r\n\r\n', /no number of bytes/],
  ['a word for a length', 'Content-Length: abc\r\n\r\n{}', /no number of bytes/],
  ['an empty length', 'Content-Length: \r\n\r\n{}', /no number of bytes/],
  ['a fraction for a length', 'Content-Length: 2.5\r\n\r\n{}', /no number of bytes/],
  ['no length', 'Foo: 1\r\n\r\n{}', /no Content-Length/],
  ['no header', '\r\n\r\n{}', /header/],
  ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}', /two lengths/],
  ['a length beyond all', 'Content-Length: 1000000000000\r\n\r\n{', /more than 256 MB/],
  ['a length of 2 GB', 'Content-Length: 2000000000\r\n\r\n', /more than 256 MB/],
  ['a header without end', `X: ${'y'.repeat(5e6)}`, /longer than 4096 bytes/],
  ['line feeds alone', 'Content-Length: 2\n\n{}', /header/],
  ['a body without a header', '{"jsonrpc":"2.0","id":1,"method":"x"}', /header/],
  ['a length that is too short', 'Content-Length: 1\r\n\r\n{}', /header/],
  ['bytes of anything', Buffer.from(Array.from({ length: 50 }, (_, i) => (i * 7919) & 255)), /header/],
];

for (const [name, bytes, said] of HEADERS)
  test(`${name} is refused in one sentence`, () => {
    const frames = new Frames();
    const stream = Buffer.concat([Buffer.from(bytes), frame(request('next'))]);
    const sentence = { message: /^The header of a message from the editor [^.]*\.$/ };
    assert.throws(() => [...frames.take(stream)], sentence);
    assert.throws(() => [...new Frames().take(stream)], said);
  });

for (const [name, bytes, said] of [HEADERS[0], HEADERS[4], HEADERS[7], HEADERS[12]])
  test(`${name} ends the server with that sentence`, { skip: skipWithoutBuild }, async () => {
    const server = new RawServer();
    await server.start();
    server.send(Buffer.from(bytes));
    assert.equal(await server.fate(), 1);
    assert.match(server.stderr, /^The header of a message from the editor .*\. The server ends.*\.\n$/);
    assert.match(server.stderr, said);
  });

for (const [name, bytes] of [
  ['a header', 'Content-Le'],
  ['a body', 'Content-Length: 50\r\n\r\n{'],
])
  test(
    `an editor that goes away in the middle of ${name} ends the server`,
    { skip: skipWithoutBuild },
    async () => {
      const server = new RawServer();
      await server.start();
      server.send(Buffer.from(bytes));
      server.close();
      assert.equal(await server.ended, 1);
      assert.match(server.stderr, /went away in the middle of a message/);
    },
  );

test('bodies come whole, however the stream is cut', () => {
  const bodies = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 6 });
  fc.assert(
    fc.property(bodies, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (texts, sizes) => {
      const stream = Buffer.concat(texts.map(frame));
      const frames = new Frames();
      const read: string[] = [];
      for (let from = 0, i = 0; from < stream.length; from += sizes[i++ % sizes.length])
        for (const body of frames.take(stream.subarray(from, from + sizes[i % sizes.length])))
          read.push(String(body));
      assert.deepEqual(
        read,
        texts.map((text) => String(Buffer.from(text))),
      );
      assert.ok(frames.isBetween);
    }),
    { seed: 12, numRuns: 300 },
  );
});
