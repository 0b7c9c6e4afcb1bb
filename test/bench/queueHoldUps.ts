// How long gathering and ranking 20,000 sentences for the review queue hold up the thread that answers messages.
//   npx tsc -b && node out/test/bench/queueHoldUps.js
import { setImmediate as nextTurn } from 'node:timers/promises';
import { atOnce } from '../../models/atOnce';
import { Random } from '../../models/random';
import { segment } from '../../models/text/segmenter';
import { benchText } from '../../cli/bench/benchText';
import { gatherUndecided } from '../../server/queue/gatherUndecided';
import { inMixedOrder } from '../../server/queue/reviewQueue';
import { type ExploredSentence, rankQueue } from '../../server/queue/rankQueue';
import { Slices } from '../../server/slices';
import type { GatheredText } from '../../server/queue/workspaceSentences';

const SENTENCES = 20_000;

/** The longest time between two turns of the event loop while something is done, and all of its time. */
async function holdUp<T>(work: () => Promise<T>): Promise<{ longest: number; whole: number; result: T }> {
  let [longest, isOver] = [0, false];
  const watch = async (): Promise<void> => {
    for (let last = performance.now(); !isOver;) {
      await nextTurn();
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
  };
  const watching = watch();
  const begun = performance.now();
  const result = await work();
  const whole = performance.now() - begun;
  await nextTurn();
  isOver = true;
  await watching;
  return { longest, whole, result };
}

function gathered(): GatheredText[] {
  const text = benchText([], 30 * SENTENCES, 1);
  const sentences = segment(text, 'plain')
    .slice(0, SENTENCES)
    .map(({ start, content }) => {
      const end = start + content.length;
      return { uri: 'file:///a.txt', name: 'a.txt', start, end, content, text: text.slice(start, end) };
    });
  return Array.from({ length: SENTENCES / 500 }, (_, part) => ({
    ...{ uri: 'file:///a.txt', labels: [] },
    sentences: sentences.slice(500 * part, 500 * (part + 1)),
  }));
}

async function* of<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

async function main(): Promise<void> {
  const texts = gathered();
  const random = new Random(1);
  const vectors = Array.from({ length: SENTENCES }, () =>
    Float32Array.from({ length: 256 }, () => random.uniform()),
  );
  const never = (): boolean => false;
  const milliseconds = (value: number): number => Number(value.toFixed(1));
  for (let round = 1; round <= 3; round++) {
    const slices = new Slices();
    const gathering = await holdUp(() => gatherUndecided(of(texts), ['ner'], slices, never));
    const undecided = gathering.result ?? [];
    const ordering = await holdUp(() =>
      Promise.resolve(inMixedOrder(undecided.map(({ sentence }) => sentence.content))),
    );
    const explored = undecided.map((one, i): ExploredSentence => {
      const doubt = { rows: 9, surprise: random.uniform(), entropy: 1, ratio: 0.5, wavering: null };
      return { ...one, exploration: { doubts: { ner: doubt }, vector: vectors[i] } };
    });
    const ranking = () => rankQueue(explored, ['ner'], 'uncertainty', 100);
    const whole = await holdUp(() => Promise.resolve(atOnce(ranking())));
    const sliced = await holdUp(() => slices.run(ranking(), never));
    const shown = { gathering, ordering, 'ranking at once': whole, 'ranking in slices': sliced };
    for (const [name, one] of Object.entries(shown))
      console.log(
        `round ${round}, ${undecided.length} sentences, ${name}: longest hold-up ${milliseconds(one.longest)} ms of ${milliseconds(one.whole)} ms`,
      );
  }
}

void main();
