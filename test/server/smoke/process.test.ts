import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  ShutdownRequest,
} from 'vscode-languageserver-protocol/node';
import { StdioClient } from '../../../cli/start/stdioClient';
import { retag } from '../../../server/protocol/messages';
import { cliCommand, serverCommand, skipWithoutBuild } from './builtServer';

const noModel = { initializationOptions: { model: path.join(tmpdir(), 'no-such-model') } };

const COMMANDS = [
  { name: 'dist/server.js --stdio', command: serverCommand },
  { name: 'glossator serve --stdio', command: [...cliCommand, 'serve', '--stdio'] },
];

for (const { name, command } of COMMANDS) {
  test(`${name} says hello, what it can do, and good-bye`, { skip: skipWithoutBuild }, async () => {
    const client = new StdioClient({ command });
    const { capabilities, serverInfo } = await client.initialize(noModel);
    assert.equal(serverInfo?.name, 'glossator');
    assert.match(serverInfo?.version ?? '', /^\d+\.\d+\.\d+/);
    assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2, save: true });
    for (const provider of ['hoverProvider', 'semanticTokensProvider', 'documentSymbolProvider'] as const)
      assert.ok(capabilities[provider], provider);
    assert.equal(await client.stop(), 0);
  });
}

test(
  'a model that is not there: one sentence with its folder, and the server lives on',
  { skip: skipWithoutBuild },
  async () => {
    const client = new StdioClient({ command: serverCommand });
    await client.initialize(noModel);
    const { message, modelId } = await client.nextStatus(({ state }) => state === 'failed');
    assert.match(message ?? '', /no-such-model/);
    assert.doesNotMatch(message ?? '', /\n| at /);
    assert.equal(modelId, null);
    await client.open('file:///a.txt', 'Ada met Bob.');
    assert.equal(await client.connection.sendRequest(retag, { uri: 'file:///a.txt' }), null);
    await client.nextStatus(({ state }) => state === 'failed');
    assert.equal(await client.stop(), 0);
  },
);

test('a client that goes away ends the server', { skip: skipWithoutBuild }, async () => {
  const client = new StdioClient({ command: serverCommand });
  await client.initialize(noModel);
  const exited = new Promise<number | null>((resolve) => client.process.once('exit', resolve));
  client.process.stdin.end();
  assert.equal(await exited, 1);
});

test('nothing but LSP reaches stdout, whatever is printed', { skip: skipWithoutBuild }, async () => {
  // Prints as careless libraries would, again and again: from the server's first message on, and in its thread.
  const noise = `
    import { isMainThread } from 'node:worker_threads';
    if (!isMainThread) setInterval(() => console.log('noise in the thread'), 1);
    const write = process.stdout.write;
    const print = () => { console.log('noise'); process.stdout.write('noise\\n'); };
    process.stdout.write = function (...args) {
      globalThis.noise ??= setInterval(print, 1);
      return write.apply(this, args);
    };`;
  const [node, ...args] = serverCommand;
  const server = spawn(node, ['--import', `data:text/javascript,${encodeURIComponent(noise)}`, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  server.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  let stderr = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const closed = new Promise((resolve) => server.once('close', resolve));
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const params = { processId: null, rootUri: null, capabilities: {}, ...noModel };
  send({ id: 1, method: 'initialize', params });
  send({ method: 'initialized', params: {} });
  const textDocument = { uri: 'file:///a.txt', languageId: 'plaintext', version: 1, text: 'Ada met Bob.' };
  send({ method: 'textDocument/didOpen', params: { textDocument } });
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (
        stderr.includes('noise\nnoise') &&
        stderr.includes('in the thread') &&
        Buffer.concat(out).includes('"failed"')
      )
        resolve();
    };
    server.stdout.on('data', look);
    server.stderr.on('data', look);
  });
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  await closed;
  const messages = messagesIn(Buffer.concat(out));
  assert.ok(messages.some(({ id }) => id === 1));
  assert.ok(messages.every(({ jsonrpc }) => jsonrpc === '2.0'));
});

/** Reads a stream of LSP to its last byte; throws at anything else. */
function messagesIn(bytes: Buffer): { jsonrpc: unknown; id?: unknown }[] {
  const messages: { jsonrpc: unknown; id?: unknown }[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const header = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.toString('latin1', 0, 60));
    assert.ok(header, `not LSP: ${rest.toString('utf8', 0, 60)}`);
    const start = header[0].length;
    const end = start + Number(header[1]);
    messages.push(JSON.parse(rest.toString('utf8', start, end)) as { jsonrpc: unknown; id?: unknown });
    rest = rest.subarray(end);
  }
  return messages;
}

test('an editor in Node may talk over its channel', { skip: skipWithoutBuild }, async () => {
  const server = fork(serverCommand[1], ['--node-ipc'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const connection = createProtocolConnection(new IPCMessageReader(server), new IPCMessageWriter(server));
  connection.listen();
  const params = { processId: process.pid, rootUri: null, capabilities: {}, ...noModel };
  const { serverInfo } = await connection.sendRequest(InitializeRequest.type, params);
  assert.equal(serverInfo?.name, 'glossator');
  const exited = new Promise<number | null>((resolve) => server.once('exit', resolve));
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  assert.equal(await exited, 0);
});
