import type { Readable } from 'node:stream';
import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  ErrorCodes,
  type Message,
  type MessageReader,
  type MessageWriter,
  type ResponseMessage,
} from 'vscode-languageserver/node';
import { Frames } from './frames';

/**
 * Reads messages from a stream and hands on nothing but well-formed ones. A body that is no message is answered by an
 * error, and reading goes on with the next. A header that cannot be read is an error of the reader, after which nothing
 * more is read: whoever listens has to end the process, for it would be deaf.
 */
export class StrictMessageReader extends AbstractMessageReader implements MessageReader {
  readonly #input: Readable;
  readonly #writer: MessageWriter;
  readonly #frames = new Frames();
  #isBroken = false;

  /** @param writer for answers to what is no message */
  constructor(input: Readable, writer: MessageWriter) {
    super();
    this.#input = input;
    this.#writer = writer;
  }

  listen(callback: DataCallback): Disposable {
    const take = (piece: Buffer): void => {
      if (!this.#isBroken) this.#take(piece, callback);
    };
    this.#input.on('data', take);
    this.#input.on('error', (error) => this.fireError(error));
    this.#input.on('end', () => {
      if (!this.#isBroken && !this.#frames.isBetween)
        this.fireError(new Error('The editor went away in the middle of a message.'));
    });
    this.#input.on('close', () => this.fireClose());
    return { dispose: () => this.#input.off('data', take) };
  }

  #take(piece: Buffer, callback: DataCallback): void {
    try {
      for (const body of this.#frames.take(piece)) this.#hand(body, callback);
    } catch (error) {
      this.#isBroken = true;
      this.fireError(error);
    }
  }

  #hand(body: Buffer, callback: DataCallback): void {
    const message = parsed(body);
    const fault = message === undefined ? undefined : faultOf(message.value);
    if (message === undefined) this.#refuse(null, ErrorCodes.ParseError, 'The message is not JSON in UTF-8.');
    else if (fault === undefined) callback(message.value as Message);
    else this.#refuse(idOf(message.value), ErrorCodes.InvalidRequest, fault);
  }

  #refuse(id: string | number | null, code: number, message: string): void {
    const answer: ResponseMessage = { jsonrpc: '2.0', id, error: { code, message } };
    this.#writer.write(answer).catch((error: unknown) => this.fireError(error));
  }
}

function parsed(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown };
  } catch {
    return undefined;
  }
}

const isId = (id: unknown): boolean => typeof id === 'string' || Number.isSafeInteger(id);

function idOf(value: unknown): string | number | null {
  const { id } = isRecord(value) ? value : {};
  return isId(id) ? (id as string | number) : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with a value as a message of JSON-RPC, in one sentence. */
function faultOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return 'Messages come one by one, not in lists.';
  if (!isRecord(value)) return 'A message must be an object.';
  const { jsonrpc, id, method, params } = value;
  if (jsonrpc !== '2.0') return 'The field jsonrpc of a message must be "2.0".';
  if ('id' in value && !isId(id) && !(id === null && 'error' in value))
    return 'The id of a message must be a string or a whole number.';
  if (method === undefined)
    return 'result' in value || 'error' in value ? undefined : 'A message must have a method.';
  if (typeof method !== 'string') return 'The method of a message must be a string.';
  if (params !== undefined && params !== null && typeof params !== 'object')
    return 'The params of a message must be an object.';
  if (method === '$/cancelRequest' && !(isRecord(params) && isId(params['id'])))
    return 'The id of what is cancelled must be a string or a whole number.';
  return undefined;
}
