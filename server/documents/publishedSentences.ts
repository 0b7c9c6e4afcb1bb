import type { SentencePrediction } from '../../models/taggers/prediction';
import type { SentenceEdit } from '../protocol/messages';
import { toWireSentence } from './toWireSentence';
import type { TrackedSentence } from './trackedSentence';

interface Published {
  readonly sentence: TrackedSentence;
  readonly gap: number;
  readonly prediction: SentencePrediction | null;
}

export interface Update {
  /** True: the client is to start from an empty list. */
  readonly reset: boolean;
  readonly edits: readonly SentenceEdit[];
  /** Sentences that the client does not hold as they are, even then: for the next update. */
  readonly left: number;
}

/** What the client holds of one document; knows the edits that bring it up to date. */
export class PublishedSentences {
  /** Null while the client holds nothing, or nothing that edits may build upon. */
  #published: readonly Published[] | null = null;

  /**
   * From what was last published to `sentences`, which count as published from now on.
   * @param most words of sentences that are given, one sentence at least; the client goes on without the others, or with what it has of them
   */
  update(sentences: readonly TrackedSentence[], most = Infinity): Update {
    const old = this.#published ?? [];
    const reset = this.#published === null;
    const { next, left } = hasMore(sentences, most) ? firstOf(old, sentences, most) : all(sentences);
    this.#published = next;
    const edits: SentenceEdit[] = [];
    // Most edits touch one sentence of thousands: what is alike at both ends is not looked up.
    const shorter = Math.min(old.length, next.length);
    let i = 0;
    while (i < shorter && same(old[i], next[i])) i++;
    let tail = 0;
    while (tail < shorter - i && same(old[old.length - 1 - tail], next[next.length - 1 - tail])) tail++;
    const [oldEnd, nextEnd] = [old.length - tail, next.length - tail];
    const places = new Map<TrackedSentence, number>();
    for (let k = i; k < oldEnd; k++) places.set(old[k].sentence, k);
    for (let j = i; j < nextEnd || i < oldEnd;) {
      if (i < oldEnd && j < nextEnd && same(old[i], next[j])) {
        i++;
        j++;
        continue;
      }
      const index = j;
      let resume = oldEnd;
      for (; j < nextEnd; j++) {
        const place = places.get(next[j].sentence);
        if (place !== undefined && place >= i && same(old[place], next[j])) {
          resume = place;
          break;
        }
      }
      const changed = next.slice(index, j).map(({ sentence, gap }) => toWireSentence(sentence, gap));
      edits.push({ index, deleteCount: resume - i, sentences: changed });
      i = resume;
    }
    return { reset, edits, left };
  }

  /** Forgets what was published: the next update holds every sentence. */
  reset(): void {
    this.#published = null;
  }
}

/** What is to be published, and how many sentences are not. */
interface Snapshot {
  readonly next: Published[];
  readonly left: number;
}

function all(sentences: readonly TrackedSentence[]): Snapshot {
  let end = 0;
  const next = sentences.map((sentence) => {
    const gap = sentence.start - end;
    end = sentence.end;
    return { sentence, gap, prediction: sentence.prediction };
  });
  return { next, left: 0 };
}

/** True if the sentences have more words than `most`. */
function hasMore(sentences: readonly TrackedSentence[], most: number): boolean {
  let words = 0;
  return sentences.some(({ forms }) => (words += forms.length) > most);
}

/** The sentences that the client holds, and of the others no more than `most` words. */
function firstOf(old: readonly Published[], sentences: readonly TrackedSentence[], most: number): Snapshot {
  const heldAt = placesOf(old, sentences);
  const next: Published[] = [];
  let [end, given, left] = [0, 0, 0];
  for (const [i, sentence] of sentences.entries()) {
    let { prediction } = sentence;
    const before = heldAt(sentence, i);
    const isNew = before?.prediction !== prediction;
    if (isNew && given > 0 && given + sentence.forms.length > most) {
      given = most; // those behind it wait, too
      left++;
      if (before === undefined) continue;
      prediction = before.prediction;
    }
    next.push({ sentence, gap: sentence.start - end, prediction });
    end = sentence.end;
    if (isNew && left === 0) given += sentence.forms.length;
  }
  return { next, left };
}

/** Tells what is held of sentence `i`; what is alike at both ends is not looked up, as it is most of a book. */
function placesOf(
  old: readonly Published[],
  sentences: readonly TrackedSentence[],
): (sentence: TrackedSentence, i: number) => Published | undefined {
  const shorter = Math.min(old.length, sentences.length);
  const growth = sentences.length - old.length;
  let head = 0;
  while (head < shorter && old[head].sentence === sentences[head]) head++;
  let oldEnd = old.length;
  while (
    oldEnd > head &&
    oldEnd + growth > head &&
    old[oldEnd - 1].sentence === sentences[oldEnd + growth - 1]
  )
    oldEnd--;
  const between = new Map(old.slice(head, oldEnd).map((one) => [one.sentence, one]));
  return (sentence, i) =>
    i < head ? old[i] : i >= oldEnd + growth ? old[i - growth] : between.get(sentence);
}

function same(a: Published, b: Published): boolean {
  return a.sentence === b.sentence && a.gap === b.gap && a.prediction === b.prediction;
}
