import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { serverCommand } from '../start/stdioClient';
import { status, type StatusParams } from '../../server/protocol/messages';

interface Answer {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
}

/**
 * A client that writes many messages at once and reads no notification but the status: one that was busy with what it
 * is told would measure itself.
 */
export class RawClient {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #chunks: Buffer[] = [];
  #held = 0;
  /** Bytes that the message being read takes with its head; 0 until the head is read. */
  #wanted = 0;
  #asked = 0;
  #status: StatusParams | undefined;

  constructor() {
    const [command, ...args] = serverCommand();
    this.#process = spawn(command, args, { stdio: 'pipe' });
    this.#process.stdin.on('error', () => undefined); // the server ended: nothing is answered any more
    this.#process.stderr.resume();
    this.#process.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  /** The last status that the server told. */
  get status(): StatusParams | undefined {
    return this.#status;
  }

  /** Asks for something; resolves with the answer, or never where the server ends before. */
  request(method: string, params?: object): Promise<unknown> {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#write([{ id, method, ...(params && { params }) }]);
    });
  }

  /** Tells things, all in one write. */
  notify(method: string, ...params: readonly object[]): void {
    this.#write(params.map((one) => ({ method, params: one })));
  }

  /** Ends the server, whatever it is doing. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  #write(messages: readonly object[]): void {
    const frames = messages.map((message) => {
      const content = JSON.stringify({ jsonrpc: '2.0', ...message });
      return `Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`;
    });
    this.#process.stdin.write(frames.join(''));
  }

  #read(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#held > 0 && this.#held >= this.#wanted) {
      const all = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
      this.#chunks = [all];
      if (this.#wanted === 0) {
        const head = all.indexOf('\r\n\r\n');
        if (head < 0) return;
        this.#wanted = head + 4 + Number(/Content-Length: (\d+)/i.exec(all.toString('latin1', 0, head))?.[1]);
        continue;
      }
      this.#take(all.subarray(all.indexOf('\r\n\r\n') + 4, this.#wanted));
      this.#chunks = [all.subarray(this.#wanted)];
      this.#held -= this.#wanted;
      this.#wanted = 0;
    }
  }

  #take(content: Buffer): void {
    const method = /^\{"jsonrpc":"2\.0","method":"([^"]*)"/.exec(content.toString('utf8', 0, 100))?.[1];
    if (method !== undefined && method !== status.method) return;
    const { id, params, result } = JSON.parse(content.toString()) as Answer;
    if (method !== undefined) this.#status = params as StatusParams;
    else if (typeof id === 'number') {
      this.#waiting.get(id)?.(result);
      this.#waiting.delete(id);
    }
  }
}
