import { Writable } from 'node:stream';

/**
 * The way to stdout for the protocol alone: whatever else this process prints goes to stderr from now on,
 * since one stray line would break the stream of messages.
 */
export function guardedStdout(): Writable {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  for (const method of ['log', 'info', 'debug'] as const) console[method] = console.error.bind(console);
  return new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      write(chunk, (error) => done(error ?? null));
    },
  });
}
