import { setTimeout as pause } from 'node:timers/promises';
import { model } from '../../server/protocol/messages';
import type { RawClient } from './rawClient';
import { summarize, type Summary } from './summary';

/** How long a trivial request waited for its answer while something else went on; in milliseconds. */
export interface HoldUps extends Summary {
  /** Requests that had no answer in the end; they count with the time until then. */
  readonly unanswered: number;
}

/** Milliseconds between two requests. */
const INTERVAL = 10;

/**
 * Sends a trivial request every 10 ms, whether or not the ones before are answered, so that a hold-up is met by all
 * that would have come in it.
 * @param work what goes on meanwhile
 * @param most milliseconds after which answers are no longer waited for
 */
export async function holdUpsDuring(
  client: RawClient,
  most: number,
  work: () => Promise<void>,
): Promise<HoldUps> {
  const end = performance.now() + most;
  const times: number[] = [];
  const waiting = new Set<number>();
  const timer = setInterval(() => {
    const begun = performance.now();
    waiting.add(begun);
    void client.request(model.method).then(() => {
      if (waiting.delete(begun)) times.push(performance.now() - begun);
    });
  }, INTERVAL);
  try {
    await Promise.race([work(), pause(most, undefined, { ref: false })]);
  } finally {
    clearInterval(timer);
  }
  while (waiting.size > 0 && performance.now() < end) await pause(INTERVAL);
  const unanswered = waiting.size;
  for (const begun of waiting) times.push(performance.now() - begun);
  waiting.clear();
  return { ...summarize(times), unanswered };
}

/** Resolves when ten requests after each other were answered at once, or after `most` milliseconds. */
export async function untilQuiet(client: RawClient, most: number): Promise<void> {
  const end = performance.now() + most;
  for (let quick = 0; quick < 10 && performance.now() < end;) {
    const begun = performance.now();
    await Promise.race([client.request(model.method), pause(end - begun, undefined, { ref: false })]);
    quick = performance.now() - begun < 5 ? quick + 1 : 0;
    await pause(20);
  }
}
