import { once } from 'node:events';
import { decodeText } from '../models/data/textFile';

/** The text on standard input, to its end. */
export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return decodeText(Buffer.concat(chunks), 'standard input');
}

/** Writes parts to standard output, no faster than they are read. */
export async function writeStandardOutput(parts: Iterable<string>): Promise<void> {
  for (const part of parts) if (!process.stdout.write(part)) await once(process.stdout, 'drain');
}
