import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  StreamMessageWriter,
  type Connection,
  type MessageReader,
} from 'vscode-languageserver/node';
import { InputError } from '../models/errors';
import { Segmenter } from '../models/text/segmenter';
import { createServer } from './createServer';
import { traceOf } from './errorAnswers';
import { guardedStdout } from './guardedStdout';
import type { Services } from './services';
import { packageVersion, pretrainedModel } from './packageRoot';
import { threadTaggers } from './tagging/threadTaggers';
import { StrictMessageReader } from './transport/strictReader';

export type Transport = 'stdio' | 'node-ipc';

interface Transported {
  readonly connection: Connection;
  readonly reader: MessageReader;
}

/** Milliseconds that labels which are not on disk get, before the process ends because of an error. */
const LAST_SAVING = 2000;

/** Starts the language server of this process, on its own stdin and stdout or on the channel to its parent. */
export function startServer(transport: Transport): void {
  // libtensorflow reads it when it is loaded: 2 leaves out its notes on the CPU.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const { connection, reader } = transport === 'stdio' ? stdioConnection() : ipcConnection();
  const services = createServer(connection, {
    startTagger: threadTaggers(),
    pretrained: pretrainedModel(),
    version: packageVersion(),
  });
  handleErrors(connection, reader, services);
  connection.listen();
  warmUpSegmentation();
}

function stdioConnection(): Transported {
  const writer = new StreamMessageWriter(guardedStdout());
  const reader = new StrictMessageReader(process.stdin, writer);
  const connection = createConnection(ProposedFeatures.all, reader, writer);
  let isShutDown = false;
  connection.onShutdown(() => void (isShutDown = true));
  // The client is gone: nobody is left to serve. Without `shutdown` before, that is an error.
  process.stdin.on('close', () => process.exit(isShutDown ? 0 : 1));
  return { connection, reader };
}

function ipcConnection(): Transported {
  process.on('disconnect', () => process.exit(1));
  const reader = new IPCMessageReader(process);
  return {
    connection: createConnection(ProposedFeatures.all, reader, new IPCMessageWriter(process)),
    reader,
  };
}

function handleErrors(connection: Connection, reader: MessageReader, { labelDesk }: Services): void {
  let isEnding = false;
  /** Ends with an error, after a last try to save: the client starts another server. */
  const end = (reason: string): void => {
    if (isEnding) return;
    isEnding = true;
    process.stderr.write(`${reason}\n`);
    connection.console.error(reason);
    setTimeout(() => process.exit(1), LAST_SAVING);
    void labelDesk
      .saveAll()
      .catch((error: unknown) => process.stderr.write(`${traceOf(error)}\n`))
      .finally(() => process.exit(1));
  };

  reader.onError((error) => {
    if (error instanceof InputError)
      end(`${error.message} The server ends, since it could not follow any more.`);
    else process.stderr.write(`${error.message}\n`);
  });
  process.on('unhandledRejection', (reason) => connection.console.error(traceOf(reason)));
  process.on('uncaughtException', (error) => end(traceOf(error)));
}

const PARAGRAPHS = 200;

/**
 * Segments a throwaway text, a paragraph at a time between other work, while the model loads elsewhere: the first
 * use reads the splitter's weights, and code that has not run yet takes four times as long. The user's first
 * document comes after that.
 */
function warmUpSegmentation(): void {
  const text = Array.from(
    { length: PARAGRAPHS },
    (_, i) =>
      `Dr. Ada Lovelace met Mr. Babbage (${i}). "Didn't they talk?" Nobody in the U.K. knows, at www.a.org.`,
  ).join('\n\n');
  const steps = new Segmenter('plain').steps(text);
  const advance = (): void => {
    if (!steps.next().done) setImmediate(advance);
  };
  setImmediate(advance);
}
