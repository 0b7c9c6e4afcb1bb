/** What a command throws that the user interrupted: the message is printed, and the exit status is that of Ctrl-C. */
export class Interrupted extends Error {}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs what Ctrl-C, or a terminal that is closed, is to end in an orderly way; a second Ctrl-C ends it in any way.
 * @throws Interrupted where `work` passes on the reason of its signal
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(new Interrupted('Interrupted.'));
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, interrupt);
  }
}
