import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type Connection,
} from 'vscode-languageserver/node';
import { Segmenter } from '../models/text/segmenter';
import { createServer } from './createServer';
import { guardedStdout } from './guardedStdout';
import { packageVersion, pretrainedModel } from './packageRoot';
import { threadTaggers } from './tagging/threadTaggers';

export type Transport = 'stdio' | 'node-ipc';

/** Starts the language server of this process, on its own stdin and stdout or on the channel to its parent. */
export function startServer(transport: Transport): void {
  // libtensorflow reads it when it is loaded: 2 leaves out its notes on the CPU.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const connection = transport === 'stdio' ? stdioConnection() : ipcConnection();
  handleProcessErrors(connection);
  createServer(connection, {
    startTagger: threadTaggers(),
    pretrained: pretrainedModel(),
    version: packageVersion(),
  });
  connection.listen();
  warmUpSegmentation();
}

function stdioConnection(): Connection {
  const output = guardedStdout();
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(output),
  );
  let isShutDown = false;
  connection.onShutdown(() => void (isShutDown = true));
  // The client is gone: nobody is left to serve. Without `shutdown` before, that is an error.
  process.stdin.on('close', () => process.exit(isShutDown ? 0 : 1));
  return connection;
}

function ipcConnection(): Connection {
  process.on('disconnect', () => process.exit(1));
  return createConnection(ProposedFeatures.all, new IPCMessageReader(process), new IPCMessageWriter(process));
}

function handleProcessErrors(connection: Connection): void {
  process.on('unhandledRejection', (reason) => {
    connection.console.error(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
  });
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    process.exit(1);
  });
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
