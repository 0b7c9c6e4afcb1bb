import { createHash } from 'node:crypto';
import type { LayerWorth } from '../../models/activeLearning/chooseLayer';
import { briefReason, reasonFor } from '../../models/activeLearning/reasonFor';
import type { Strategy } from '../../models/activeLearning/strategy';
import type { Span } from '../../models/text/span';
import type { QueueItem } from '../protocol/queue';
import type { QueuedSentence } from './queuedSentence';

/** Code units of a sentence that an item shows. */
const EXCERPT = 110;

/** The words of a sentence that a doubt is about; all of it where none stand out. */
export function focusOf({ start, end, content }: QueuedSentence, { doubt }: LayerWorth): Span {
  const wavering = doubt?.wavering ?? null;
  if (wavering === null || (doubt?.rows === 1 && content.tokens.length > 1)) return { start, end };
  return {
    start: start + content.tokens[wavering.start].start,
    end: start + content.tokens[wavering.end - 1].end,
  };
}

/** A sentence of the queue as an editor shows it. */
export function queueItem(sentence: QueuedSentence, worth: LayerWorth, strategy: Strategy): QueueItem {
  const { uri, name, start, end, text, content } = sentence;
  const focus = focusOf(sentence, worth);
  const quote = text.slice(focus.start - start, focus.end - start);
  const { layer, doubt } = worth;
  return {
    id: createHash('sha256').update(`${uri}\0${content.key}`).digest('hex').slice(0, 16),
    ...{ uri, name, start, end, layer },
    focus: { ...focus, quote },
    excerpt: excerptOf(text, focus.start - start, focus.end - start),
    reason: reasonFor({ strategy, layer, doubt, words: shortened(oneLine(quote), 40) }),
    brief: briefReason({ strategy, doubt }),
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** The text around [from, to) on one line, cut at words. */
function excerptOf(text: string, from: number, to: number): string {
  if (text.length <= EXCERPT || to - from >= EXCERPT) return shortened(oneLine(text), EXCERPT);
  const room = EXCERPT - (to - from);
  const begin = Math.max(0, Math.min(from - Math.floor(room / 2), text.length - EXCERPT));
  const start = begin === 0 ? 0 : Math.min(from, text.indexOf(' ', begin) + 1 || from);
  const rest = oneLine(text.slice(start));
  return `${start > 0 ? '… ' : ''}${shortened(rest, EXCERPT)}`;
}
