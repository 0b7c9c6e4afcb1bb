/** Writes an error that nobody waits for to standard error, as `Event` does with those of its listeners. */
export function logError(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
